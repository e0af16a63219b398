import type { RaceFactOf } from '@pitboard/shared/protocol/race-event.ts';
import { parseTimeText } from '../import/time-text.ts';

/** A gap as a cell tells it. */
export type ClaimedGap = Pick<RaceFactOf<'gap-reported'>, 'ms' | 'laps'>;

const LONGEST_TEXT = 120;
/** Nearly every text of a screen: nothing in it to clean. */
const PLAIN = /^(?:[!-~](?:[ -~]*[!-~])?)?$/;
const MOST = 100_000;
const LONGEST_MS = 864_000_000;

/** What stands in a cell, without the mark beside it (`pb`, `sb`, `old`). */
export function contentOf(cell: unknown): unknown {
  return Array.isArray(cell) ? cell[0] : cell;
}

/** Without control characters and of bounded length; '' where there is none. */
export function textOf(cell: unknown): string {
  const value = contentOf(cell);
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' ? cleanText(value, LONGEST_TEXT) : '';
}

/** Text from outside, made harmless: no control characters, no halves of characters, at most `longest` long. */
export function cleanText(text: string, longest: number): string {
  if (text.length <= longest && PLAIN.test(text)) return text;
  const clean = text
    .slice(0, 2 * longest)
    .replace(/\s*[\p{Cc}\p{Cs}]+\s*/gu, ' ')
    .trim();
  return clean.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '');
}

/** A whole number from 0 on, as a number or as text. */
export function countOf(cell: unknown): number | undefined {
  const count = numberOf(cell);
  return count !== undefined && Number.isInteger(count) && count >= 0 && count <= MOST ? count : undefined;
}

/** Any number, as a number or as text. */
export function numberOf(cell: unknown): number | undefined {
  const value = contentOf(cell);
  const number = typeof value === 'string' && /^\s*[+-]?\d{1,12}(?:\.\d{1,9})?\s*$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** Of a time in seconds, or written as text; `undefined` for none, which some write as 0. */
export function timeMsOf(cell: unknown): number | undefined {
  const value = contentOf(cell);
  const seconds = numberOf(cell);
  const ms = seconds === undefined && typeof value === 'string' ? parseTimeText(value.trim()) : msOf(seconds);
  return ms !== undefined && ms > 0 && ms <= LONGEST_MS ? ms : undefined;
}

/** Seconds (`1.234`, `"+1.234"`, `"1:02.345"`) or laps (`"1 lap"`, `"2 laps"`); `undefined` for anything else. */
export function gapOf(cell: unknown): ClaimedGap | undefined {
  const value = contentOf(cell);
  if (typeof value !== 'string') return gapOfMs(msOf(numberOf(cell)));
  const laps = /^\s*[+-]{0,3}\s*(\d{1,5})\s*(?:laps?|l|lap\(s\))\s*$/i.exec(value.slice(0, 40))?.[1];
  if (laps !== undefined) return { laps: Number(laps) };
  const text = value.slice(0, 40).trim().replace(/^[+-]/, '');
  return gapOfMs(parseTimeText(text) ?? msOf(numberOf(text)));
}

function gapOfMs(ms: number | undefined): ClaimedGap | undefined {
  return ms === undefined || Math.abs(ms) > LONGEST_MS ? undefined : { ms: Math.abs(ms) };
}

function msOf(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : Math.round(seconds * 1000);
}
