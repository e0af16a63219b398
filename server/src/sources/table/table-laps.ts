import { chainLaps } from '../import/chain-laps.ts';
import { medianOf } from '../import/median.ts';
import type { TableClock } from './table-clock.ts';
import type { TableRow } from './table-row.ts';

/** A lap of a car, in session time. */
export type TableLap = {
  readonly lap: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly lapTimeMs: number | undefined;
  readonly position: number | undefined;
  readonly row: TableRow;
};

export type TableCar = { readonly competitor: string; readonly laps: readonly TableLap[] };

type LapProblem = { readonly line: number; readonly reason: string };

export type TableLaps = {
  readonly cars: readonly TableCar[];
  readonly problems: readonly LapProblem[];
  /** Whether laps that no line states were bridged. */
  readonly isBridged: boolean;
};

const LONGEST_MS = 864_000_000;

/** The laps of every car, in order. @param clock `undefined` where there are lap times alone: they add up */
export function lapsOf(rows: readonly TableRow[], clock: TableClock | undefined): TableLaps {
  const byCar = new Map<string, TableRow[]>();
  for (const row of rows) {
    const own = byCar.get(row.competitor) ?? [];
    byCar.set(row.competitor, own);
    own.push(row);
  }
  const problems: LapProblem[] = [];
  let isBridged = false;
  const cars = [...byCar].map(([competitor, own]) => {
    const numbered = numberLaps(own, clock, problems);
    const made = clock === undefined ? chained(numbered, problems) : clocked(numbered, clock, problems);
    isBridged ||= made.isBridged;
    return { competitor, laps: made.laps };
  });
  return { cars: cars.filter(({ laps }) => laps.length > 0), problems, isBridged };
}

type Numbered = ReadonlyMap<number, TableRow>;

/** By the column of laps, else by counting: in order of time, or of the lines where there is no clock. */
function numberLaps(rows: readonly TableRow[], clock: TableClock | undefined, problems: LapProblem[]): Numbered {
  const isCounted = rows.every(({ lap }) => lap === undefined);
  const inOrder =
    isCounted && clock !== undefined
      ? rows.toSorted((one, other) => (clock.atMs(one) ?? 0) - (clock.atMs(other) ?? 0))
      : rows;
  const numbered = new Map<number, TableRow>();
  inOrder.forEach((row, index) => {
    const lap = isCounted ? index + 1 : row.lap;
    if (lap === undefined) problems.push({ line: row.line, reason: 'no lap number' });
    else if (lap === 0) return;
    else if (numbered.has(lap)) problems.push({ line: row.line, reason: 'lap stated before' });
    else numbered.set(lap, row);
  });
  return new Map([...numbered].sort(([one], [other]) => one - other));
}

type Made = { readonly laps: readonly TableLap[]; readonly isBridged: boolean };

function chained(numbered: Numbered, problems: LapProblem[]): Made {
  const times = new Map<number, { lapTimeMs: number; row: TableRow }>();
  for (const [lap, row] of numbered) {
    const lapTimeMs = row.lapTimeMs ?? row.timeMs;
    if (lapTimeMs === undefined) problems.push({ line: row.line, reason: 'no lap time' });
    else times.set(lap, { lapTimeMs, row });
  }
  const { laps, guessed, lost } = chainLaps(times);
  for (const { row } of [...times.values()].slice(times.size - lost)) {
    problems.push({ line: row.line, reason: 'laps before it are missing' });
  }
  return {
    laps: laps.map(({ stated, ...lap }) => ({ ...lap, position: stated.row.position, row: stated.row })),
    isBridged: guessed.length > 0,
  };
}

function clocked(numbered: Numbered, clock: TableClock, problems: LapProblem[]): Made {
  const usualMs = medianOf([...numbered.values()].flatMap(({ lapTimeMs }) => lapTimeMs ?? [])) ?? 0;
  const laps: TableLap[] = [];
  for (const [lap, row] of numbered) {
    const last = laps.at(-1);
    const follows = (last?.lap ?? 0) === lap - 1;
    const summedMs = row.lapTimeMs !== undefined && follows ? (last?.endMs ?? 0) + row.lapTimeMs : undefined;
    const endMs = clock.atMs(row) ?? summedMs;
    if (endMs === undefined) problems.push({ line: row.line, reason: 'no time' });
    else if (endMs <= (last?.endMs ?? 0) || endMs > LONGEST_MS) {
      problems.push({ line: row.line, reason: 'time runs backwards' });
    } else {
      const startMs = follows && last !== undefined ? last.endMs : endMs - (row.lapTimeMs ?? usualMs);
      laps.push({ lap, startMs, endMs, lapTimeMs: row.lapTimeMs, position: row.position, row });
    }
  }
  return { laps, isBridged: false };
}
