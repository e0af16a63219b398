import type { TimeUnit } from './table-columns.ts';

/** Ten days: more than any session. */
const LONGEST_MS = 864_000_000;
const DAY_MS = 86_400_000;
const LONGEST_TEXT = 60;
/** Nobody takes so many seconds for a lap, or writes a time of a session in plain whole seconds: these are ms. */
const FEWEST_PLAIN_MS = 100_000;

/**
 * Milliseconds of a duration as people and programs write it: `1:31.564`, `91.564`, `91,564`, `24:01:55.856`, `1'31.564`,
 * `0 days 00:01:31.564000`, or a plain number in the unit of its column. `undefined` for anything else, and for none.
 */
export function parseCellTime(text: string, unit: TimeUnit | undefined): number | undefined {
  if (text === '' || text.length > LONGEST_TEXT) return undefined;
  const plain = /^\+?(\d{1,10})(?:[.,](\d{1,9}))?$/.exec(text);
  if (plain !== null) return plainTime(plain[1] ?? '', plain[2], unit);
  const match = /^(?:(\d{1,2}) days? )?\+?(?:(?:(\d{1,3})[:'h])?(\d{1,3})[:'m])?(\d{1,2})(?:[.,](\d{1,9}))?"?s?$/.exec(
    text,
  );
  if (match === null) return undefined;
  const [, days = '0', hours = '0', minutes = '0', seconds = '0', fraction = ''] = match;
  if (Number(seconds) > 59 || (match[2] !== undefined && Number(minutes) > 59)) return undefined;
  const whole = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  return bounded(Number(days) * DAY_MS + whole + fractionMs(fraction));
}

function plainTime(whole: string, fraction: string | undefined, unit: TimeUnit | undefined): number | undefined {
  const isMs = unit === 'ms' || (unit === undefined && fraction === undefined && Number(whole) >= FEWEST_PLAIN_MS);
  if (isMs) return bounded(Math.round(Number(`${whole}.${fraction ?? 0}`)));
  return bounded(Number(whole) * 1000 + fractionMs(fraction ?? ''));
}

/** More than three digits are rounded: programs write `31.563999`. */
function fractionMs(fraction: string): number {
  return fraction.length <= 3 ? Number(fraction.padEnd(3, '0')) : Math.round(Number(`0.${fraction}`) * 1000);
}

function bounded(ms: number): number | undefined {
  return ms <= LONGEST_MS ? ms : undefined;
}

/** A moment on a clock: of a day, or of the calendar. */
export type CellMoment =
  | { readonly kind: 'day'; readonly ms: number }
  /** `isZoned`: the text says how far it is from UTC, so that the moment is known all over the world. */
  | { readonly kind: 'date'; readonly ms: number; readonly isZoned: boolean };

/** `14:03:22.123`, `2031-06-15T14:03:22.123Z`, `15.06.2031 14:03:22,123`. */
export function parseCellMoment(text: string): CellMoment | undefined {
  if (text === '' || text.length > LONGEST_TEXT) return undefined;
  const [, date, clock = text, zone] = /^(\S{8,10})[T ](\S+?)(Z|[+-]\d\d:?\d\d)?$/.exec(text) ?? [];
  const day = /^(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?$/.exec(clock);
  if (day === null) return undefined;
  const [, hours, minutes, seconds = '0', fraction = ''] = day;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  const ms = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + fractionMs(fraction);
  if (date === undefined) return { kind: 'day', ms };
  const midnightMs = parseDate(date);
  if (midnightMs === undefined) return undefined;
  return { kind: 'date', ms: midnightMs + ms - zoneMs(zone), isZoned: zone !== undefined };
}

function parseDate(text: string): number | undefined {
  const iso = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  const german = /^(\d\d?)\.(\d\d?)\.(\d{4})$/.exec(text);
  const [year, month, day] = iso !== null ? iso.slice(1) : german !== null ? german.slice(1).reverse() : [];
  if (year === undefined) return undefined;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const isReal = date.getUTCMonth() === Number(month) - 1 && date.getTime() >= 0;
  return isReal ? date.getTime() : undefined;
}

function zoneMs(zone: string | undefined): number {
  const match = /^([+-])(\d\d):?(\d\d)$/.exec(zone ?? '');
  if (match === null) return 0;
  const ms = (Number(match[2]) * 60 + Number(match[3])) * 60_000;
  return match[1] === '-' ? -ms : ms;
}
