import type { RaceState } from '@pitboard/shared/race/race-state.ts';
import { timeText } from './rmonitor-speaker-lines.ts';

const DAY_MS = 86_400_000;
/** Noon of 1 January 2000: where nobody says when the race was. */
const UNKNOWN_START_EPOCH_MS = 946_728_000_000;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] as const;

/** The clock on the wall of the timing room, in the time zone of the circuit; moments are session times. */
export type WallClock = {
  sinceMidnightMs(atMs: number): number;
  /** `HH:MM:SS.mmm`. */
  timeOfDay(atMs: number): string;
  /** `dd mmm yy`. */
  date(atMs: number): string;
  /** `MM/DD/YYYY`. */
  imsaDate(atMs: number): string;
};

/** The zone of the start is kept: no clock is changed while it times a race. */
export function createWallClock({ startEpochMs, manifest }: Pick<RaceState, 'startEpochMs' | 'manifest'>): WallClock {
  const epochMs = startEpochMs ?? manifest.startEpochMs ?? UNKNOWN_START_EPOCH_MS;
  const zeroMs = epochMs + zoneOffsetMs(epochMs, manifest.timeZone);
  const dayOf = (atMs: number): readonly string[] => new Date(zeroMs + atMs).toISOString().slice(0, 10).split('-');
  const sinceMidnightMs = (atMs: number): number => (((zeroMs + atMs) % DAY_MS) + DAY_MS) % DAY_MS;
  return {
    sinceMidnightMs,
    timeOfDay: (atMs) => timeText(sinceMidnightMs(atMs)),
    date: (atMs) => {
      const [year = '', month = '', day = ''] = dayOf(atMs);
      return `${day} ${MONTHS[Number(month) - 1] ?? ''} ${year.slice(-2)}`;
    },
    imsaDate: (atMs) => {
      const [year = '', month = '', day = ''] = dayOf(atMs);
      return `${month}/${day}/${year}`;
    },
  };
}

/** How far local time is ahead of UTC; 0 in a zone that is not known. */
function zoneOffsetMs(epochMs: number, timeZone: string | undefined): number {
  if (timeZone === undefined) return 0;
  try {
    const local = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(
      epochMs,
    );
    const localMs = Date.parse(`${local.replace(' ', 'T')}Z`);
    return Number.isNaN(localMs) ? 0 : localMs - Math.floor(epochMs / 1000) * 1000;
  } catch {
    return 0;
  }
}
