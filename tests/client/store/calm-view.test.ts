import { createCalmView } from '@pitboard/client/store/calm-view.ts';
import { createRaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { aManifest } from '../../builders.ts';

const timeline = createRaceTimeline(aManifest());

function aSource() {
  let view = timeline.viewAt(0);
  const listeners = new Set<() => void>();
  return {
    read: () => view,
    subscribe: (onChange: () => void) => {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    show: (atMs: number) => {
      view = timeline.viewAt(atMs);
      for (const listener of listeners) listener();
    },
  };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('Calm view', () => {
  test('[V12] changes at most once a second while the race runs', () => {
    const source = aSource();
    const calm = createCalmView(source);
    const onChange = vi.fn();
    const stop = calm.subscribe(onChange);
    for (let atMs = 100; atMs <= 5000; atMs += 100) {
      vi.advanceTimersByTime(100);
      source.show(atMs);
    }
    expect(onChange.mock.calls.length).toBeGreaterThanOrEqual(4);
    expect(onChange.mock.calls.length).toBeLessThanOrEqual(5);
    stop();
  });

  test('[V12] follows a jump of the playhead at once, and comes to rest where it rests', () => {
    const source = aSource();
    const calm = createCalmView(source);
    const stop = calm.subscribe(() => undefined);
    vi.advanceTimersByTime(300);
    source.show(60_000);
    expect(calm.read()?.nowMs).toBe(60_000);
    source.show(60_050);
    expect(calm.read()?.nowMs).toBe(60_000);
    vi.advanceTimersByTime(1000);
    expect(calm.read()?.nowMs).toBe(60_050);
    stop();
  });

  test('[V12] costs nothing when nobody looks', () => {
    const source = aSource();
    const calm = createCalmView(source);
    calm.subscribe(() => undefined)();
    source.show(5000);
    expect(vi.getTimerCount()).toBe(0);
    expect(calm.read()?.nowMs).toBe(5000);
  });
});
