/** Ten days: more than any session. */
const LONGEST_MS = 864_000_000;
/** What a car without a time is given by some timing computers. */
const NO_TIME_MS = 3_599_999;

/**
 * Milliseconds of `HH:MM:SS` or `HH:MM:SS.mmm`; hours may go beyond 24. A countdown to the start is negative, and the sign
 * may stand anywhere: `00:00:-47`. `undefined` for anything else.
 */
export function parseClockText(text: string): number | undefined {
  const match = /^(-?)(\d{1,4}):(-?)(\d{1,2}):(-?)(\d{1,2})(?:[.,](\d{1,3}))?$/.exec(text.replaceAll(' ', ''));
  if (match === null) return undefined;
  const [, sign, hours, minuteSign, minutes, secondSign, seconds, fraction = ''] = match;
  const whole = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  const ms = whole + Number(fraction.padEnd(3, '0'));
  if (ms > LONGEST_MS) return undefined;
  const isNegative = sign === '-' || minuteSign === '-' || secondSign === '-';
  return isNegative && ms > 0 ? -ms : ms;
}

/** The same for the time of a lap or a car: `undefined` for zero and for what stands where there is none. */
export function parseCarTime(text: string): number | undefined {
  const ms = parseClockText(text);
  return ms === undefined || ms <= 0 || ms === NO_TIME_MS ? undefined : ms;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Midnight of a date as UTC: `12 jan 01`, `01/27/2009`. `undefined` for anything else, `0/0/0000` included. */
export function parseDateText(text: string): number | undefined {
  const named = /^(\d{1,2})[ .-]([A-Za-z]{3})[a-z]*[ .-](\d{2}|\d{4})$/.exec(text.trim());
  if (named !== null) {
    const [, day, month = '', year = ''] = named;
    return epochOf(year, MONTHS.indexOf(month.toLowerCase()) + 1, Number(day));
  }
  const [, month, day, year = ''] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text.trim()) ?? [];
  return epochOf(year, Number(month), Number(day));
}

function epochOf(yearText: string, month: number, day: number): number | undefined {
  const year = Number(yearText) + (yearText.length === 2 ? 2000 : 0);
  if (!(year >= 1970 && year < 2200 && month >= 1 && month <= 12 && day >= 1 && day <= 31)) return undefined;
  return Date.UTC(year, month - 1, day);
}
