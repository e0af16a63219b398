import type { SessionKind } from '../domain/status.ts';
import type { CarState } from './race-state.ts';

/** Cars out of the race stand behind all others, [O5]; out of a race alone, for a lap time stands. */
function outRank(car: CarState, kind: SessionKind): number {
  switch (car.status) {
    case 'retired':
      return kind === 'race' ? 1 : 0;
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
  const byRank = outRank(a, kind) - outRank(b, kind);
  if (byRank !== 0) return byRank;
  if (kind === 'race') {
    // [O1] laps, then last loop, in one number; [O2] then who crossed it first.
    if (a.progress !== b.progress) return b.progress - a.progress;
    if (a.progress >= 0 && a.crossedAtMs !== b.crossedAtMs) return a.crossedAtMs - b.crossedAtMs;
  } else {
    const byBest = compareBests(a, b);
    if (byBest !== 0) return byBest;
  }
  const byGrid = (a.gridPosition ?? 100_000) - (b.gridPosition ?? 100_000);
  return byGrid === 0 ? a.index - b.index : byGrid;
}

/** [O7] Best lap, the earlier of two equal ones; a car without one stands behind. */
function compareBests(a: CarState, b: CarState): number {
  if (a.bestLapTimeMs === undefined || b.bestLapTimeMs === undefined) {
    return Number(a.bestLapTimeMs === undefined) - Number(b.bestLapTimeMs === undefined);
  }
  return a.bestLapTimeMs === b.bestLapTimeMs ? bestSetAtMs(a) - bestSetAtMs(b) : a.bestLapTimeMs - b.bestLapTimeMs;
}

function bestSetAtMs(car: CarState): number {
  let timed = car.timedLaps;
  while (timed !== undefined && timed.lap !== car.bestLapNumber) timed = timed.previous;
  return timed?.atMs ?? 0;
}

/** The running order as places in `cars`, leader first. */
export function sortedOrder(cars: readonly CarState[], kind: SessionKind): number[] {
  return cars
    .map((_, index) => index)
    .sort((one, other) => compareCars(cars[one] as CarState, cars[other] as CarState, kind));
}

/** Cars of an order that are still in the race. */
export function countRunning(cars: readonly CarState[], kind: SessionKind): number {
  return cars.reduce((count, car) => (outRank(car, kind) === 0 ? count + 1 : count), 0);
}
