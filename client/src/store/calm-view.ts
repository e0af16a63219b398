import type { RaceView } from '@pitboard/shared/race/race-view.ts';

const CALM_MS = 1000;
/** A playhead that goes back, or on by more than this between two views, was moved: at 64 × it runs 6.4 s a write. */
const JUMP_MS = 8000;
const JUMP_CALM_MS = 200;

export type ViewSource = {
  readonly read: () => RaceView | undefined;
  /** Returns the way to stop. */
  readonly subscribe: (onChange: () => void) => () => void;
};

/** The views of `source`, but at most one a second; sooner when the playhead jumps. */
export function createCalmView(source: ViewSource): ViewSource {
  let snapshot = source.read();
  let seen = snapshot;
  let takenAt = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<() => void>();

  let calmMs = CALM_MS;

  function take(): void {
    clearTimeout(timer);
    takenAt = performance.now();
    calmMs = CALM_MS;
    snapshot = source.read();
    for (const listener of listeners) listener();
  }
  function consider(): void {
    const view = source.read();
    if (view === seen) return;
    calmMs = Math.min(calmMs, hasJumped(seen, view) ? JUMP_CALM_MS : CALM_MS);
    seen = view;
    const waitMs = takenAt + calmMs - performance.now();
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
        seen = snapshot;
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

function hasJumped(before: RaceView | undefined, view: RaceView | undefined): boolean {
  if (before === undefined || view === undefined) return true;
  const stepMs = view.nowMs - before.nowMs;
  return stepMs < 0 || stepMs > JUMP_MS;
}
