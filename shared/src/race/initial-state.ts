import type { Entry, Manifest } from '../protocol/manifest.ts';
import { copyCar } from './copy-car.ts';
import { courseOf } from './course.ts';
import type { CarState, RaceState } from './race-state.ts';
import { sortedOrder } from './running-order.ts';

/** A race before its first event: every entry on the grid. */
export function initialRaceState(manifest: Manifest): RaceState {
  const cars = manifest.entries.map((entry, index) => initialCarState(manifest, entry, index));
  const orderIndexes = sortedOrder(cars, manifest.kind);
  return {
    atMs: Number.NEGATIVE_INFINITY,
    manifest,
    phase: 'scheduled',
    part: 0,
    startEpochMs: manifest.startEpochMs,
    flag: 'green',
    flagSinceMs: Number.NEGATIVE_INFINITY,
    sectorFlags: [],
    suspension: undefined,
    suspendedMs: 0,
    clock: undefined,
    clockSuspendedMs: 0,
    weather: undefined,
    chequeredAtMs: undefined,
    lastLapByTime: undefined,
    distanceDoneAtMs: undefined,
    gridPenalties: [],
    cars,
    order: orderIndexes.map((index) => (cars[index] as CarState).car),
    orderIndexes,
    running: cars.length,
    reportedOrder: undefined,
    reportedOrderAtMs: undefined,
    bestLap: undefined,
    classBestLaps: new Map(),
    bestSectors: new Array(courseOf(manifest).sectors).fill(undefined),
  };
}

/** A car before its first event. */
export function initialCarState(manifest: Manifest, entry: Entry, index: number): CarState {
  const sectors = courseOf(manifest).sectors;
  const started = manifest.kind === 'race' ? 0 : undefined;
  return copyCar({
    car: entry.car,
    index,
    class: entry.class,
    gridPosition: manifest.grid.find((slot) => slot.car === entry.car)?.position,
    status: 'on-grid',
    outcome: undefined,
    driver: entry.startingDriver ?? (entry.drivers.length === 1 ? entry.drivers[0]?.id : undefined),
    flag: undefined,
    lapsCompleted: 0,
    progress: -1,
    crossedAtMs: 0,
    lapStartedAtMs: started,
    lapKnownAtMs: 0,
    sectorStartedAtMs: started,
    lastLapTimeMs: undefined,
    lastLapRank: 'none',
    bestLapTimeMs: undefined,
    bestLapNumber: undefined,
    timedLaps: undefined,
    invalidatedLaps: [],
    part: 0,
    partBests: [],
    sectors: new Array(sectors).fill(undefined),
    sectorsDone: 0,
    bestSectorsMs: new Array(sectors).fill(undefined),
    lapFlag: 'green',
    lapLocalFlag: 'green',
    isInLap: false,
    isOutLap: false,
    pitEntryAtMs: undefined,
    driverChangedInPit: false,
    stops: 0,
    lastPitTimeMs: undefined,
    pitTimeTotalMs: 0,
    stopsServed: 0,
    stintStartLap: 0,
    stintStartedAtMs: 0,
    stationaryMs: undefined,
    tyre: undefined,
    lapFraction: undefined,
    lapFractionAtMs: undefined,
    speedKph: undefined,
    penalties: [],
    reportedGap: undefined,
    reportedInterval: undefined,
  });
}
