import type { SessionPhase } from '@pitboard/shared/domain/status.ts';
import type { SessionClock } from '@pitboard/shared/protocol/socket-events.ts';

/** A feed that is further behind than this is not late: the clock was wrong, and follows the feed back. */
const LAG_LIMIT_MS = 30_000;

/** Session time at a wall clock. */
export function sessionTimeAt(clock: SessionClock, epochMs: number): number {
  return clock.atMs + Math.max(0, epochMs - clock.epochMs) * clock.rate;
}

export function standingClock(atMs: number, epochMs: number): SessionClock {
  return { atMs, epochMs, rate: 0 };
}

export type Arrival = {
  readonly epochMs: number;
  /** Session time of the newest fact. */
  readonly headAtMs: number;
  readonly phase: SessionPhase;
  readonly phaseChanged: boolean;
  /** The source's rate. */
  readonly rate: number;
};

/**
 * The clock of a session after facts have arrived. The quickest fact is the best witness of the time: a fact that was
 * delayed (by a slow line, or a cut) does not turn the clock back, one that comes early turns it on.
 */
export function clockAfter(clock: SessionClock, arrival: Arrival): SessionClock {
  const { epochMs, headAtMs, phase, phaseChanged } = arrival;
  if (phase === 'scheduled' || phase === 'closed') return standingClock(headAtMs, epochMs);
  const lagMs = sessionTimeAt(clock, epochMs) - headAtMs;
  const keeps = !phaseChanged && clock.rate === arrival.rate && lagMs >= 0 && lagMs <= LAG_LIMIT_MS * arrival.rate;
  return keeps ? clock : { atMs: headAtMs, epochMs, rate: arrival.rate };
}
