import type { RaceSession } from '../sessions/race-session.ts';
import type { SessionRegistry } from '../sessions/session-registry.ts';

/** What the routes have to know of the server around them. */
export type HttpContext = {
  readonly registry: SessionRegistry;
  readonly token: string;
  readonly viewersOf: (session: RaceSession) => number;
  readonly viewers: () => number;
  readonly nowEpochMs: () => number;
};
