import { FrameBatcher, type OnFrame, WRITE_EVERY_MS } from '@pitboard/client/feed/frame-batcher.ts';
import { playbackStore } from '@pitboard/client/store/playback-store.ts';
import { raceStore } from '@pitboard/client/store/race-store.ts';
import { INITIAL_CHOICES, viewStore } from '@pitboard/client/store/view-store.ts';
import { createTicker } from '@pitboard/client/ui/ticker.ts';
import type { SessionState } from '@pitboard/shared/protocol/socket-events.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aManifest, numbered, someEvents, someFacts } from '../../builders.ts';

const EPOCH_MS = 1_700_000_000_000;
/** Passings a second apart, from the start to 0:59. */
const EVENTS = someEvents(60);
const HEAD_MS = 59_000;

/** A session on screen whose frames the test calls for. */
class Bench {
  nowMs = 0;
  writes = 0;
  readonly batcher: FrameBatcher;
  #onFrame: OnFrame = () => 0;
  readonly #stop: () => void;

  constructor(openAtMs?: number) {
    this.batcher = new FrameBatcher({
      frames: (onFrame) => {
        this.#onFrame = onFrame;
        return () => undefined;
      },
      clock: () => this.nowMs,
      epoch: () => EPOCH_MS + this.nowMs,
      ticker: createTicker(),
      openAtMs,
    });
    this.#stop = raceStore.subscribe((race, before) => {
      if (race.view !== before.view) this.writes++;
    });
  }

  open(session: SessionState, events = EVENTS, rate = session === 'recorded' ? 0 : 1): this {
    this.batcher.openLog(aManifest(), this.word(session, events.at(-1)?.atMs ?? 0, rate));
    this.batcher.append(events);
    this.batcher.showLog();
    return this;
  }

  word(session: SessionState, atMs: number, rate = 1) {
    return { session, clock: { atMs, epochMs: EPOCH_MS + this.nowMs, rate }, viewers: 3 };
  }

  /** Frames, sixty a second. */
  run(ms: number): this {
    const endMs = this.nowMs + ms;
    while (this.nowMs < endMs) {
      this.nowMs = Math.min(endMs, this.nowMs + 1000 / 60);
      this.#onFrame(this.nowMs);
    }
    return this;
  }

  /** A single frame; answers when the next is asked for. */
  frame(): number {
    return this.#onFrame(this.nowMs);
  }

  close(): void {
    this.#stop();
    this.batcher.close();
  }
}

const shownMs = () => raceStore.getState().view?.nowMs;

/** What is on screen was right at the last write that was due. */
function expectNear(actualMs: number | undefined, expectedMs: number): void {
  expect(Math.abs((actualMs ?? Number.NaN) - expectedMs)).toBeLessThan(2 * WRITE_EVERY_MS);
}
let bench: Bench;

beforeEach(() => viewStore.setState(INITIAL_CHOICES));
afterEach(() => bench.close());

