/** A wall clock and a way to wait: given in, so that tests can turn the hands themselves. */
export type Timers = {
  readonly nowEpochMs: () => number;
  /** Runs once after `delayMs`. Returns the way to call it off. */
  readonly after: (delayMs: number, run: () => void) => () => void;
};

export const systemTimers: Timers = {
  nowEpochMs: () => Date.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};
