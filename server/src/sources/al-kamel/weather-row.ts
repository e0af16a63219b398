import type { RaceFactOf } from '@pitboard/shared/protocol/race-event.ts';
import type { SheetRow } from '../import/csv-sheet.ts';

/** The weather at a moment of the wall clock. */
export type WeatherRow = {
  readonly epochMs: number;
  readonly weather: Omit<RaceFactOf<'weather'>, 'type' | 'atMs'>;
};

/** Inches of mercury never reach it, hectopascals are never below: the pressure tells the units of the file. */
const MOST_INCHES = 50;
const MOST_CELSIUS = 55;
const KPH_PER_MPH = 1.609_344;

/** The weather of a line, or what is wrong with it. */
export function parseWeatherRow(row: SheetRow): WeatherRow | string {
  const number = (name: string, least: number, most: number, convert = (value: number) => value) => {
    const text = row.get(name);
    const value = convert(text === '' ? Number.NaN : Number(text));
    return value >= least && value <= most ? Number(value.toFixed(1)) : undefined;
  };
  const seconds = number('TIME_UTC_SECONDS', 1, 8_640_000_000);
  if (seconds === undefined) return 'no time';
  const pressure = Number(row.get('PRESSURE'));
  // Without a pressure the air tells: no race is run at 55 °C.
  const isImperial = pressure > 0 ? pressure < MOST_INCHES : Number(row.get('AIR_TEMP')) > MOST_CELSIUS;
  const celsius = (value: number) => (isImperial ? ((value - 32) * 5) / 9 : value);
  const kph = (value: number) => (isImperial ? value * KPH_PER_MPH : value);
  const airCelsius = number('AIR_TEMP', -60, 70, celsius);
  const trackCelsius = number('TRACK_TEMP', -60, 90, celsius);
  const humidityPercent = number('HUMIDITY', 0, 100);
  const windKph = number('WIND_SPEED', 0, 600, kph);
  const windDegrees = number('WIND_DIRECTION', 0, 360);
  // −1: there is no sensor.
  const rain = number('RAIN', 0, 1000);
  const weather = {
    ...(airCelsius === undefined ? {} : { airCelsius }),
    ...(trackCelsius === undefined ? {} : { trackCelsius }),
    ...(humidityPercent === undefined ? {} : { humidityPercent }),
    ...(windKph === undefined ? {} : { windKph }),
    ...(windDegrees === undefined ? {} : { windDegrees }),
    ...(rain === undefined ? {} : { rain: rain > 0 }),
  };
  return Object.keys(weather).length === 0 ? 'no weather' : { epochMs: seconds * 1000, weather };
}
