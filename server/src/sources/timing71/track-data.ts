import type { RaceFactOf } from '@pitboard/shared/protocol/race-event.ts';
import { numberOf, textOf } from './cells.ts';

type Weather = Omit<RaceFactOf<'weather'>, 'type' | 'atMs'>;

type NumberName = Exclude<keyof Weather, 'rain' | 'surface'>;

const KPH_PER_MPH = 1.609_344;

/**
 * The weather in the values beside a screen, in metric units. Read is what heading and unit leave no doubt about; anything
 * else (conditions in words, pressure) is not.
 * @param headings one for each value
 */
export function weatherOf(headings: readonly string[], values: unknown): Weather {
  const weather: Partial<Record<NumberName, number>> = {};
  if (!Array.isArray(values)) return {};
  headings.forEach((heading, index) => {
    const { number, unit } = partsOf(values[index]);
    if (number === undefined) return;
    const name = heading
      .toLowerCase()
      .replace(/[^a-z]+/g, ' ')
      .trim();
    if (/^(?:air|ambient) temp(?:erature)?$/.test(name)) set('airCelsius', celsiusOf(number, unit), -60, 70);
    else if (/^track temp(?:erature)?$/.test(name)) set('trackCelsius', celsiusOf(number, unit), -60, 90);
    else if (/^(?:relative )?humidity$/.test(name)) set('humidityPercent', number, 0, 100);
    else if (/^wind speed$/.test(name)) set('windKph', kphOf(number, unit), 0, 600);
    else if (/^wind dir(?:ection)?$/.test(name)) set('windDegrees', number, 0, 360);
  });
  function set(key: NumberName, value: number | undefined, least: number, most: number): void {
    if (value !== undefined && value >= least && value <= most) weather[key] = Number(value.toFixed(1));
  }
  return weather;
}

/** `23.4°C`, `[23.4, "°C"]`, `12 km/h`, `23`. */
function partsOf(value: unknown): { readonly number: number | undefined; readonly unit: string } {
  if (Array.isArray(value)) return { number: numberOf(value), unit: textOf(value[1]).toLowerCase() };
  const match = /^\s*([+-]?\d{1,6}(?:\.\d{1,6})?)\s*(.{0,10}?)\s*$/u.exec(textOf(value));
  return { number: match === null ? undefined : Number(match[1]), unit: (match?.[2] ?? '').toLowerCase() };
}

function celsiusOf(number: number, unit: string): number | undefined {
  if (/^°?\s*f$/.test(unit)) return ((number - 32) * 5) / 9;
  return /^(?:°?\s*c|°|)$/.test(unit) ? number : undefined;
}

/** Without a unit a speed is of no use: services write km/h, mph and m/s. */
function kphOf(number: number, unit: string): number | undefined {
  if (/^(?:km\/h|kph|kmh)$/.test(unit)) return number;
  if (unit === 'mph') return number * KPH_PER_MPH;
  return /^(?:m\/s|ms)$/.test(unit) ? number * 3.6 : undefined;
}
