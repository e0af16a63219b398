import { setImmediate } from 'node:timers/promises';
import type { RaceEvent, RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { SEGMENT_SIZE } from '@pitboard/shared/protocol/segment.ts';
import type { EventStore, LogId, SourcePosition, StoredSession } from '../storage/event-store.ts';
import { digestEvents, emptyDigest, type SessionDigest } from './session-digest.ts';

/** The log of one session: its place in the store, its head, and the events of its open segment in memory. */
export class SessionLog {
  readonly #store: EventStore;
  readonly #onStored: (events: readonly RaceEvent[]) => void;
  #stored: StoredSession;
  #digest: SessionDigest;
  #openTail: readonly RaceEvent[] = [];
  #stopTail: () => void = () => undefined;

  /** @param onStored is told of every run of events that is stored from now on */
  constructor(store: EventStore, stored: StoredSession, onStored: (events: readonly RaceEvent[]) => void) {
    this.#store = store;
    this.#stored = stored;
    this.#onStored = onStored;
    this.#digest = emptyDigest(stored.manifest);
  }

  get stored(): StoredSession {
    return this.#stored;
  }
  get digest(): SessionDigest {
    return this.#digest;
  }

  /** Takes up what the store holds, and follows the store from there. */
  async load(): Promise<void> {
    const { log } = this.#stored;
    const head = await this.#store.head(log);
    while (this.#digest.headSeq < head) {
      // A long log is taken up piece by piece, and the server goes on serving.
      if (this.#digest.headSeq > 0) await setImmediate();
      this.#absorb(await this.#store.read(log, this.#digest.headSeq + 1, SEGMENT_SIZE));
    }
    this.#stopTail = this.#store.tail(log, head + 1, (events) => {
      this.#absorb(events);
      this.#onStored(events);
    });
  }

  /** At most `limit` events from `fromSeq` on; the open segment comes from memory. */
  async read(fromSeq: number, limit: number): Promise<readonly RaceEvent[]> {
    const openFrom = this.#digest.headSeq - this.#openTail.length + 1;
    if (fromSeq < openFrom) return this.#store.read(this.#stored.log, fromSeq, limit);
    return this.#openTail.slice(fromSeq - openFrom, fromSeq - openFrom + limit);
  }

  async append(facts: readonly RaceFact[], position: SourcePosition | undefined): Promise<void> {
    if (facts.length === 0) return;
    const nextSeq = this.#digest.headSeq + 1;
    const events = facts.map((fact, index) => ({ seq: nextSeq + index, ...fact }));
    await this.#store.append(this.#stored.log, events, position);
  }

  cursor(source: string): Promise<number> {
    return this.#store.sourceCursor(this.#stored.log, source);
  }

  async setClosed(state: 'closed' | 'open'): Promise<void> {
    if (this.#stored.closed === (state === 'closed')) return;
    await this.#store.setClosed(this.#stored.log, state);
    this.#stored = { ...this.#stored, closed: state === 'closed' };
  }

  /** Begins a new, empty log in place of the old one, which is forgotten. */
  async startOver(log: LogId, openedEpochMs: number): Promise<void> {
    const endedLog = this.#stored.log;
    const stored = { ...this.#stored, log, openedEpochMs, closed: false };
    await this.#store.openSession(stored);
    this.stop();
    this.#stored = stored;
    this.#digest = emptyDigest(stored.manifest);
    this.#openTail = [];
    await this.load();
    await this.#store.removeSession(endedLog);
  }

  stop(): void {
    this.#stopTail();
  }

  #absorb(events: readonly RaceEvent[]): void {
    this.#digest = digestEvents(this.#digest, events);
    const openCount = this.#digest.headSeq % SEGMENT_SIZE;
    this.#openTail = openCount === 0 ? [] : this.#openTail.concat(events).slice(-openCount);
  }
}
