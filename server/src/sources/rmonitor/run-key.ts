import { idOf } from '../import/names.ts';
import type { Heartbeat } from './rmonitor-message.ts';
import { isRunning } from './run-clock.ts';

export type RunName = { readonly number: string; readonly name: string };
/** Of a run that the feed may not have named yet. */
export type MaybeRunName = { readonly number: string | undefined; readonly name: string };

/** The newest heartbeat, and when it arrived. */
export type HeardBeat = { readonly beat: Heartbeat | undefined; readonly epochMs: number | undefined };

/** What tells a run from all others: its number, name and day. */
export function keyOfRun({ number, name }: MaybeRunName, heard: HeardBeat): string {
  const dayEpochMs = dayOf(heard);
  const day = dayEpochMs === undefined ? '' : new Date(dayEpochMs).toISOString().slice(0, 10);
  return ['run', number ?? '', idOf(name).toLowerCase(), day].filter((part) => part !== '').join('-');
}

/** The day on which the clock of the run began, or would if it did so now. */
function dayOf({ beat, epochMs }: HeardBeat): number | undefined {
  if (epochMs === undefined || beat?.raceTimeMs === undefined) return epochMs;
  return isRunning(beat) ? epochMs - beat.raceTimeMs : epochMs;
}
