import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';

/** What a reader makes of a feed. */
export type FeedSink = {
  /**
   * A session begins, or one goes on that was begun before: `key` is the same for the same session, whatever happens to the
   * line. Facts that follow are its own.
   */
  session(key: string, manifest: Manifest): void;
  /** In order of arrival. `withdrawnSeq` counts the facts that were told of this session, from 1. */
  facts(facts: readonly RaceFact[]): void;
  /** A line that says nothing: `line` counts from 1 since the reader was made. */
  skipped(line: number, text: string, reason: string): void;
  /** Every line as it came, for those who watch the feed. */
  line(text: string): void;
};

/**
 * Turns what a timing system sends into facts. Pure: no input, no output, no clock of its own. It may be told everything
 * again (a line that was cut and came back, a refresh) and then states only what is new.
 */
export type FeedReader = {
  /** What arrived, cut anywhere. */
  read(bytes: Uint8Array, arrivedEpochMs: number): void;
  /** The line was lost: half a line is forgotten, everything else is kept. */
  cut(): void;
  /** Of a recording that was read to its end: nothing follows. */
  end?(): void;
};

export type FeedConnection = {
  /** Nothing is told after this. */
  close(): void;
};

export type FeedConnectionHandlers = {
  opened(): void;
  /** As it arrived: what a recorder writes. Protocols of messages end each with a line feed. */
  received(bytes: Uint8Array): void;
  /** Once; `reason` for people. */
  closed(reason: string): void;
};

/** A kind of live timing that this server can listen to. */
export type FeedProtocol = {
  readonly id: string;
  /** For people: `RMonitor (Orbits)`. */
  readonly title: string;
  /** Of the addresses it is reached by, with the colon: `rmonitor:`. */
  readonly schemes: readonly string[];
  /** An example of such an address. */
  readonly example: string;
  createReader(sink: FeedSink): FeedReader;
  /**
   * The session whose end nobody heard, where the feed shows its result under another key after a server was started again;
   * `undefined` for a session of its own. `earlier`: keys that were told of before, oldest first.
   */
  endedSession?(key: string, earlier: readonly string[]): string | undefined;
  /** One attempt: whoever calls tries again. */
  connect(url: URL, handlers: FeedConnectionHandlers): FeedConnection;
};
