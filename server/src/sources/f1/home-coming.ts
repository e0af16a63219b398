import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import type { CarRow } from './car-row.ts';
import { type SessionScope, showChequered } from './session-scope.ts';

/** The last of those who are on their way home are there so long after the winner. */
const LONGEST_LAP_MS = 240_000;

/**
 * The recording of a race ends. Where nobody said so, the race is over when its distance was driven, or when the feed went
 * on and nobody crossed the line any more.
 */
export function endWithoutWord(scope: SessionScope, rows: Iterable<CarRow>, atMs: number): void {
  const cars = [...rows];
  const { distanceLaps, kind, isOn } = scope;
  const homeMs = winnerHomeMs(cars);
  if (kind !== 'race' || !Number.isFinite(homeMs)) return;
  const mostLaps = Math.max(...cars.map(({ laps }) => laps ?? 0));
  const lastLineMs = Math.max(...cars.map(({ lineAtMs }) => lineAtMs));
  const isDriven = distanceLaps !== undefined && mostLaps >= distanceLaps;
  if (isOn && (isDriven || atMs - lastLineMs > LONGEST_LAP_MS)) showChequered(scope, homeMs);
  if (atMs - homeMs > LONGEST_LAP_MS) tellWhoIsOut(scope, cars, atMs);
}

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

/** A race is over: cars of the list of drivers that its timing never named did not start. */
export function tellWhoWasAbsent({ kind, emit }: SessionScope, cars: readonly CarNumber[], atMs: number): void {
  if (kind === 'race') for (const car of cars) emit({ type: 'car-not-starting', atMs, car });
}

/** When the first of those with the most laps ended its last one: the flag is told later than that. */
function winnerHomeMs(cars: readonly CarRow[]): number {
  const most = Math.max(...cars.map(({ laps }) => laps ?? 0));
  const times = cars.filter(({ laps, lineAtMs }) => laps === most && lineAtMs > 0).map(({ lineAtMs }) => lineAtMs);
  return Math.min(...times);
}
