import type { SessionKind } from '../domain/status.ts';
import { compareBests, compareParts } from './qualifying.ts';
import type { CarState, PartBest } from './race-state.ts';

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
    const byBest = a.part > 0 || b.part > 0 ? compareParts(a, b) : compareBests(bestOf(a), bestOf(b));
    if (byBest !== 0) return byBest;
  }
  const byGrid = (a.gridPosition ?? 100_000) - (b.gridPosition ?? 100_000);
  return byGrid === 0 ? a.index - b.index : byGrid;
}

/** The best lap that makes the order where there are no parts. */
function bestOf(car: CarState): PartBest | undefined {
  return car.bestLapTimeMs === undefined ? undefined : { ms: car.bestLapTimeMs, atMs: bestSetAtMs(car) };
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
