import type { CarState } from '../race/race-state.ts';
import type { RaceView } from '../race/race-view.ts';
import { suspendedMsAt } from '../race/suspension.ts';
import { cleanLapsOf, median, spreadOf } from './pace.ts';

/** The least and the most that it may be. */
export type Range = { readonly from: number; readonly to: number };

/** Pace is judged by this many of the newest clean laps. */
const PACE_LAPS = 8;
/** Nobody's pace is known better than to this share: tyres, fuel, traffic. */
export const LEAST_SPREAD = 0.0015;
/** Where stops are free, what they and slower laps may cost of a long race, before its first stop has taught it. */
const UNKNOWN_STOPS_SHARE = 0.08;
type Stretch = { readonly spanMs: number; readonly laps: number };

/**
 * The mean lap time of a car over the time or the laps to come, whichever is shorter, as quick and as slow as it may
 * turn out. `undefined` before it has three clean laps.
 */
export function paceRange(view: RaceView, car: CarState, { spanMs, laps }: Stretch): Range | undefined {
  const times = cleanLapsOf(view, car.car)
    .slice(-PACE_LAPS)
    .map((lap) => lap.lapTimeMs);
  const usualMs = median(times);
  if (usualMs === undefined || times.length < 3) return undefined;
  const ahead = Math.max(1, Math.min(laps, 1000, spanMs / usualMs));
  const chance = 2 * spreadOf(times) * Math.sqrt(1 / times.length + 1 / ahead);
  const spread = Math.max(chance, LEAST_SPREAD * usualMs);
  return { from: usualMs - spread, to: Math.max(usualMs + spread, paceWithStops(view, car, { usualMs, ahead })) };
}

/** Where nobody owes a stop by rule cars stop all the same: the mean of all laps knows what that costs. */
function paceWithStops(view: RaceView, car: CarState, { usualMs, ahead }: { usualMs: number; ahead: number }): number {
  const isFree = (view.state.manifest.pitRules?.mandatoryStops ?? 0) === 0;
  if (!isFree || ahead <= 2 * PACE_LAPS) return usualMs;
  if (car.stops === 0) return usualMs * (1 + UNKNOWN_STOPS_SHARE);
  const racedMs = (car.lapStartedAtMs ?? 0) - suspendedMsAt(view.state, view.nowMs);
  return racedMs / car.lapsCompleted;
}
