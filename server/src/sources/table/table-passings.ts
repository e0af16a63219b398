import type { Loop } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { idOf } from '../al-kamel/crews.ts';
import { medianOf } from '../al-kamel/median.ts';
import type { TableClock } from './table-clock.ts';
import type { TableCompetitor } from './table-entries.ts';
import type { ToldRace } from './table-lap-facts.ts';
import type { TableRow } from './table-row.ts';

const FINISH = /^(?:sf|s\/f|s-f|fl|f|finish|finish ?line|start.?finish|start.?ziel|ziel|ziellinie|line|linie|0)$/i;
const PIT_IN = /^(?:pit.?(?:in|entry)|pi|(?:boxen)?.?einfahrt|box.?in)$/i;
const PIT_OUT = /^(?:pit.?(?:out|exit)|po|(?:boxen)?.?ausfahrt|box.?out)$/i;
const MOST_LOOPS = 60;
/** Enough to tell where on the lap a loop lies. */
const MOST_TIMES = 1000;

/** Nobody has done a lap by then. */
const SHORTEST_LAP_MS = 15_000;

/** What a name of a loop stands for. */
type Meaning = { readonly kind: 'finish' | 'pit-in' | 'pit-out' } | { readonly kind: 'loop'; readonly id: string };

/** Crossings of loops as a table states them, each by itself. A line without a loop is a crossing of the finish line. */
export function passingsOf(
  rows: readonly TableRow[],
  clock: TableClock,
  competitors: ReadonlyMap<string, TableCompetitor>,
): ToldRace {
  const problems: { line: number; reason: string }[] = [];
  const meanings = meaningsOf(rows);
  const facts: RaceFact[] = [];
  const lasts = new Map<string, { car: string; laps: number; atMs: number }>();
  const sinceLine = new Map<string, number[]>();
  const drivers = new Map<string, string>();
  const timed = rows.flatMap((row) => {
    const atMs = clock.atMs(row);
    if (atMs === undefined || Math.abs(atMs) > 864_000_000) {
      problems.push({ line: row.line, reason: 'no time' });
      return [];
    }
    return [{ row, atMs }];
  });
  timed.sort((one, other) => one.atMs - other.atMs);
  for (const { row, atMs } of timed) {
    const competitor = competitors.get(row.competitor);
    const meaning = meanings.get(row.loop ?? '');
    if (competitor === undefined || meaning === undefined) {
      problems.push({ line: row.line, reason: 'too many loops' });
      continue;
    }
    const { car } = competitor;
    const driver = competitor.driverOf(row.driver);
    if (driver !== undefined && drivers.has(car) && drivers.get(car) !== driver) {
      facts.push({ type: 'driver-changed', atMs, car, driver });
    }
    if (driver !== undefined) drivers.set(car, driver);
    if (meaning.kind === 'pit-in' || meaning.kind === 'pit-out') {
      facts.push({ type: meaning.kind === 'pit-in' ? 'pit-entry' : 'pit-exit', atMs, car });
      continue;
    }
    const last = lasts.get(car);
    const isFinish = meaning.kind === 'finish';
    if (meaning.kind === 'loop') {
      const times = sinceLine.get(meaning.id) ?? [];
      sinceLine.set(meaning.id, times);
      if (times.length < MOST_TIMES) times.push(atMs - (last?.atMs ?? 0));
    } else lasts.set(car, { car, laps: row.lap ?? lapsAfter(last, atMs), atMs });
    facts.push({
      type: 'passing',
      atMs,
      car,
      loop: meaning.kind === 'loop' ? meaning.id : 'SF',
      ...(isFinish && row.lap !== undefined ? { lapNumber: row.lap } : {}),
      ...(isFinish && row.lapTimeMs !== undefined ? { lapTimeMs: row.lapTimeMs } : {}),
      ...(row.speedKph === undefined ? {} : { speedKph: row.speedKph }),
      ...(row.endsInPit && isFinish ? { inPitLane: true } : {}),
    });
  }
  return { facts, loops: loopsOf(sinceLine), lasts: [...lasts.values()], charted: [], problems, isBridged: false };
}

/** A first crossing just after the signal is that of the start line. */
function lapsAfter(last: { readonly laps: number } | undefined, atMs: number): number {
  return last === undefined && atMs < SHORTEST_LAP_MS ? 0 : (last?.laps ?? 0) + 1;
}

/** In the order in which a lap crosses them, by the usual time since the line. */
function loopsOf(sinceLine: ReadonlyMap<string, readonly number[]>): readonly Loop[] {
  const placed = [...sinceLine].map(([id, times]) => ({ id, ms: medianOf(times) ?? 0 }));
  placed.sort((one, other) => one.ms - other.ms);
  return placed.map(({ id }): Loop => ({ id, kind: /^S\d$/i.test(id) ? 'sector' : 'intermediate' }));
}

function meaningsOf(rows: readonly TableRow[]): ReadonlyMap<string, Meaning> {
  const names = [...new Set(rows.map(({ loop }) => loop ?? ''))];
  const hasFinish = names.some((name) => name === '' || FINISH.test(name));
  const line = hasFinish ? undefined : lastSector(names);
  const meanings = new Map<string, Meaning>();
  const ids = new Set(['SF']);
  for (const name of names) {
    if (name === '' || FINISH.test(name) || name === line) meanings.set(name, { kind: 'finish' });
    else if (PIT_IN.test(name)) meanings.set(name, { kind: 'pit-in' });
    else if (PIT_OUT.test(name)) meanings.set(name, { kind: 'pit-out' });
    else if (ids.size <= MOST_LOOPS) {
      const id = loopId(name, ids);
      ids.add(id);
      meanings.set(name, { kind: 'loop', id });
    }
  }
  return meanings;
}

/** `Sector 2` → `S2`. */
function loopId(name: string, taken: ReadonlySet<string>): string {
  const sector = /^(?:s|sector|sektor) ?(\d)$/i.exec(name)?.[1];
  const id = sector === undefined ? idOf(name) || 'loop' : `S${sector}`;
  if (!taken.has(id)) return id;
  let count = 2;
  while (taken.has(`${id.slice(0, 58)}-${count}`)) count++;
  return `${id.slice(0, 58)}-${count}`;
}

/** Where no loop is called the finish line, the last sector ends there. */
function lastSector(names: readonly string[]): string | undefined {
  const numbered = names.flatMap((name) => {
    const number = /(\d{1,3})$/.exec(name)?.[1];
    return number === undefined || PIT_IN.test(name) || PIT_OUT.test(name) ? [] : [{ name, number: Number(number) }];
  });
  return (
    numbered.sort((one, other) => other.number - one.number)[0]?.name ??
    names.find((name) => !PIT_IN.test(name) && !PIT_OUT.test(name))
  );
}
