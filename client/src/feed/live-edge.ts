import type { SessionClock } from '@pitboard/shared/protocol/socket-events.ts';

/** The edge runs on for this long without word from the server, then stands: the server repeats its clock every few seconds. */
export const EDGE_TRUST_MS = 15_000;
/** The quickest event is this late at most; where none is quicker, the wall clocks of server and viewer differ. */
const LAG_LIMIT_MS = 2000;

/** One moment by two clocks: one that only moves forward, and the wall clock. */
export type LocalTime = { readonly clockMs: number; readonly epochMs: number };

/** What is known of the server's clock. */
export type EdgeAnchor = {
  /** Session time at `sinceClockMs`, if both wall clocks are right. */
  readonly atMs: number;
  readonly sinceClockMs: number;
  readonly rate: number;
  /** The edge had been here before this anchor came, and does not go back. */
  readonly floorMs: number;
  /** The least lag of an event behind the clock that was seen: the events know better than two wall clocks. */
  readonly leastLagMs: number;
};

/**
 * Sets the edge by a clock from the server.
 * @param floorMs where the edge has been already, if that is not where the anchor before would have it now
 */
export function anchorEdge(
  before: EdgeAnchor | undefined,
  clock: SessionClock,
  { clockMs, epochMs, floorMs }: LocalTime & { readonly floorMs?: number | undefined },
): EdgeAnchor {
  return {
    atMs: clock.atMs + Math.max(0, epochMs - clock.epochMs) * clock.rate,
    sinceClockMs: clockMs,
    rate: clock.rate,
    floorMs: floorMs ?? (before === undefined ? Number.NEGATIVE_INFINITY : liveEdge(before, clockMs, before.floorMs)),
    // What a clock of another pace was ahead or behind says nothing of this one.
    leastLagMs: before?.rate === clock.rate ? before.leastLagMs : Number.POSITIVE_INFINITY,
  };
}

/** Takes the newest event, at its arrival, as a witness of the time. */
export function witnessEdge(anchor: EdgeAnchor, headAtMs: number, clockMs: number): EdgeAnchor {
  // A clock that stands is no measure of how late an event is.
  if (anchor.rate === 0) return anchor;
  const leastLagMs = Math.min(anchor.leastLagMs, clockEdge(anchor, clockMs) - headAtMs);
  if (leastLagMs === anchor.leastLagMs) return anchor;
  const next = { ...anchor, leastLagMs };
  // A clock that was found to be ahead is put right, though that takes the edge back this once.
  return skewMs(next) > 0 || skewMs(anchor) > 0 ? { ...next, floorMs: Number.NEGATIVE_INFINITY } : next;
}

/** Session time at the live edge: never behind the newest event, never backwards, and no further than the server vouches for. */
export function liveEdge(anchor: EdgeAnchor, clockMs: number, headAtMs: number): number {
  return Math.max(anchor.floorMs, headAtMs, clockEdge(anchor, clockMs) - skewMs(anchor));
}

function clockEdge(anchor: EdgeAnchor, clockMs: number): number {
  const elapsedMs = Math.max(0, Math.min(EDGE_TRUST_MS, clockMs - anchor.sinceClockMs));
  return anchor.atMs + elapsedMs * anchor.rate;
}

/** By how much the clock is ahead, in session time; negative when it is behind. */
function skewMs({ leastLagMs, rate }: EdgeAnchor): number {
  if (leastLagMs === Number.POSITIVE_INFINITY) return 0;
  return leastLagMs < 0 || leastLagMs > LAG_LIMIT_MS * Math.max(1, rate) ? leastLagMs : 0;
}
