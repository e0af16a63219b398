import { type Playhead, pause, play, playheadAt, seek, setSpeed, settle } from '@pitboard/shared/timeline/playhead.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const BOUNDS = { startMs: -1000, edgeMs: 100_000 };
const playing = (fromMs: number, speed = 1): Playhead => ({ mode: 'playing', fromMs, sinceClockMs: 5000, speed });

describe('R. Recordings and replay', () => {
  it('[R9] it never leaves the bounds, and the edge wins where the delay reaches before the start', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer(),
        fc.integer({ min: 0 }),
        fc.constantFrom(0.25, 1, 64),
        (from, atMs, clockMs, speed) => {
          const heads: Playhead[] = [{ mode: 'following' }, { mode: 'paused', atMs }, playing(from, speed)];
          for (const head of heads) {
            const now = playheadAt(seek(head, BOUNDS, clockMs, atMs), BOUNDS, clockMs);
            expect(now).toBe(Math.max(BOUNDS.startMs, Math.min(BOUNDS.edgeMs, atMs)));
            const shown = playheadAt(head, BOUNDS, clockMs);
            expect(shown).toBeGreaterThanOrEqual(BOUNDS.startMs);
            expect(shown).toBeLessThanOrEqual(BOUNDS.edgeMs);
            expect(playheadAt(head, { startMs: 0, edgeMs: -30_000 }, clockMs)).toBe(-30_000);
          }
        },
      ),
    );
  });

  it('[R9] a seek before the start stands at the start', () => {
    expect(seek({ mode: 'paused', atMs: 5 }, BOUNDS, 0, -9999)).toEqual({ mode: 'paused', atMs: -1000 });
  });

  it('[R10] following stands at the edge, wherever that goes', () => {
    expect(playheadAt({ mode: 'following' }, BOUNDS, 1)).toBe(100_000);
    expect(playheadAt({ mode: 'following' }, { ...BOUNDS, edgeMs: 100_250 }, 1)).toBe(100_250);
  });

  it('[R10] playing moves by the clock, at its speed', () => {
    expect(playheadAt(playing(10_000), BOUNDS, 6000)).toBe(11_000);
    expect(playheadAt(playing(10_000, 0.25), BOUNDS, 6000)).toBe(10_250);
    expect(playheadAt(playing(10_000, 8), BOUNDS, 6000)).toBe(18_000);
    // However often it was asked in between: nothing is counted.
    for (let clockMs = 5000; clockMs < 6000; clockMs += 7) playheadAt(playing(10_000), BOUNDS, clockMs);
    expect(playheadAt(playing(10_000), BOUNDS, 6000)).toBe(11_000);
  });

  it('[R10] a change of speed does not move it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 50_000 }),
        fc.integer({ min: 5000, max: 9000 }),
        fc.constantFrom(0.25, 2, 64),
        (from, clockMs, speed) => {
          const before = playheadAt(playing(from), BOUNDS, clockMs);
          const faster = setSpeed(playing(from), BOUNDS, clockMs, speed);
          expect(playheadAt(faster, BOUNDS, clockMs)).toBe(before);
          expect(playheadAt(faster, BOUNDS, clockMs + 100)).toBe(Math.min(BOUNDS.edgeMs, before + 100 * speed));
        },
      ),
    );
    const paused: Playhead = { mode: 'paused', atMs: 5 };
    expect(setSpeed(paused, BOUNDS, 9000, 2)).toBe(paused);
  });

  it('[R11] play and pause go on from where it stands', () => {
    const paused = pause(playing(10_000), BOUNDS, 7000);
    expect(paused).toEqual({ mode: 'paused', atMs: 12_000 });
    expect(playheadAt(play(paused, BOUNDS, 90_000), BOUNDS, 91_000)).toBe(13_000);
    expect(pause({ mode: 'following' }, BOUNDS, 0)).toEqual({ mode: 'paused', atMs: 100_000 });
  });

  it('[R11] a seek keeps paused paused and the speed of playing; following plays on at normal speed', () => {
    expect(seek({ mode: 'paused', atMs: 5 }, BOUNDS, 0, 70_000)).toEqual({ mode: 'paused', atMs: 70_000 });
    expect(seek(playing(5, 4), BOUNDS, 8000, 70_000)).toEqual({
      mode: 'playing',
      fromMs: 70_000,
      sinceClockMs: 8000,
      speed: 4,
    });
    expect(seek({ mode: 'following' }, BOUNDS, 8000, 70_000)).toEqual({
      mode: 'playing',
      fromMs: 70_000,
      sinceClockMs: 8000,
      speed: 1,
    });
  });

  it('[R12] run into a live edge it follows, at the end of a recording it pauses', () => {
    const atEdge = playing(99_999, 2);
    expect(settle(atEdge, BOUNDS, 5100, true)).toEqual({ mode: 'following' });
    expect(settle(atEdge, BOUNDS, 5100, false)).toEqual({ mode: 'paused', atMs: 100_000 });
    expect(settle(playing(10), BOUNDS, 5100, true)).toEqual(playing(10));
    expect(settle({ mode: 'following' }, BOUNDS, 5100, false)).toEqual({ mode: 'following' });
  });

  it('[R12] in slow motion it stays slow and falls behind a live edge', () => {
    const slow = settle(playing(99_999, 0.5), BOUNDS, 5100, true);
    expect(slow).toEqual({ mode: 'playing', fromMs: 100_000, sinceClockMs: 5100, speed: 0.5 });
    expect(playheadAt(slow, { ...BOUNDS, edgeMs: 101_000 }, 6100)).toBe(100_500);
  });
});
