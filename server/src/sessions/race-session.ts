import type { SessionId } from '@pitboard/shared/domain/names.ts';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceEvent, RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import type {
  IngestReply,
  SessionClock,
  SessionState,
  SessionSummary,
} from '@pitboard/shared/protocol/socket-events.ts';
import type { EventStore, LogId, StoredSession } from '../storage/event-store.ts';
import { checkPush, type Push } from './check-push.ts';
import { clockAfter, sessionTimeAt, standingClock } from './session-clock.ts';
import { isReconstructed } from './session-digest.ts';
import { SessionLog } from './session-log.ts';
import { sessionStateOf } from './session-state.ts';

/** `pushed`: by sources from outside. `replayed`: played by this server as if live. `recorded`: complete from the start. */
export type SessionOrigin = 'pushed' | 'replayed' | 'recorded';

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

/** A clock that jumps by less than this is not worth a message: viewers hear of it with the next one. */
const CLOCK_JUMP_MS = 500;

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
  readonly #connections = new Set<string>();
  #sourceGone = false;
  #rate: number;
  #clock: SessionClock;
  #state: SessionState = 'upcoming';
  #lastArrivalEpochMs: number;
  #phaseSeen = 'scheduled';
  #queue: Promise<unknown> = Promise.resolve();

  private constructor({ stored, store, origin, listener, nowEpochMs }: RaceSessionOptions) {
    this.id = stored.id;
    this.origin = origin;
    this.#log = new SessionLog(store, stored, (events) => this.#onStored(events));
    this.#listener = listener;
    this.#nowEpochMs = nowEpochMs;
    this.#rate = stored.rate;
    this.#lastArrivalEpochMs = nowEpochMs();
    this.#clock = standingClock(0, nowEpochMs());
  }

  /** Takes up a session that is in the catalogue of the store, with all that its log holds. */
  static async load(options: RaceSessionOptions): Promise<RaceSession> {
    const session = new RaceSession(options);
    await session.#log.load();
    const { headSeq, headAtMs, phase } = session.#log.digest;
    // Whoever fed it before this process began has to come again.
    session.#sourceGone = headSeq > 0;
    session.#phaseSeen = phase;
    session.#clock = standingClock(headAtMs, options.nowEpochMs());
    session.#state = session.#stateNow();
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
    return this.#state;
  }
  get clock(): SessionClock {
    return this.#clock;
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
      state: this.#state,
      replayed: this.origin === 'replayed',
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
      // A source that sends is back, if only by a single request.
      this.#sourceGone = false;
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

  /** A source begins, or comes back. Resolves with the last source sequence that is stored of it. */
  openSource({ source, connection, rate }: SourceOpening): Promise<number> {
    return this.#inTurn(async () => {
      this.#connections.add(connection);
      this.#sourceGone = false;
      this.#rate = rate ?? this.#log.stored.rate;
      this.#lastArrivalEpochMs = this.#nowEpochMs();
      await this.#log.setClosed('open');
      this.refreshState();
      return this.#log.cursor(source);
    });
  }

  /** The connection of a source was lost. */
  loseSource(connection: string): void {
    this.#connections.delete(connection);
    this.#sourceGone = this.#connections.size === 0;
    this.refreshState();
  }

  /** A source says that nothing more will come. Resolves with the last source sequence that is stored of it. */
  closeSource({ source, connection }: SourceOpening): Promise<number> {
    return this.#inTurn(async () => {
      this.#connections.delete(connection);
      if (this.#connections.size === 0) await this.#log.setClosed('closed');
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
    this.#clock = clock;
    this.#state = this.#stateNow();
    this.#listener.statusChanged(this);
  }

  /** Looks again whether the session is live, and tells the listener if that has changed. */
  refreshState(): void {
    if (this.#stateChanges()) this.#listener.statusChanged(this);
  }

  /** Waits for what is being stored, and lets go of the store. */
  async stop(): Promise<void> {
    await this.#queue;
    this.#log.stop();
  }

  #onStored(events: readonly RaceEvent[]): void {
    this.#lastArrivalEpochMs = this.#nowEpochMs();
    this.#listener.events(this, events);
    const clockJumps = this.origin === 'pushed' && this.#clockJumps();
    if (this.#stateChanges() || clockJumps) this.#listener.statusChanged(this);
  }

  /** Sets the clock by what has arrived. True when viewers should hear of it now. */
  #clockJumps(): boolean {
    const epochMs = this.#nowEpochMs();
    const { headAtMs, phase } = this.#log.digest;
    const before = this.#clock;
    const phaseChanged = phase !== this.#phaseSeen;
    this.#phaseSeen = phase;
    this.#clock = clockAfter(before, { epochMs, headAtMs, phase, phaseChanged, rate: this.#rate });
    const jumpMs = Math.abs(sessionTimeAt(this.#clock, epochMs) - sessionTimeAt(before, epochMs));
    return before.rate !== this.#clock.rate || jumpMs >= CLOCK_JUMP_MS;
  }

  #stateChanges(): boolean {
    const state = this.#stateNow();
    if (state === this.#state) return false;
    this.#state = state;
    if (state === 'recorded') this.#clock = standingClock(this.#log.digest.headAtMs, this.#nowEpochMs());
    return true;
  }

  #stateNow(): SessionState {
    const { phase, headSeq } = this.#log.digest;
    if (this.origin === 'recorded') return 'recorded';
    if (this.origin === 'replayed') return this.#clock.rate > 0 ? 'live' : headSeq === 0 ? 'upcoming' : 'recorded';
    return sessionStateOf({
      phase,
      headSeq,
      closed: this.#log.stored.closed,
      sourceGone: this.#sourceGone,
      silentForMs: this.#nowEpochMs() - this.#lastArrivalEpochMs,
    });
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(task);
    this.#queue = result.catch(() => undefined);
    return result;
  }
}
