import type { LapRow } from './lap-row.ts';

const TEN_MINUTES_MS = 600_000;
const HOUR_MS = 3_600_000;

/**
 * The planned length of a race by time, as far as its end tells: full hours, else tens of minutes, that were over on the
 * winner's last lap. `undefined` where none were: the race went by laps, or was cut short.
 */
export function plannedDurationMs(winnerLaps: readonly LapRow[]): number | undefined {
  const endMs = winnerLaps.at(-1)?.endMs ?? 0;
  const beforeMs = winnerLaps.at(-2)?.endMs ?? 0;
  const candidates = [HOUR_MS, TEN_MINUTES_MS].map((step) => Math.floor(endMs / step) * step);
  return candidates.find((ms) => ms > beforeMs && ms > 0);
}
