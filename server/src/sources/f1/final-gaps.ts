import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import type { CarRow } from './car-row.ts';

/** Penalties come in whole seconds, and the crossings are a few milliseconds out at most. */
const SECOND_MS = 1000;
const TOLERANCE_MS = 3;
const MOST_ADDED_MS = 60_000;

/**
 * The time that the feed has added to cars that are home on the winner's lap, 0 for none: by what its last gaps part from
 * the crossings. What most of them part by is what was added to the car that they count from.
 */
export function addedTimes(rows: Iterable<CarRow>): ReadonlyMap<CarNumber, number> {
  const cars = [...rows].filter(({ isRetired, lineAtMs }) => !isRetired && lineAtMs > 0);
  const leader = cars.find(({ line }) => line === 1);
  if (leader === undefined) return new Map();
  const partings = new Map<CarNumber, number>([[leader.car, 0]]);
  for (const { car, laps, lineAtMs, toLeader } of cars) {
    if (laps !== leader.laps || toLeader?.gap === undefined || !('ms' in toLeader.gap)) continue;
    partings.set(car, toLeader.gap.ms - (lineAtMs - leader.lineAtMs));
  }
  const baseMs = mostCommon([...partings.values()].map(wholeSeconds));
  const added = new Map<CarNumber, number>();
  for (const [car, partingMs] of partings) {
    const addedMs = wholeSeconds(partingMs - baseMs);
    if (addedMs !== undefined && addedMs >= 0 && addedMs <= MOST_ADDED_MS) added.set(car, addedMs);
  }
  return added;
}

/** `undefined` for what is no whole number of seconds. */
function wholeSeconds(ms: number): number | undefined {
  const whole = Math.round(ms / SECOND_MS) * SECOND_MS;
  return Math.abs(ms - whole) <= TOLERANCE_MS ? whole + 0 : undefined;
}

/** Of equally common ones nothing at all, else the first. */
function mostCommon(values: readonly (number | undefined)[]): number {
  const counts = new Map<number, number>([[0, 0]]);
  for (const value of values) if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((best, each) => (each[1] > best[1] ? each : best))[0];
}
