import type { SessionId } from '@pitboard/shared/domain/names.ts';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceEvent, RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import type {
  IngestReply,
  SessionClock,
  SessionState,
  SessionSummary,
} from '@pitboard/shared/protocol/socket-events.ts';
import type { EventStore, LogId, SourcePosition, StoredSession } from '../storage/event-store.ts';
import { checkPush, type Push } from './check-push.ts';
import { isReconstructed } from './session-digest.ts';
import { SessionLog } from './session-log.ts';
import { type SessionOrigin, SessionPulse } from './session-pulse.ts';

export type SessionListener = {
  events(session: RaceSession, events: readonly RaceEvent[]): void;
  statusChanged(session: RaceSession): void;
  /** The session has begun a new log; `endedLog` is the one before. */
  restarted(session: RaceSession, endedLog: LogId): void;
};

export type RaceSessionOptions = {
  readonly stored: StoredSession;
  readonly store: EventStore;
  readonly origin: SessionOrigin;
  readonly listener: SessionListener;
  readonly nowEpochMs: () => number;
};

/** `connection` tells two connections of one source apart: the old one may be seen to end after the new one began. */
export type SourceOpening = {
  readonly source: string;
  readonly connection: string;
  readonly rate?: number | undefined;
};

/**
 * One session: gives facts their place in the log, has them stored, and tells the listener of what is stored. All
 * writes go one after the other.
 */
export class RaceSession {
  readonly id: SessionId;
  readonly origin: SessionOrigin;
  readonly #log: SessionLog;
  readonly #listener: SessionListener;
  readonly #nowEpochMs: () => number;
  readonly #pulse: SessionPulse;
  #queue: Promise<unknown> = Promise.resolve();

  private constructor({ stored, store, origin, listener, nowEpochMs }: RaceSessionOptions) {
    this.id = stored.id;
    this.origin = origin;
    this.#log = new SessionLog(store, stored, (events) => this.#onStored(events));
    this.#listener = listener;
    this.#nowEpochMs = nowEpochMs;
    this.#pulse = new SessionPulse(origin, stored.rate, nowEpochMs);
  }

  /** Takes up a session that is in the catalogue of the store, with all that its log holds. */
  static async load(options: RaceSessionOptions): Promise<RaceSession> {
    const session = new RaceSession(options);
    await session.#log.load();
    session.#pulse.resume(session.#log.digest);
    session.#pulseChanges();
    return session;
  }

  get log(): LogId {
    return this.#log.stored.log;
  }
  /** As given at creation; batches refer to its loops. */
  get manifest(): Manifest {
    return this.#log.stored.manifest;
  }
  get headSeq(): number {
    return this.#log.digest.headSeq;
  }
  get state(): SessionState {
    return this.#pulse.state;
  }
  get clock(): SessionClock {
    return this.#pulse.clock;
  }

  summary(viewers: number): SessionSummary {
    const { manifest, headSeq, headAtMs } = this.#log.digest;
    return {
      id: this.id,
      event: manifest.event,
      ...(manifest.series === undefined ? {} : { series: manifest.series }),
      session: manifest.session,
      circuit: manifest.circuit.name,
      ...(manifest.startEpochMs === undefined ? {} : { startEpochMs: manifest.startEpochMs }),
      state: this.state,
      replayed: this.origin === 'replayed',
      ...(this.origin === 'imported' ? { imported: true as const } : {}),
      reconstructed: isReconstructed(manifest),
      entries: manifest.entries.length,
      headSeq,
      headAtMs,
      viewers,
    };
  }

  /** At most `limit` events from `fromSeq` on. */
  read(fromSeq: number, limit: number): Promise<readonly RaceEvent[]> {
    return this.#log.read(fromSeq, limit);
  }

  /** Checks and stores what a source sent. Resolves with its acknowledgement once it is durable. */
  push(push: Push): Promise<IngestReply> {
    return this.#inTurn(async () => {
      const cursor = push.source === undefined ? 0 : await this.#log.cursor(push.source.name);
      const checked = checkPush(push, cursor);
      if (!checked.ok) return checked;
      this.#pulse.hearSource();
      try {
        await this.#log.append(checked.facts, checked.position);
      } catch (error) {
        return { ok: false, error: 'storage', message: `not stored: ${(error as Error).message}` };
      }
      return { ok: true, acknowledged: checked.position?.lastSourceSeq ?? this.headSeq };
    });
  }

  /** Stores facts of this server's own making. */
  append(facts: readonly RaceFact[]): Promise<void> {
    return this.#inTurn(() => this.#log.append(facts, undefined));
  }

  /** The last source sequence that is stored of a source; 0 when it has sent nothing. */
  sourceCursor(source: string): Promise<number> {
    return this.#log.cursor(source);
  }

  /** Stores facts that this server has read from a feed. Resolves with the `seq` of the first, once they are durable. */
  appendFrom(position: SourcePosition, facts: readonly RaceFact[]): Promise<number> {
    return this.#inTurn(async () => {
      this.#pulse.hearSource();
      const firstSeq = this.headSeq + 1;
      await this.#log.append(facts, position);
      return firstSeq;
    });
  }

  /**
   * A source begins, or comes back. Resolves with the last source sequence that is stored of it; `undefined` for one
   * that comes new to a session that has ended: it would write a second race behind the first.
   */
  openSource({ source, connection, rate }: SourceOpening): Promise<number | undefined> {
    return this.#inTurn(async () => {
      const cursor = await this.#log.cursor(source);
      if (this.state === 'recorded' && cursor === 0) return undefined;
      this.#pulse.openSource(connection, rate ?? this.#log.stored.rate);
      await this.#log.setClosed('open');
      this.refreshState();
      return cursor;
    });
  }

  /** The connection of a source was lost. In turn, so that it does not overtake the opening of that source. */
  loseSource(connection: string): Promise<void> {
    return this.#inTurn(async () => {
      this.#pulse.loseSource(connection);
      this.refreshState();
    });
  }

  /** A source says that nothing more will come. Resolves with the last source sequence that is stored of it. */
  closeSource({ source, connection }: SourceOpening): Promise<number> {
    return this.#inTurn(async () => {
      if (this.#pulse.endSource(connection)) await this.#log.setClosed('closed');
      this.refreshState();
      return this.#log.cursor(source);
    });
  }

  /** Starts over in a new log; the one before is forgotten. Only for sessions that this server plays itself. */
  restart(log: LogId): Promise<void> {
    return this.#inTurn(async () => {
      const endedLog = this.log;
      await this.#log.startOver(log, this.#nowEpochMs());
      this.#listener.restarted(this, endedLog);
    });
  }

  /** Sets the clock of a session that this server plays itself. */
  setClock(clock: SessionClock): void {
    this.#pulse.setClock(clock);
    this.#pulseChanges();
    this.#listener.statusChanged(this);
  }

  /** Looks again whether the session is live, and tells the listener if that has changed. */
  refreshState(): void {
    if (this.#pulseChanges()) this.#listener.statusChanged(this);
  }

  /** Waits for what is being stored, and lets go of the store. */
  async stop(): Promise<void> {
    await this.#queue;
    this.#log.stop();
  }

  #onStored(events: readonly RaceEvent[]): void {
    const clockJumps = this.#pulse.arrive(this.#log.digest);
    this.#listener.events(this, events);
    if (this.#pulseChanges() || clockJumps) this.#listener.statusChanged(this);
  }

  #pulseChanges(): boolean {
    return this.#pulse.refresh(this.#log.digest, this.#log.stored.closed);
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(task);
    this.#queue = result.catch(() => undefined);
    return result;
  }
}
