import type { CarNumber, DriverId } from '../domain/names.ts';
import { carOf, type RaceView } from '../race/race-view.ts';
import { keptPerState } from './kept.ts';
import { type CleanLap, cleanLapsOf, median } from './pace.ts';
import { type Stint, stintsOf } from './stints.ts';
import { type Estimate, theilSen } from './theil-sen.ts';

/** How a stint was driven, by its clean laps. */
export type StintPace = {
  readonly stint: Stint;
  /** Clean laps that it goes by. */
  readonly laps: number;
  readonly medianMs: number | undefined;
  /** ms per lap; positive: slower from lap to lap. `undefined` with fewer than four clean laps. */
  readonly trend: Estimate | undefined;
};

/** [A10] Clean pace and its trend in each stint of a car, first stint first. Kept for each state. */
export const stintPaces: (view: RaceView, car: CarNumber) => readonly StintPace[] = keptPerState((view, car) => {
  const clean = cleanLapsOf(view, car);
  return stintsOf(view, car).map((stint) => {
    const laps = lapsWithin(clean, stint);
    return {
      stint,
      laps: laps.length,
      medianMs: median(laps.map((lap) => lap.lapTimeMs)),
      trend: theilSen(laps.map((lap) => ({ x: lap.lap, y: lap.lapTimeMs }))),
    };
  });
});

/** How evenly a car is driven: the median deviation of clean laps from the line that their stint follows. */
export type Consistency = { readonly deviationMs: number; readonly laps: number };

/** Fewer laps say little. */
const CONSISTENT_LAPS = 5;

/**
 * [A13] Median absolute deviation of the clean laps of a car, of one driver's stints where one is named, from the trend
 * of their stint: tyres that wear are no inconsistency. `undefined` with fewer than five such laps.
 */
export function consistencyOf(view: RaceView, car: CarNumber, driver?: DriverId): Consistency | undefined {
  const clean = cleanLapsOf(view, car);
  const deviations: number[] = [];
  for (const { stint, trend } of stintPaces(view, car)) {
    if (trend === undefined || (driver !== undefined && stint.driver !== driver)) continue;
    const level = lapsWithin(clean, stint).map((lap) => lap.lapTimeMs - trend.value * lap.lap);
    const middle = median(level) as number;
    deviations.push(...level.map((ms) => Math.abs(ms - middle)));
  }
  if (deviations.length < CONSISTENT_LAPS) return undefined;
  return { deviationMs: median(deviations) as number, laps: deviations.length };
}

function lapsWithin(laps: readonly CleanLap[], { fromLap, toLap }: Stint): readonly CleanLap[] {
  return laps.filter(({ lap }) => lap >= fromLap && lap <= toLap);
}

/** Fewer cars are no field to be measured by. */
const FIELD_CARS = 3;

/**
 * [A11] Pace without fuel, tyres and weather: the median, over the clean laps of a car, of the lap time less the median of all
 * clean laps of its class with the same lap number. In ms; negative: faster than the class. Laps that fewer than three
 * cars of the class have driven cleanly do not count; `undefined` without any.
 */
export function paceAgainstClassMs(view: RaceView, car: CarNumber, driver?: DriverId): number | undefined {
  const medians = classLapMedians(view, carOf(view.state, car)?.class ?? '');
  const differences: number[] = [];
  for (const { lap, lapTimeMs } of cleanLapsOf(view, car, driver)) {
    const usualMs = medians.get(lap);
    if (usualMs !== undefined) differences.push(lapTimeMs - usualMs);
  }
  return median(differences);
}

/** Median of the clean laps of a class by lap number. */
const classLapMedians = keptPerState((view, id: string): ReadonlyMap<number, number> => {
  const times = new Map<number, number[]>();
  for (const { car, class: own } of view.state.cars) {
    if ((own ?? '') !== id) continue;
    for (const { lap, lapTimeMs } of cleanLapsOf(view, car)) {
      const sameLap = times.get(lap);
      if (sameLap === undefined) times.set(lap, [lapTimeMs]);
      else sameLap.push(lapTimeMs);
    }
  }
  const medians = new Map<number, number>();
  for (const [lap, all] of times) if (all.length >= FIELD_CARS) medians.set(lap, median(all) as number);
  return medians;
});
