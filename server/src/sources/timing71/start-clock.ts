import { numberOf } from './cells.ts';
import { isObject } from './dict-diff.ts';
import { flagOfState } from './flags.ts';

/** A clock that runs backwards, or was set anew, says nothing of the start. */
const MOST_STEP_SECONDS = 120;
/** A clock that still stands so long after the flag does not work. */
const DEAD_CLOCK_MS = 5000;

/**
 * Finds the moment at which the clock of a session began to run: the frame less the time elapsed; without such a clock, the
 * frame less what is gone of the time remaining since it began to fall; without either, the first frame with a flag; at
 * last the first frame of all, once somebody has done a lap.
 */
export class StartClock {
  #found: number | undefined;
  #first: { readonly epochMs: number; readonly laps: number } | undefined;
  #flagSinceMs: number | undefined;
  #mostRemaining: number | undefined;
  #lastRemaining: number | undefined;

  /**
   * @param laps the most that a car has done
   * @returns wall clock at session time zero, once it is known
   */
  take(session: unknown, frameEpochMs: number, laps: number): number | undefined {
    this.#found ??= this.#find(isObject(session) ? session : {}, frameEpochMs, laps);
    return this.#found;
  }

  #find(session: Readonly<Record<string, unknown>>, epochMs: number, laps: number): number | undefined {
    this.#first ??= { epochMs, laps };
    const elapsed = numberOf(session.timeElapsed);
    const remaining = numberOf(session.timeRemain);
    const flag = flagOfState(session.flagState);
    if (elapsed !== undefined && elapsed > 0) return epochMs - Math.round(elapsed * 1000);
    if (flag === undefined) {
      this.#flagSinceMs = undefined;
      this.#mostRemaining = undefined;
    } else {
      this.#flagSinceMs ??= epochMs;
      const isDead = epochMs - this.#flagSinceMs >= DEAD_CLOCK_MS;
      const gone = elapsed === undefined || isDead ? this.#goneOf(remaining) : undefined;
      if (gone !== undefined) return epochMs - Math.round(gone * 1000);
      if (isDead || (elapsed === undefined && remaining === undefined)) return this.#flagSinceMs;
    }
    return laps > this.#first.laps ? this.#first.epochMs : undefined;
  }

  /** What is gone of the time remaining since the flag, in seconds, once it falls. */
  #goneOf(remaining: number | undefined): number | undefined {
    const most = Math.max(this.#mostRemaining ?? 0, remaining ?? 0);
    const fallen = (this.#lastRemaining ?? remaining ?? 0) - (remaining ?? 0);
    this.#mostRemaining = most;
    this.#lastRemaining = remaining;
    return remaining !== undefined && fallen > 0 && fallen < MOST_STEP_SECONDS ? most - remaining : undefined;
  }
}
