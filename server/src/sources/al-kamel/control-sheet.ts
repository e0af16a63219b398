import type { TrackFlag } from '@pitboard/shared/domain/flag.ts';
import { flagOf } from './flag-codes.ts';
import { type FlagRow, MESSAGE } from './flag-row.ts';

/** What race control did, at its moment. */
export type ControlEvent =
  | { readonly kind: 'flag'; readonly atMs: number; readonly flag: TrackFlag; readonly sector: number | undefined }
  | { readonly kind: 'message'; readonly atMs: number; readonly text: string };

export type ControlSheet = {
  /** In order of time. */
  readonly events: readonly ControlEvent[];
  /** Codes that are not known; they change no flag. */
  readonly unknown: readonly string[];
};

const DAY_MS = 86_400_000;
/** Two clocks that differ by no more tell the same moment. */
const SAME_MOMENT_MS = 2000;
const LONGEST_MS = 10 * DAY_MS;

/** @param startOfDayMs local time of day at the start, where it is known */
export function readControlSheet(rows: readonly FlagRow[], startOfDayMs: number | undefined): ControlSheet {
  const events: ControlEvent[] = [];
  const unknown = new Set<string>();
  let beforeMs = 0;
  for (const row of rows) {
    const atMs = momentOf(row, startOfDayMs, beforeMs);
    if (atMs === undefined || Math.abs(atMs) > LONGEST_MS) continue;
    beforeMs = atMs;
    const flag = flagOf(row.type);
    if (flag !== undefined) events.push({ kind: 'flag', atMs, flag, sector: row.sector });
    else if (row.type !== MESSAGE) unknown.add(row.type.slice(0, 20));
    if (row.message !== '') events.push({ kind: 'message', atMs, text: row.message });
  }
  return { events: events.sort((one, other) => one.atMs - other.atMs), unknown: [...unknown] };
}

/** By the race time that is stated, as long as the time of day does not contradict it: then by that. */
function momentOf(row: FlagRow, startOfDayMs: number | undefined, beforeMs: number): number | undefined {
  const { elapsedMs, timeOfDayMs } = row;
  if (timeOfDayMs === undefined || startOfDayMs === undefined) return elapsedMs;
  // The day is the one that brings it next to what is known.
  const nearMs = elapsedMs ?? beforeMs;
  const sinceMs = timeOfDayMs - startOfDayMs;
  const byClockMs = sinceMs + Math.round((nearMs - sinceMs) / DAY_MS) * DAY_MS;
  return elapsedMs !== undefined && Math.abs(byClockMs - elapsedMs) <= SAME_MOMENT_MS ? elapsedMs : byClockMs;
}
