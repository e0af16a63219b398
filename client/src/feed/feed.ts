import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import type { SessionClock, SessionState } from '@pitboard/shared/protocol/socket-events.ts';
import type { FeedProblem } from '../store/race-store.ts';

/** What the server says of a session now and then. */
export type FeedWord = { readonly session: SessionState; readonly clock: SessionClock; readonly viewers: number };

/** What a feed tells. After `onLog`, `onEvents` delivers each event of that log once, in the order of `seq`. */
export type FeedListener = {
  /** A log begins, the first or, when the session started over, another one. Its events start at 1. */
  readonly onLog: (manifest: Manifest, word: FeedWord) => void;
  readonly onEvents: (events: readonly RaceEvent[]) => void;
  /** Share of the history that has arrived, 0 to 1. At 1 all is there that was there when we joined. */
  readonly onLoaded: (share: number) => void;
  readonly onWord: (word: FeedWord) => void;
  readonly onConnection: (connection: 'connecting' | 'ready' | 'reconnecting') => void;
  /** `final`: nothing more will come. Else it goes on trying. */
  readonly onProblem: (problem: FeedProblem, final: boolean) => void;
};

/** Where the events of a session come from: over a network, out of a file, or from a test. */
export type Feed = { readonly close: () => void };
