import type { ImportDesk } from '../imports/import-desk.ts';
import type { RaceSession } from '../sessions/race-session.ts';
import type { SessionRegistry } from '../sessions/session-registry.ts';
import type { FeedSources } from '../sources/feed/feed-sources.ts';

/** What the routes have to know of the server around them. */
export type HttpContext = {
  readonly registry: SessionRegistry;
  readonly sources: FeedSources;
  readonly imports: ImportDesk;
  readonly token: string;
  readonly viewersOf: (session: RaceSession) => number;
  readonly viewers: () => number;
  readonly nowEpochMs: () => number;
};
