import type { SessionId } from '@pitboard/shared/domain/names.ts';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';

/** Names one run of a session. History belongs to a log; a session that starts over gets a new one. */
export type LogId = string;

/** One run of a session, as the catalogue holds it. */
export type StoredSession = {
  readonly id: SessionId;
  readonly log: LogId;
  /** As given at creation: later changes are facts of the log. */
  readonly manifest: Manifest;
  /** How fast session time runs against the wall clock. */
  readonly rate: number;
  readonly openedEpochMs: number;
  /** Its source said that nothing more will come. */
  readonly closed: boolean;
};

/** Who sent a run of events, and its own number of the last of them. */
export type SourcePosition = { readonly name: string; readonly lastSourceSeq: number };

/**
 * Logs of facts and the catalogue of sessions. Every implementation passes the same tests; an append is atomic, and
 * durable (where the store is) before its promise resolves.
 */
export type EventStore = {
  /** In order of opening. */
  sessions(): Promise<readonly StoredSession[]>;
  /** @throws {LogExistsError} */
  openSession(session: StoredSession): Promise<void>;
  /** @throws {UnknownLogError} */
  setClosed(log: LogId, state: 'closed' | 'open'): Promise<void>;
  /** Removes a log with all that belongs to it; an unknown one is no error. */
  removeSession(log: LogId): Promise<void>;
  /** `seq` of the newest event, 0 for an empty log. */
  head(log: LogId): Promise<number>;
  /**
   * Adds events whose `seq` follow the head without a hole: of two writers one is refused. The position of the source
   * is written in the same transaction, so that what it repeats is recognised for good.
   * @throws {SequenceConflictError}
   * @throws {UnknownLogError}
   */
  append(log: LogId, events: readonly RaceEvent[], source?: SourcePosition): Promise<void>;
  /** At most `limit` events in order of `seq`. */
  read(log: LogId, fromSeq: number, limit: number): Promise<readonly RaceEvent[]>;
  /** Hands over every event from `fromSeq` on, stored and to come, in order, each once. Returns the way to stop. */
  tail(log: LogId, fromSeq: number, onEvents: (events: readonly RaceEvent[]) => void): () => void;
  /** The last stored source sequence of a source; 0 when it has sent nothing. */
  sourceCursor(log: LogId, source: string): Promise<number>;
  close(): Promise<void>;
};

/** An append that does not follow the head of its log: somebody else has written, or events are missing. */
export class SequenceConflictError extends Error {
  readonly expectedSeq: number;
  readonly givenSeq: number;
  constructor(expectedSeq: number, givenSeq: number) {
    super(`the log goes on with seq ${expectedSeq}, not with ${givenSeq}`);
    this.name = 'SequenceConflictError';
    this.expectedSeq = expectedSeq;
    this.givenSeq = givenSeq;
  }
}

export class UnknownLogError extends Error {
  constructor(log: LogId) {
    super(`the store has no log "${log}"`);
    this.name = 'UnknownLogError';
  }
}

export class LogExistsError extends Error {
  constructor(log: LogId) {
    super(`the store already has a log "${log}"`);
    this.name = 'LogExistsError';
  }
}

/** The file of a store cannot be used: damaged, of another program, of a newer version, or in use. */
export class StoreFileError extends Error {
  constructor(file: string, problem: string) {
    super(`${file}: ${problem}`);
    this.name = 'StoreFileError';
  }
}

/**
 * Refuses events that do not follow the head of their log.
 * @throws {SequenceConflictError}
 */
export function checkSequence(headSeq: number, events: readonly RaceEvent[]): void {
  events.forEach((event, index) => {
    const expectedSeq = headSeq + 1 + index;
    if (event.seq !== expectedSeq) throw new SequenceConflictError(expectedSeq, event.seq);
  });
}
