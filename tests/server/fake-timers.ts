import type { Timers } from '@pitboard/server/sources/timers.ts';

/** A clock whose hands a test turns. */
export class FakeTimers implements Timers {
  #nowEpochMs = 1_000_000;
  readonly #waiting = new Set<{ readonly dueEpochMs: number; readonly run: () => void }>();

  readonly nowEpochMs = () => this.#nowEpochMs;

  readonly after = (delayMs: number, run: () => void) => {
    const timer = { dueEpochMs: this.#nowEpochMs + delayMs, run };
    this.#waiting.add(timer);
    return () => {
      this.#waiting.delete(timer);
    };
  };

  /** Lets time pass; whatever falls due runs in its turn, to its end. */
  async advance(ms: number): Promise<void> {
    await settled();
    const untilEpochMs = this.#nowEpochMs + ms;
    for (let next = this.#next(untilEpochMs); next !== undefined; next = this.#next(untilEpochMs)) {
      this.#waiting.delete(next);
      this.#nowEpochMs = Math.max(this.#nowEpochMs, next.dueEpochMs);
      next.run();
      await settled();
    }
    this.#nowEpochMs = untilEpochMs;
    await settled();
  }

  /** Time passes while nothing gets to run, as on a machine that was asleep. */
  async sleep(ms: number): Promise<void> {
    this.#nowEpochMs += ms;
    await this.advance(0);
  }

  #next(untilEpochMs: number) {
    const due = [...this.#waiting].filter(({ dueEpochMs }) => dueEpochMs <= untilEpochMs);
    return due.sort((a, b) => a.dueEpochMs - b.dueEpochMs)[0];
  }
}

/** Resolves once the promises that are under way by now have run through. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
