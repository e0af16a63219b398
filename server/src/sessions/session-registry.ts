import { randomUUID } from 'node:crypto';
import type { SessionId } from '@pitboard/shared/domain/names.ts';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import type { Lobby, SessionState } from '@pitboard/shared/protocol/socket-events.ts';
import type { EventStore, LogId, StoredSession } from '../storage/event-store.ts';
import { createMemoryEventStore } from '../storage/memory-event-store.ts';
import { RaceSession, type SessionListener } from './race-session.ts';
import type { SessionOrigin } from './session-pulse.ts';

export type RegistryOptions = {
  /** Holds what sources push. */
  readonly store: EventStore;
  readonly nowEpochMs: () => number;
};

export type NewSession = {
  readonly id: SessionId;
  readonly manifest: Manifest;
  /** Made up where it is not given. */
  readonly log?: LogId;
  /** How fast its session time runs; 1 where it is not given. */
  readonly rate?: number | undefined;
};

export type ImportedSession = {
  readonly id: SessionId;
  readonly manifest: Manifest;
  /** Letters and digits that stand for all of it. */
  readonly contentId: string;
  readonly runs: AsyncIterable<readonly RaceEvent[]>;
};

const STATE_ORDER: readonly SessionState[] = ['live', 'stale', 'upcoming', 'recorded'];

/** All sessions of a server: those in its store, and those that it plays or holds ready itself. */
export class SessionRegistry {
  readonly #options: RegistryOptions;
  readonly #ownStore = createMemoryEventStore();
  readonly #sessions = new Map<SessionId, RaceSession>();
  readonly #opening = new Map<SessionId, Promise<RaceSession>>();
  readonly #listeners = new Set<SessionListener>();
  /** Told of everything that happens to any session. */
  readonly #listener: SessionListener = {
    events: (...args) => {
      for (const listener of this.#listeners) listener.events(...args);
    },
    statusChanged: (...args) => {
      for (const listener of this.#listeners) listener.statusChanged(...args);
    },
    restarted: (...args) => {
      for (const listener of this.#listeners) listener.restarted(...args);
    },
  };
  /** The session that the start page opens. */
  featured: SessionId | undefined;

  constructor(options: RegistryOptions) {
    this.#options = options;
  }

  /** Takes up the sessions of the store. */
  async load(): Promise<void> {
    for (const stored of await this.#options.store.sessions()) {
      if (!isImportLog(stored.log)) await this.#take(stored, 'pushed');
      else if (stored.closed) await this.#take(stored, 'imported');
      // The server went down in the middle of an import: whoever brings the files again gets it whole.
      else await this.#options.store.removeSession(stored.log);
    }
  }

  find(id: SessionId): RaceSession | undefined {
    return this.#sessions.get(id);
  }

  all(): readonly RaceSession[] {
    return [...this.#sessions.values()];
  }

  /** @param viewersOf how many are looking at a session */
  lobby(viewersOf: (session: RaceSession) => number): Lobby {
    const sessions = this.all()
      .map((session) => session.summary(viewersOf(session)))
      .sort((a, b) => STATE_ORDER.indexOf(a.state) - STATE_ORDER.indexOf(b.state));
    const featured = this.featured ?? sessions[0]?.id;
    return featured === undefined ? { sessions } : { featured, sessions };
  }

  /** The session that sources push to under that id, made from the manifest if there is none. */
  openPushed(session: NewSession): Promise<RaceSession> {
    const known = this.#sessions.get(session.id);
    if (known !== undefined) return Promise.resolve(known);
    const opening = this.#opening.get(session.id) ?? this.#create(session, 'pushed');
    this.#opening.set(session.id, opening);
    return opening.finally(() => this.#opening.delete(session.id));
  }

  /** A session that this server will play. It starts empty. */
  addReplayed(session: NewSession): Promise<RaceSession> {
    return this.#create(session, 'replayed');
  }

  /** A session that is complete. */
  async addRecorded(session: NewSession, events: readonly RaceEvent[]): Promise<RaceSession> {
    const stored = this.#storedSession(session);
    await this.#ownStore.openSession(stored);
    await this.#ownStore.append(stored.log, events);
    return this.#take(stored, 'recorded');
  }

  /** The session that was imported with this content. */
  findImported(contentId: string): RaceSession | undefined {
    return this.all().find((session) => session.log === importLogOf(contentId));
  }

  /** Stores a session that is complete, run by run; all of it stands, or nothing. */
  async addImported(session: ImportedSession): Promise<RaceSession> {
    const { id, manifest, contentId, runs } = session;
    const { store } = this.#options;
    const stored = this.#storedSession({ id, manifest, log: importLogOf(contentId) });
    await store.openSession(stored);
    try {
      for await (const events of runs) await store.append(stored.log, events);
      await store.setClosed(stored.log, 'closed');
      return await this.#take({ ...stored, closed: true }, 'imported');
    } catch (error) {
      await store.removeSession(stored.log).catch(() => undefined);
      throw error;
    }
  }

  /** Forgets an imported session for good; its viewers keep what they have. */
  async removeImported(session: RaceSession): Promise<void> {
    if (session.origin !== 'imported') throw new Error(`session "${session.id}" was not imported`);
    this.#sessions.delete(session.id);
    await session.stop();
    await this.#options.store.removeSession(session.log);
  }

  subscribe(listener: SessionListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Waits until everything that was accepted is stored. */
  async stop(): Promise<void> {
    await Promise.all(this.all().map((session) => session.stop()));
  }

  async #create(session: NewSession, origin: SessionOrigin): Promise<RaceSession> {
    const stored = this.#storedSession(session);
    await this.#storeFor(origin).openSession(stored);
    return this.#take(stored, origin);
  }

  #storedSession({ id, manifest, log = randomUUID(), rate = 1 }: NewSession): StoredSession {
    return { id, log, manifest, rate, openedEpochMs: this.#options.nowEpochMs(), closed: false };
  }

  async #take(stored: StoredSession, origin: SessionOrigin): Promise<RaceSession> {
    const session = await RaceSession.load({
      stored,
      origin,
      store: this.#storeFor(origin),
      listener: this.#listener,
      nowEpochMs: this.#options.nowEpochMs,
    });
    this.#sessions.set(stored.id, session);
    return session;
  }

  #storeFor(origin: SessionOrigin): EventStore {
    return origin === 'pushed' || origin === 'imported' ? this.#options.store : this.#ownStore;
  }
}

/** Logs of imports have names of their own: the rest are made up. */
const IMPORT_LOG = 'import-';

function importLogOf(contentId: string): LogId {
  return `${IMPORT_LOG}${contentId}`;
}

function isImportLog(log: LogId): boolean {
  return log.startsWith(IMPORT_LOG);
}
