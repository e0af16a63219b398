import type { FeedReader, FeedSink } from '../feed/feed.ts';
import { createFeedLines } from '../feed/feed-lines.ts';
import { isObject } from './dict-diff.ts';
import { epochMsOf } from './service-manifest.ts';
import { StateReader } from './state-reader.ts';

const LONGEST_LINE = 8_000_000;
const LONGEST_SHOWN = 200;
/** A service whose clock is off by more does not know the time. */
const FARTHEST_MS = 86_400_000;

/** Reads the messages of a timing screen, one a line: what it is (`MANIFEST_UPDATE`), and each state of it (`STATE_UPDATE`). */
export function createScreenReader(sink: FeedSink): FeedReader {
  let line = 0;
  let text = '';
  let arrivedMs = 0;
  let lastMs = 0;
  const skip = (reason: string): void => sink.skipped(line, text.slice(0, LONGEST_SHOWN), reason);
  const states = new StateReader(sink, skip);

  /** When the service made the state, by its own clock: the times of its messages are by the same. */
  const timeOf = (updated: unknown): number => {
    const ownMs = epochMsOf(updated);
    const atMs = ownMs !== undefined && Math.abs(ownMs - arrivedMs) < FARTHEST_MS ? ownMs : arrivedMs;
    lastMs = Math.max(lastMs, atMs);
    return lastMs;
  };
  const take = (message: unknown): void => {
    if (!isObject(message)) return skip('no message of a timing screen');
    const { type, manifest, state } = message;
    // What Timing71 makes of the states is made anew here.
    if (type === 'ANALYSIS_STATE') return;
    if (type === 'MANIFEST_UPDATE' && isEmpty(manifest)) return;
    if (type === 'STATE_UPDATE' && isEmpty(state)) return;
    if (type === 'MANIFEST_UPDATE') return states.manifest(manifest);
    if (type !== 'STATE_UPDATE' || !isObject(state)) return skip('no message of a timing screen');
    if (state.manifest !== undefined) states.manifest(state.manifest);
    const { cars, session, messages, lastUpdated } = state;
    states.take({ cars, session, messages }, timeOf(lastUpdated));
  };
  const takeLine = (given: string): void => {
    text = given;
    if (given.trim() === '') return;
    sink.line(given);
    const message = parseJson(given);
    if (message === undefined) skip('not JSON');
    else take(message);
  };
  const lines = createFeedLines({
    longest: LONGEST_LINE,
    onLine: (given) => {
      line++;
      takeLine(given);
    },
    onTooLong: () => {
      line++;
      text = '';
      skip('line too long');
    },
  });
  return {
    read: (bytes, arrivedEpochMs) => {
      arrivedMs = arrivedEpochMs;
      lines.read(bytes);
    },
    cut: () => lines.cut(),
  };
}

/** Before its service has said anything a screen has nothing to show. */
function isEmpty(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length === 0;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
