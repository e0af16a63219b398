import type { CarNumber } from '../domain/names.ts';
import type { RaceDraft } from './race-draft.ts';
import { type RaceHistory, until } from './race-history.ts';
import type { RaceState } from './race-state.ts';
import { carOf, isOut, type RaceView } from './race-view.ts';

/** Begins or ends a suspension after a change of phase or flag. */
export function updateSuspension(draft: RaceDraft): void {
  const { state } = draft;
  const suspended = isSuspended(state);
  if (suspended === (state.suspension !== undefined)) return;
  if (state.suspension !== undefined) {
    state.suspendedMs += state.atMs - state.suspension.atMs;
    state.suspension = undefined;
  } else {
    const order = draft.order.map((index) => draft.peek(index)).filter((car) => !isOut(car));
    state.suspension = { atMs: state.atMs, order: order.map(({ car }) => car) };
    // [F18] A lap that sees a suspension tells nothing of pace.
    state.cars.forEach((car, index) => {
      if (car.lapFlag !== 'red') draft.car(index).lapFlag = 'red';
    });
  }
  draft.recorder?.suspension({ atMs: state.atMs, suspended });
}

/** [F8] Said by the phase, or shown by a red flag once the session runs. */
function isSuspended({ phase, flag, atMs, chequeredAtMs }: RaceState): boolean {
  if (chequeredAtMs !== undefined) return false;
  return phase === 'suspended' || (flag === 'red' && (phase === 'running' || (phase === 'scheduled' && atMs >= 0)));
}

/** Length of all suspensions up to a moment after the last fact of a state. */
export function suspendedMsAt({ suspendedMs, suspension }: RaceState, atMs: number): number {
  return suspendedMs + (suspension === undefined ? 0 : Math.max(0, atMs - suspension.atMs));
}

/** [F9] The order in which a suspended race will resume: as it ran when it was stopped, without those that are out since. */
export function resumeOrder(state: RaceState): readonly CarNumber[] | undefined {
  return state.suspension?.order.filter((number) => {
    const car = carOf(state, number);
    return car !== undefined && !isOut(car);
  });
}

/** How long a session was suspended between two moments, as known at `toMs`. */
export function suspendedMsBetween({ suspensions }: RaceHistory, fromMs: number, toMs: number): number {
  let total = 0;
  let sinceMs: number | undefined;
  for (const { atMs, suspended } of until(suspensions, toMs)) {
    if (!suspended && sinceMs !== undefined) total += Math.max(0, atMs - Math.max(sinceMs, fromMs));
    sinceMs = suspended ? atMs : undefined;
  }
  return sinceMs === undefined ? total : total + toMs - Math.max(sinceMs, Math.min(fromMs, toMs));
}

/** True for a moment at which the race was suspended. */
export function wasSuspended({ suspensions }: RaceHistory, atMs: number): boolean {
  return until(suspensions, atMs).at(-1)?.suspended === true;
}

/** [C23] When a race was suspended that was never resumed: its end was said, or flagged, in the suspension. */
export function stoppedAtMs({ history, state, nowMs }: RaceView): number | undefined {
  const [begin, end] = until(history.suspensions, nowMs).slice(-2);
  if (state.manifest.kind !== 'race' || begin === undefined || end === undefined || end.suspended) return undefined;
  const isEnd = ({ atMs }: { readonly atMs: number }) => atMs === end.atMs;
  const isOver =
    history.flags.some((period) => period.flag === 'chequered' && isEnd(period)) ||
    history.phases.some((change) => (change.phase === 'finished' || change.phase === 'closed') && isEnd(change));
  return isOver ? begin.atMs : undefined;
}
