import type { SessionPhase } from '@pitboard/shared/domain/status.ts';
import type { SessionState } from '@pitboard/shared/protocol/socket-events.ts';

/** Under green some car crosses some loop more often than this: a feed silent for longer has stopped. */
export const SILENCE_LIMIT_MS = 30_000;

export type SessionSigns = {
  readonly phase: SessionPhase;
  readonly headSeq: number;
  /** Its source said that nothing more will come. */
  readonly closed: boolean;
  /** Every source that was connected has gone. */
  readonly sourceGone: boolean;
  readonly silentForMs: number;
};

/** What viewers are told of a session that sources push to. */
export function sessionStateOf(signs: SessionSigns): SessionState {
  if (signs.closed || signs.phase === 'closed') return 'recorded';
  if (signs.headSeq === 0 || signs.phase === 'scheduled') return 'upcoming';
  const silent = signs.phase === 'running' && signs.silentForMs > SILENCE_LIMIT_MS;
  return signs.sourceGone || silent ? 'stale' : 'live';
}
