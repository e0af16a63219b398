import { anchorEdge, EDGE_TRUST_MS, liveEdge, witnessEdge } from '@pitboard/client/feed/live-edge.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const EPOCH_MS = 1_700_000_000_000;
const at = (clockMs: number) => ({ clockMs, epochMs: EPOCH_MS + clockMs });
const clock = (atMs: number, epochMs = EPOCH_MS, rate = 1) => ({ atMs, epochMs, rate });

describe('Live edge', () => {
  test('[R14] runs on from the clock of the server, however long ago that was set', () => {
    const anchor = anchorEdge(undefined, clock(-15_000, EPOCH_MS - 75_000), at(0));
    expect(liveEdge(anchor, 0, 0)).toBe(60_000);
    expect(liveEdge(anchor, 2500, 0)).toBe(62_500);
  });

  test('[R14] runs at the rate of the session, and stands before the start and after the end', () => {
    expect(liveEdge(anchorEdge(undefined, clock(1000, EPOCH_MS, 8), at(0)), 1000, 0)).toBe(9000);
    expect(liveEdge(anchorEdge(undefined, clock(-60_000, EPOCH_MS - 5000, 0), at(0)), 9000, -90_000)).toBe(-60_000);
  });

  test('[R14] is never behind the newest event', () => {
    expect(liveEdge(anchorEdge(undefined, clock(1000), at(0)), 0, 4321)).toBe(4321);
  });

  test('[R14] stands when the server has said nothing for a while', () => {
    const anchor = anchorEdge(undefined, clock(0), at(0));
    expect(liveEdge(anchor, EDGE_TRUST_MS + 60_000, 0)).toBe(EDGE_TRUST_MS);
  });

  test('[R14] never runs backwards, whatever clocks arrive', () => {
    const arrivals = fc.array(fc.record({ waitMs: fc.nat(20_000), atMs: fc.integer({ min: -60_000, max: 60_000 }) }));
    fc.assert(
      fc.property(arrivals, (list) => {
        let nowMs = 0;
        let anchor = anchorEdge(undefined, clock(0), at(0));
        let edgeMs = liveEdge(anchor, 0, 0);
        for (const { waitMs, atMs } of list) {
          nowMs += waitMs;
          expect(liveEdge(anchor, nowMs, 0)).toBeGreaterThanOrEqual(edgeMs);
          edgeMs = liveEdge(anchor, nowMs, 0);
          anchor = anchorEdge(anchor, clock(atMs, EPOCH_MS + nowMs), at(nowMs));
          expect(liveEdge(anchor, nowMs, 0)).toBeGreaterThanOrEqual(edgeMs);
        }
      }),
    );
  });

  test('[R15] a wall clock that is three minutes ahead is put right by the events', () => {
    const ahead = anchorEdge(undefined, clock(0, EPOCH_MS - 180_000), at(0));
    expect(liveEdge(ahead, 0, 0)).toBe(180_000);
    const seen = witnessEdge(ahead, 50, 100);
    expect(liveEdge(seen, 100, 50)).toBe(50);
    // And stays right with the next clock that comes.
    const next = anchorEdge(seen, clock(0, EPOCH_MS - 180_000), at(5000));
    expect(liveEdge(next, 5000, 50)).toBe(4950);
  });

  test('[R15] a wall clock that is behind is put right as well', () => {
    const behind = anchorEdge(undefined, clock(0, EPOCH_MS + 180_000), at(0));
    const seen = witnessEdge(behind, 90_000, 1000);
    expect(liveEdge(seen, 3000, 90_000)).toBe(92_000);
  });

  test('[R15] an event that took its time is no reason to turn the clock back', () => {
    const anchor = anchorEdge(undefined, clock(0), at(0));
    const prompt = witnessEdge(anchor, 900, 1000);
    const late = witnessEdge(prompt, 2000, 9000);
    expect(liveEdge(late, 9000, 2000)).toBe(9000);
  });
});
