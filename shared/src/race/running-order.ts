import type { SessionKind } from '../domain/status.ts';
import type { CarState } from './race-state.ts';

/** Cars out of the race stand behind all others, [O5]. */
function outRank(car: CarState): number {
  switch (car.status) {
    case 'retired':
      return 1;
    case 'disqualified':
      return 2;
    case 'did-not-start':
      return 3;
    default:
      return 0;
  }
}

/** Negative when `a` stands ahead of `b`. A total order: grid and entry decide what the road leaves open. */
export function compareCars(a: CarState, b: CarState, kind: SessionKind): number {
  const byRank = outRank(a) - outRank(b);
  if (byRank !== 0) return byRank;
  if (kind === 'race') {
    // [O1] laps, then last loop, in one number; [O2] then who crossed it first.
    if (a.progress !== b.progress) return b.progress - a.progress;
    if (a.progress >= 0 && a.crossedAtMs !== b.crossedAtMs) return a.crossedAtMs - b.crossedAtMs;
  } else {
    // [O7] best lap; a car without one stands behind.
    const byBest = (a.bestLapTimeMs ?? Number.POSITIVE_INFINITY) - (b.bestLapTimeMs ?? Number.POSITIVE_INFINITY);
    if (byBest !== 0 && !Number.isNaN(byBest)) return byBest;
  }
  const byGrid = (a.gridPosition ?? 100_000) - (b.gridPosition ?? 100_000);
  return byGrid === 0 ? a.index - b.index : byGrid;
}

/** The running order as places in `cars`, leader first. */
export function sortedOrder(cars: readonly CarState[], kind: SessionKind): number[] {
  return cars
    .map((_, index) => index)
    .sort((one, other) => compareCars(cars[one] as CarState, cars[other] as CarState, kind));
}

/** Cars of an order that are still in the race. */
export function countRunning(cars: readonly CarState[]): number {
  return cars.reduce((count, car) => (outRank(car) === 0 ? count + 1 : count), 0);
}
