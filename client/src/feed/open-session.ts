import type { SessionId } from '@pitboard/shared/domain/names.ts';
import { ticker } from '../ui/ticker.ts';
import { browserFrames } from './browser-frames.ts';
import type { FeedListener } from './feed.ts';
import { FrameBatcher } from './frame-batcher.ts';
import { attachPlayback } from './playback.ts';
import { openSocketFeed } from './socket-feed.ts';

/** Puts a session on screen, at `openAtMs` where that is given. Returns the way to leave it. */
export function openSession(session: SessionId, openAtMs: number | undefined): () => void {
  const batcher = new FrameBatcher({
    frames: browserFrames,
    clock: () => performance.now(),
    epoch: () => Date.now(),
    ticker,
    openAtMs,
  });
  const feed = openSocketFeed({ session, listener: listenFor(batcher) });
  attachPlayback(batcher.playback);
  return () => {
    attachPlayback(undefined);
    feed.close();
    batcher.close();
  };
}

/** What a batcher does with what a feed tells. */
export function listenFor(batcher: FrameBatcher): FeedListener {
  return {
    onLog: (manifest, word) => {
      batcher.openLog(manifest, word);
      batcher.setFeed({ connection: 'loading', problem: undefined, loaded: 0 });
    },
    onEvents: (events) => batcher.append(events),
    onLoaded: (loaded) => {
      batcher.setFeed({ loaded, problem: undefined });
      if (loaded === 1) batcher.showLog();
    },
    onWord: (word) => batcher.hear(word),
    onConnection: (connection) => batcher.setFeed({ connection }),
    onProblem: (problem, final) => batcher.setFeed(final ? { problem, connection: 'failed' } : { problem }),
  };
}
