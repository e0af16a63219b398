import { medianOf } from '../import/median.ts';
import type { LapRow } from './lap-row.ts';
import type { WeatherRow } from './weather-row.ts';

const HOUR_MS = 3_600_000;

type Cars = ReadonlyMap<string, readonly LapRow[]>;

/** Race time is measured from the signal, so the local time of day at any crossing tells that of the start. */
export function startOfDayOf(cars: Cars): number | undefined {
  return medianOf(
    [...cars.values()].flatMap(([lap]) => (lap?.timeOfDayMs === undefined ? [] : lap.timeOfDayMs - lap.endMs)),
  );
}

/** Wall clock at the start. Weather is in UTC and laps are in local time, whole hours apart: the start is the one nearest to the first weather. */
export function startEpochMsOf(cars: Cars, weather: readonly WeatherRow[]): number | undefined {
  const first = weather[0]?.epochMs;
  const startOfDayMs = startOfDayOf(cars);
  if (first === undefined || startOfDayMs === undefined) return undefined;
  const differenceMs = (((first - startOfDayMs) % HOUR_MS) + HOUR_MS) % HOUR_MS;
  return first - differenceMs + (differenceMs > HOUR_MS / 2 ? HOUR_MS : 0);
}
