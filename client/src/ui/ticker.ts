/** Session time under the playhead, told each frame: for clocks that run outside of React. */
export type Ticker = {
  readonly nowMs: () => number;
  readonly publish: (nowMs: number) => void;
  /** Calls at once, then each frame that the playhead moves. Returns the way to stop. */
  readonly subscribe: (onTick: (nowMs: number) => void) => () => void;
};

export function createTicker(): Ticker {
  let current = 0;
  const listeners = new Set<(nowMs: number) => void>();
  return {
    nowMs: () => current,
    publish(nowMs) {
      if (nowMs === current) return;
      current = nowMs;
      for (const listener of listeners) listener(nowMs);
    },
    subscribe(onTick) {
      listeners.add(onTick);
      onTick(current);
      return () => listeners.delete(onTick);
    },
  };
}

/** The ticker of the race on screen; the frame batcher publishes to it. */
export const ticker = createTicker();
