import type { CarRow } from './car-row.ts';
import type { SessionScope } from './session-scope.ts';

/** The flag is told up to so long after the leader took it. */
const FLAG_TOLERANCE_MS = 5000;

/**
 * A race is over: who is not home is out. The feed leaves some of them as they stood for good; one that never left the
 * garage did not start.
 */
export function tellWhoIsOut(scope: SessionScope, rows: Iterable<CarRow>, atMs: number): void {
  const { chequeredAtMs, kind, startedAtMs } = scope;
  if (kind !== 'race' || chequeredAtMs === undefined || startedAtMs === undefined) return;
  const cars = [...rows];
  const feedTellsFlag = cars.some(({ hasFlag }) => hasFlag);
  for (const row of cars) {
    const isHome = feedTellsFlag ? row.hasFlag : row.lineAtMs >= chequeredAtMs - FLAG_TOLERANCE_MS;
    if (isHome) continue;
    const hasDriven = (row.laps ?? 0) > 0 || row.loop > 0;
    if (!hasDriven && !row.hasLeftPit) {
      row.isRetired = true;
      scope.emit({ type: 'car-not-starting', atMs, car: row.car });
    } else if (!row.isRetired) {
      row.isRetired = true;
      scope.emit({ type: 'car-retired', atMs, car: row.car });
    }
  }
}
