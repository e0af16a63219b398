import type { RaceView } from '@pitboard/shared/race/race-view.ts';

const CALM_MS = 1000;
/** A playhead that moves by more than this between two snapshots was moved, or runs fast. */
const JUMP_MS = 1500;
const JUMP_CALM_MS = 200;

export type ViewSource = {
  readonly read: () => RaceView | undefined;
  /** Returns the way to stop. */
  readonly subscribe: (onChange: () => void) => () => void;
};

/** The views of `source`, but at most one a second; sooner when the playhead jumps. */
export function createCalmView(source: ViewSource): ViewSource {
  let snapshot = source.read();
  let takenAt = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<() => void>();

  function take(): void {
    clearTimeout(timer);
    takenAt = performance.now();
    snapshot = source.read();
    for (const listener of listeners) listener();
  }
  function consider(): void {
    const view = source.read();
    if (view === snapshot) return;
    const waitMs = takenAt + calmMs(snapshot, view) - performance.now();
    clearTimeout(timer);
    // A playhead that comes to rest must be seen to rest where it is.
    if (waitMs > 0) timer = setTimeout(take, waitMs);
    else take();
  }

  let stop: (() => void) | undefined;
  return {
    read: () => (listeners.size === 0 ? source.read() : snapshot),
    subscribe(onChange) {
      if (listeners.size === 0) {
        snapshot = source.read();
        takenAt = performance.now();
        stop = source.subscribe(consider);
      }
      listeners.add(onChange);
      return () => {
        listeners.delete(onChange);
        if (listeners.size > 0) return;
        stop?.();
        clearTimeout(timer);
      };
    },
  };
}

function calmMs(before: RaceView | undefined, view: RaceView | undefined): number {
  if (before === undefined || view === undefined) return 0;
  return Math.abs(view.nowMs - before.nowMs) > JUMP_MS ? JUMP_CALM_MS : CALM_MS;
}
