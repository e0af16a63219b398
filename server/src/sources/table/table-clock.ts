import { medianOf } from '../import/median.ts';
import type { CellMoment } from './cell-time.ts';
import type { PitMoment, TableRow } from './table-row.ts';

const DAY_MS = 86_400_000;
/** A first lap, or crossing, that comes later than so many usual laps is told by a clock that ran before the start. */
const LATEST_START_LAPS = 3;

/** Which of a table's times say when a line happened. */
type Source = 'elapsed' | 'time' | 'moment';

/** The clock that a table goes by. */
export type TableClock = {
  /** Session time of a line; `undefined` where it has none by this clock. */
  readonly atMs: (row: TableRow) => number | undefined;
  readonly pitMs: (moment: PitMoment | undefined, near: TableRow) => number | undefined;
  /** Session time of a time of day, or of a date, where the table has both clocks. */
  readonly momentMs: (moment: CellMoment) => number | undefined;
  /** Wall clock at session time zero, where the table tells the date and the zone. */
  readonly startEpochMs: number | undefined;
  /** The start is not stated, and taken to be a usual lap before the first crossing. */
  readonly isStartEstimated: boolean;
};

/** @returns `undefined` where the lines have no clock, only times of laps */
export function findClock(rows: readonly TableRow[], isRace: boolean): TableClock | undefined {
  const source = sourceOf(rows);
  if (source === undefined) return undefined;
  const dayMs = daysOf(rows);
  const raw = (row: TableRow): number | undefined => {
    if (source === 'elapsed') return row.elapsedMs;
    return source === 'time' ? row.timeMs : row.moment && dayMs(row.moment);
  };
  const { zeroMs, isEstimated } = zeroOf(rows, raw, source, isRace);
  const atMs = (row: TableRow): number | undefined => {
    const ms = raw(row);
    return ms === undefined ? undefined : ms - zeroMs;
  };
  // From the lines that tell both clocks, the wall clock at zero.
  const wall = medianOf(
    rows.flatMap((row) => {
      const at = atMs(row);
      return at === undefined || row.moment === undefined ? [] : [dayMs(row.moment) - at];
    }),
  );
  const momentMs = (moment: CellMoment) =>
    wall === undefined ? undefined : nearest(dayMs(moment) - wall, moment, rows, atMs);
  const isDated = rows.some(({ moment }) => moment?.kind === 'date' && moment.isZoned);
  return {
    atMs,
    pitMs: (pit, near) => {
      if (pit === undefined) return undefined;
      // A time of day looks like a time of the session: the one that is meant is near the line that it stands in.
      const bySession = pit.sessionMs === undefined || source === 'moment' ? undefined : pit.sessionMs - zeroMs;
      const byMoment = pit.moment === undefined ? undefined : momentMs(pit.moment);
      if (bySession === undefined || byMoment === undefined) return bySession ?? byMoment;
      const at = atMs(near) ?? bySession;
      return Math.abs(bySession - at) <= Math.abs(byMoment - at) ? bySession : byMoment;
    },
    momentMs,
    startEpochMs: isDated && wall !== undefined && wall >= 0 ? wall : undefined,
    isStartEstimated: isEstimated,
  };
}

function sourceOf(rows: readonly TableRow[]): Source | undefined {
  const most = (has: (row: TableRow) => boolean) => rows.filter(has).length * 2 > rows.length;
  if (most(({ elapsedMs }) => elapsedMs !== undefined)) return 'elapsed';
  if (most(({ timeMs }) => timeMs !== undefined) && isGrowing(rows)) return 'time';
  return most(({ moment }) => moment !== undefined) ? 'moment' : undefined;
}

/**
 * Whether the column that is just called time is the race's: it grows from lap to lap of every car, by about what a lap
 * takes. Times of laps go up and down.
 */
function isGrowing(rows: readonly TableRow[]): boolean {
  if (rows.some(({ lapTimeMs, loop }) => lapTimeMs !== undefined || loop !== undefined)) return true;
  if (rows.every(({ lap }) => lap === undefined)) return true;
  const lasts = new Map<string, { readonly lap: number; readonly timeMs: number }>();
  const steps: number[] = [];
  for (const { competitor, lap, timeMs } of rows.toSorted((one, other) => (one.lap ?? 0) - (other.lap ?? 0))) {
    if (lap === undefined || timeMs === undefined) continue;
    const last = lasts.get(competitor);
    if (last !== undefined && lap > last.lap) {
      // Of the mean lap until then: 1 or so for a race time, 0 or so for the time of a lap.
      steps.push(((timeMs - last.timeMs) / (lap - last.lap)) * (Math.max(1, last.lap) / last.timeMs));
    }
    lasts.set(competitor, { lap, timeMs });
  }
  // A line for each car, as in a result, has the time of the race.
  if (steps.length === 0) return rows.some(({ lap }) => (lap ?? 0) > 1);
  return steps.filter((step) => step > 0).length >= steps.length * 0.9 && (medianOf(steps) ?? 0) > 0.2;
}

