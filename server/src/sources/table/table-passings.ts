import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { createLoopPlaces, loopMeanings } from '../import/loop-names.ts';
import type { TableClock } from './table-clock.ts';
import type { TableCompetitor } from './table-entries.ts';
import type { ToldRace } from './table-lap-facts.ts';
import type { TableRow } from './table-row.ts';

/** Nobody has done a lap by then. */
const SHORTEST_LAP_MS = 15_000;

/** Crossings of loops as a table states them, each by itself. A line without a loop is a crossing of the finish line. */
export function passingsOf(
  rows: readonly TableRow[],
  clock: TableClock,
  competitors: ReadonlyMap<string, TableCompetitor>,
): ToldRace {
  const problems: { line: number; reason: string }[] = [];
  const meanings = loopMeanings([...new Set(rows.map(({ loop }) => loop ?? ''))]);
  const places = createLoopPlaces();
  const facts: RaceFact[] = [];
  const lasts = new Map<string, { car: string; laps: number; atMs: number }>();
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
    if (meaning.kind === 'loop') places.note(meaning.id, atMs - (last?.atMs ?? 0));
    else lasts.set(car, { car, laps: row.lap ?? lapsAfter(last, atMs), atMs });
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
  return { facts, loops: places.loops(), lasts: [...lasts.values()], charted: [], problems, isBridged: false };
}

/** A first crossing just after the signal is that of the start line. */
function lapsAfter(last: { readonly laps: number } | undefined, atMs: number): number {
  return last === undefined && atMs < SHORTEST_LAP_MS ? 0 : (last?.laps ?? 0) + 1;
}
