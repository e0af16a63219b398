import type { CarRow } from './car-row.ts';
import type { SessionScope } from './session-scope.ts';

/**
 * A race is over: who is not home is out. The feed leaves some of them as they stood for good; one that never left the
 * garage did not start.
 */
export function tellWhoIsOut(scope: SessionScope, rows: Iterable<CarRow>, atMs: number): void {
  const { chequeredAtMs, kind, startedAtMs } = scope;
  if (kind !== 'race' || chequeredAtMs === undefined || startedAtMs === undefined) return;
  const cars = [...rows];
  const flagMs = Math.min(chequeredAtMs, winnerHomeMs(cars));
  for (const row of cars) {
    // Not every season tells who took the flag; a car that crossed the line since has.
    if (row.hasFlag || row.lineAtMs >= flagMs) continue;
    const hasDriven = (row.laps ?? 0) > 0 || row.loop > 0;
    if (!hasDriven && !row.hasLeftPit && row.inPit === true) {
      row.isRetired = true;
      scope.emit({ type: 'car-not-starting', atMs, car: row.car });
    } else if (!row.isRetired) {
      row.isRetired = true;
      scope.emit({ type: 'car-retired', atMs, car: row.car });
    }
  }
}

/** When the first of those with the most laps ended its last one: the flag is told later than that. */
function winnerHomeMs(cars: readonly CarRow[]): number {
  const most = Math.max(...cars.map(({ laps }) => laps ?? 0));
  const times = cars.filter(({ laps, lineAtMs }) => laps === most && lineAtMs > 0).map(({ lineAtMs }) => lineAtMs);
  return Math.min(...times);
}
