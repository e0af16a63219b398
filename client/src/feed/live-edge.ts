import type { SessionClock } from '@pitboard/shared/protocol/socket-events.ts';

/** The edge runs on for this long without word from the server, then stands: the server repeats its clock every few seconds. */
export const EDGE_TRUST_MS = 15_000;

/** The server's clock as it was received. `sinceClockMs` is the viewer's own clock, which only moves forward. */
export type EdgeAnchor = {
  readonly atMs: number;
  readonly sinceClockMs: number;
  readonly rate: number;
  /** The edge had been here before this anchor came, and never goes back. */
  readonly floorMs: number;
};

/**
 * Sets the edge by a clock from the server, as of its receipt: wall clocks of two machines differ by more than a network
 * takes.
 */
export function anchorEdge(before: EdgeAnchor | undefined, clock: SessionClock, clockMs: number): EdgeAnchor {
  const floorMs = before === undefined ? Number.NEGATIVE_INFINITY : liveEdge(before, clockMs, before.floorMs);
  return { atMs: clock.atMs, sinceClockMs: clockMs, rate: clock.rate, floorMs };
}

/** Session time at the live edge: never behind the newest event, never backwards, and no further than the server vouches for. */
export function liveEdge(anchor: EdgeAnchor, clockMs: number, headAtMs: number): number {
  const elapsedMs = Math.max(0, Math.min(EDGE_TRUST_MS, clockMs - anchor.sinceClockMs));
  return Math.max(anchor.floorMs, headAtMs, anchor.atMs + elapsedMs * anchor.rate);
}
