import type { CarNumber } from '../domain/names.ts';
import { courseOf } from './course.ts';
import { isGreen } from './flag-severity.ts';
import type { CarState } from './race-state.ts';
import { carOf, type RaceView } from './race-view.ts';

/** A short stretch is easily driven in twice the time, by a slow moment or a mistake. */
const LEAST_EXCESS_MS = 10_000;

/**
 * True for a car that has not been seen for too long at racing speed: probably it stands. An inference, marked as such
 * wherever it is shown; its next passing ends it. [T7] Too long: twice the car's own time for the same stretch one lap
 * earlier, and at least 10 s more than that.
 */
export function isPresumedStopped(view: RaceView, car: CarNumber): boolean {
  const own = carOf(view.state, car);
  if (own === undefined || own.status !== 'running') return false;
  if (!isRacing(view)) return false;
  const usual = usualMs(view, own);
  if (usual === undefined) return false;
  // [T8] Counted up to the newest fact, so that a feed that falls silent stops nobody; from the green flag and from the
  // pit exit on.
  const sinceMs = Math.max(own.crossedAtMs, own.stintStartedAtMs, view.state.flagSinceMs);
  const unseenMs = Math.min(view.nowMs, view.state.atMs) - sinceMs;
  return unseenMs > Math.max(2 * usual, usual + LEAST_EXCESS_MS);
}

function isRacing({ state }: RaceView): boolean {
  const isOn = state.phase === 'running' || state.phase === 'scheduled';
  return state.manifest.kind === 'race' && isOn && isGreen(state.flag) && state.chequeredAtMs === undefined;
}

/** The car's time from its last loop to the next one that it crossed, a lap earlier. */
function usualMs(view: RaceView, car: CarState): number | undefined {
  const crossed = view.history.crossings.get(car.car)?.timesMs ?? [];
  const from = car.progress - courseOf(view.state.manifest).loops;
  const fromMs = crossed[from];
  if (fromMs === undefined) return undefined;
  for (let place = from + 1; place <= car.progress; place++) {
    const toMs = crossed[place];
    if (toMs !== undefined) return toMs - fromMs;
  }
  return undefined;
}