/** Times of day as ms from one midnight on: what is twelve hours before the first line is of the next day. */
function daysOf(rows: readonly TableRow[]): (moment: CellMoment) => number {
  const first = rows.find(({ moment }) => moment !== undefined)?.moment;
  const starts = rows
    .filter(({ lap, moment }) => moment !== undefined && (lap ?? 0) <= 1)
    .map(({ moment }) => moment?.ms ?? 0);
  const base = medianOf(starts) ?? first?.ms ?? 0;
  return ({ kind, ms }) => (kind === 'day' && ms < base - DAY_MS / 2 ? ms + DAY_MS : ms);
}

function zeroOf(
  rows: readonly TableRow[],
  raw: (row: TableRow) => number | undefined,
  source: Source,
  isRace: boolean,
): { readonly zeroMs: number; readonly isEstimated: boolean } {
  const lapStarts = rows.flatMap(({ lap, lapStartMs }) => (lap === 1 && lapStartMs !== undefined ? [lapStartMs] : []));
  if (lapStarts.length > 0 && source !== 'moment') return { zeroMs: least(lapStarts), isEstimated: false };
  const firstLaps = rows.filter(({ lap }) => lap === undefined || lap <= 1);
  const timed = (firstLaps.length > 0 ? firstLaps : rows).flatMap((row) => {
    const ms = raw(row);
    return ms === undefined ? [] : [{ ms, lapTimeMs: row.lap === 1 ? row.lapTimeMs : undefined }];
  });
  if (timed.length === 0) return { zeroMs: 0, isEstimated: false };
  const usualMs = medianOf(rows.flatMap(({ lapTimeMs }) => lapTimeMs ?? [])) ?? 0;
  const firstMs = least(timed.map(({ ms }) => ms));
  const isPlausible = !isRace || usualMs === 0 || firstMs <= usualMs * LATEST_START_LAPS;
  if (source !== 'moment' && isPlausible) return { zeroMs: 0, isEstimated: false };
  const starts = timed.flatMap(({ ms, lapTimeMs }) => (lapTimeMs === undefined ? [] : [ms - lapTimeMs]));
  if (starts.length > 0) return { zeroMs: least(starts), isEstimated: false };
  const isNumbered = rows.some(({ lap }) => lap !== undefined);
  return { zeroMs: firstMs - (isNumbered ? usualMs || steppedLapMs(rows, raw) : 0), isEstimated: true };
}

/** What a lap usually takes, by the clock, where no line states the time of one. */
function steppedLapMs(rows: readonly TableRow[], raw: (row: TableRow) => number | undefined): number {
  const lasts = new Map<string, { readonly lap: number; readonly ms: number }>();
  const steps: number[] = [];
  for (const row of rows.toSorted((one, other) => (one.lap ?? 0) - (other.lap ?? 0))) {
    const ms = raw(row);
    if (row.lap === undefined || ms === undefined) continue;
    const last = lasts.get(row.competitor);
    if (last?.lap === row.lap - 1 && ms > last.ms) steps.push(ms - last.ms);
    lasts.set(row.competitor, { lap: row.lap, ms });
  }
  return medianOf(steps) ?? 0;
}

function least(values: readonly number[]): number {
  return values.reduce((lowest, value) => Math.min(lowest, value), Number.POSITIVE_INFINITY);
}

/** A time of day may be of any day of a race: the one that lies within it. */
function nearest(
  ms: number,
  { kind }: CellMoment,
  rows: readonly TableRow[],
  atMs: (row: TableRow) => number | undefined,
): number {
  if (kind === 'date') return ms;
  const endMs = atMs(rows.at(-1) as TableRow) ?? 0;
  const earlier = ms - DAY_MS;
  return ms > endMs + DAY_MS / 2 && earlier > -DAY_MS / 2 ? earlier : ms;
}