describe('Frame batcher', () => {
  test('[R18] writes at most ten times a second', () => {
    bench = new Bench().open('live');
    bench.writes = 0;
    bench.run(3000);
    expect(bench.writes).toBeGreaterThan(20);
    expect(bench.writes).toBeLessThanOrEqual(3000 / WRITE_EVERY_MS);
  });

  test('[R18] writes each frame while the viewer scrubs', () => {
    bench = new Bench().open('recorded');
    bench.batcher.playback.setScrubbing(true);
    bench.writes = 0;
    for (let step = 1; step <= 30; step++) {
      bench.batcher.playback.seek(step * 1000);
      bench.run(1000 / 60);
      expect(shownMs()).toBe(step * 1000);
    }
    expect(bench.writes).toBe(30);
  });

  test('[R18] asks for each frame only while the viewer scrubs', () => {
    bench = new Bench().open('live');
    expect(bench.frame()).toBe(WRITE_EVERY_MS);
    bench.batcher.playback.setScrubbing(true);
    expect(bench.frame()).toBe(0);
    bench.batcher.playback.setScrubbing(false);
    expect(bench.frame()).toBe(WRITE_EVERY_MS);
  });

  test('[R18] writes nothing while nothing changes', () => {
    bench = new Bench().open('recorded');
    bench.batcher.playback.pause();
    bench.run(500);
    bench.writes = 0;
    bench.run(5000);
    expect(bench.writes).toBe(0);
  });

  test('[R14] follows the live edge, and what arrives is on screen with the next write', () => {
    bench = new Bench().open('live').run(1000);
    expectNear(shownMs(), HEAD_MS + 1000);
    bench.batcher.append(numbered([{ type: 'passing', atMs: HEAD_MS + 1050, car: '1', loop: 'SF' }], 61));
    bench.run(200);
    expect(raceStore.getState().view?.state.atMs).toBe(HEAD_MS + 1050);
  });

  test('[R16] with a delay nothing later than the edge less the delay can be reached or hinted at', () => {
    bench = new Bench().open('live').run(1000);
    bench.batcher.playback.setDelay(35_000);
    bench.run(200);
    const { playback } = bench.batcher;
    for (const reach of [() => playback.seek(HEAD_MS), () => playback.step(99_000), playback.goLive, playback.play]) {
      reach();
      bench.run(200);
      expect(shownMs()).toBeLessThanOrEqual(HEAD_MS + 2000 - 35_000);
      expect(raceStore.getState().shownUntilMs).toBeLessThanOrEqual(HEAD_MS + 2000 - 35_000);
      expect(raceStore.getState().view?.state.atMs).toBeLessThanOrEqual(HEAD_MS + 2000 - 35_000);
    }
    expect(playback.edgeMs()).toBeGreaterThan(HEAD_MS);
  });

  test('[R17] what the viewer has not reached is not hinted at, also when he goes back', () => {
    bench = new Bench(20_000).open('recorded').run(1000);
    expectNear(raceStore.getState().shownUntilMs, 21_000);
    bench.batcher.playback.seek(5000);
    bench.run(200);
    expect(shownMs()).toBeLessThan(6000);
    expectNear(raceStore.getState().shownUntilMs, 21_000);
  });

  test('[R19] a recording opens at its beginning and plays; at its end it pauses, and play starts it again', () => {
    bench = new Bench().open('recorded').run(300);
    expectNear(shownMs(), 200);
    bench.batcher.playback.seek(HEAD_MS - 500);
    bench.run(1000);
    expect(playbackStore.getState().mode).toBe('paused');
    expect(shownMs()).toBe(HEAD_MS);
    bench.batcher.playback.play();
    bench.run(300);
    expect(shownMs()).toBeLessThan(1000);
  });

  test('[R19] an address with a time opens a live session there, and going live follows again', () => {
    bench = new Bench(10_000).open('live').run(500);
    expectNear(shownMs(), 10_500);
    expect(playbackStore.getState().mode).toBe('playing');
    bench.batcher.playback.goLive();
    bench.run(200);
    expect(playbackStore.getState().mode).toBe('following');
    expect(shownMs()).toBeGreaterThan(HEAD_MS);
  });

  test('[R13] a viewer who follows follows the log that takes the place of the one before', () => {
    bench = new Bench().open('live').run(500);
    bench.batcher.openLog(aManifest(), bench.word('live', -5000));
    // What was there stays until the new log can be shown.
    expect(shownMs()).toBeGreaterThan(HEAD_MS);
    bench.batcher.append(numbered(someFacts(1).map((fact) => ({ ...fact, atMs: -4000 }))));
    bench.batcher.showLog();
    bench.run(200);
    expect(playbackStore.getState().mode).toBe('following');
    expect(shownMs()).toBeLessThan(0);
    expect(raceStore.getState().shownUntilMs).toBeLessThan(0);
  });

  test('[R16] a session that ends does not cut the delay short: the viewer comes to the end at the pace of the race', () => {
    bench = new Bench();
    viewStore.getState().setDelayMs(20_000);
    bench.open('live').run(1000);
    expectNear(shownMs(), HEAD_MS + 1000 - 20_000);
    bench.batcher.hear(bench.word('recorded', HEAD_MS, 0));
    bench.run(5000);
    expectNear(shownMs(), HEAD_MS + 6000 - 20_000);
    expect(playbackStore.getState()).toMatchObject({ live: true, mode: 'following' });
    bench.run(20_000);
    expect(shownMs()).toBe(HEAD_MS);
    expect(playbackStore.getState().live).toBe(false);
  });

  test('[R15] events that rush in while the clock of a restarted server stands do not put its next clock wrong', () => {
    bench = new Bench().open('live').run(2000);
    bench.batcher.setFeed({ connection: 'reconnecting' });
    bench.run(10_000);
    bench.batcher.hear(bench.word('stale', HEAD_MS, 0));
    bench.batcher.setFeed({ connection: 'ready' });
    bench.batcher.append(numbered([{ type: 'passing', atMs: HEAD_MS + 12_000, car: '1', loop: 'SF' }], 61));
    bench.run(100);
    bench.batcher.hear(bench.word('live', HEAD_MS + 12_100));
    bench.run(5000);
    expectNear(shownMs(), HEAD_MS + 17_100);
  });

  test('[R13] a session that starts over says so, and shows its new log', () => {
    bench = new Bench().open('live').run(1000);
    expect(raceStore.getState().feed.startedOver).toBe(0);
    bench.open('live', EVENTS.slice(0, 3)).run(200);
    expect(raceStore.getState().feed.startedOver).toBe(1);
    expect(raceStore.getState().view?.state.atMs).toBe(EVENTS[2]?.atMs);
  });

  test('[R20] while the connection is lost the edge stands, so that no gap grows out of ignorance', () => {
    bench = new Bench().open('live').run(2000);
    bench.batcher.setFeed({ connection: 'reconnecting' });
    bench.run(200);
    const heldMs = shownMs();
    bench.run(5000);
    expect(shownMs()).toBe(heldMs);
    bench.batcher.setFeed({ connection: 'ready' });
    bench.run(200);
    expectNear(shownMs(), HEAD_MS + 7400);
  });

  test('[R20] says since when no data has come, and no longer once it comes again', () => {
    bench = new Bench().open('live').run(2000);
    expect(raceStore.getState().feed.silentSinceClockMs).toBeUndefined();
    bench.batcher.hear(bench.word('stale', HEAD_MS + 2000));
    bench.run(200);
    expect(raceStore.getState().feed.silentSinceClockMs).toBe(0);
    bench.batcher.hear(bench.word('live', HEAD_MS + 2200));
    bench.run(200);
    expect(raceStore.getState().feed.silentSinceClockMs).toBeUndefined();
  });
});
