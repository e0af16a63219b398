import type { SessionId } from '@pitboard/shared/domain/names.ts';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import type { RaceSession } from '../../sessions/race-session.ts';
import type { SessionRegistry } from '../../sessions/session-registry.ts';
import type { Timers } from '../timers.ts';
import { FeedNews, type LeftOut, type Sorted, type Told } from './feed-news.ts';
import { partialOrders } from './partial-orders.ts';

export type FedSessionOptions = {
  readonly id: SessionId;
  /** Checked. */
  readonly manifest: Manifest;
  /** Its end was not heard: the feed tells no more than its result. */
  readonly isOver: boolean;
  /** Names the source in the store. */
  readonly source: string;
  readonly registry: SessionRegistry;
  readonly timers: Timers;
  /** What an operator should know; `undefined` when it is mended. */
  readonly onProblem: (problem: string | undefined) => void;
  readonly onLeftOut: LeftOut;
};

/** Facts that wait for the store: more means that it does not come back. */
const WAITING_LIMIT = 100_000;
const BATCH_SIZE = 1000;
/** Facts of so short a time go to the store together. */
const GATHER_MS = 25;
const STORE_RETRY_MS = 1000;

/** One session that a feed tells of, and its place in the registry. What is asked is done in order. */
export class FedSession {
  readonly id: SessionId;
  readonly #options: FedSessionOptions;
  /** `undefined` where the session cannot be fed: what is told is dropped. */
  #session: RaceSession | undefined;
  #news: FeedNews | undefined;
  readonly #waiting: Told[] = [];
  #toldCount = 0;
  #sourceSeq = 0;
  #isGathering = false;
  #isEndTold = false;
  #isStopped = false;
  #work: Promise<void> = Promise.resolve();

  constructor(options: FedSessionOptions) {
    this.id = options.id;
    this.#options = options;
    this.#do(() => this.#take());
  }

  /** False when too much waits for the store already. */
  tell(facts: readonly RaceFact[]): boolean {
    for (const fact of facts) this.#waiting.push({ fact, told: ++this.#toldCount });
    if (!this.#isGathering) {
      this.#isGathering = true;
      this.#options.timers.after(GATHER_MS, () => {
        this.#isGathering = false;
        this.#do(() => this.#storeWaiting());
      });
    }
    return this.#waiting.length <= WAITING_LIMIT;
  }

  /** The line to the timing stands. */
  open(connection: string): void {
    this.#do(async () => {
      await this.#session?.openSource({ source: this.#options.source, connection });
    });
  }

  lose(connection: string): void {
    this.#do(async () => {
      await this.#storeWaiting();
      await this.#session?.loseSource(connection);
    });
  }

  /** Nothing more will come of this session. */
  close(connection: string): void {
    this.#do(async () => {
      await this.#storeWaiting();
      await this.#session?.closeSource({ source: this.#options.source, connection });
    });
  }

  /** Resolves when everything that was asked is done; a store that fails is not tried again. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#work;
  }

  /** Makes the session, or takes up that of an earlier run with what its log holds. */
  async #take(): Promise<void> {
    const { id, registry, manifest, source, onProblem, onLeftOut } = this.#options;
    const session = registry.find(id) ?? (await registry.openPushed({ id, manifest }));
    if (session.origin !== 'pushed') return onProblem(`session "${id}" is played by this server itself`);
    this.#sourceSeq = await session.sourceCursor(source);
    if (session.headSeq > 0 && this.#sourceSeq === 0) return onProblem(`session "${id}" belongs to another source`);
    this.#news = await FeedNews.of(session, onLeftOut);
    this.#session = session;
    if (this.#news.isResumed) this.#tellEntries(session);
  }

  /** Who was entered while nobody listened. */
  #tellEntries(session: RaceSession): void {
    const atMs = Math.round(session.summary(0).headAtMs);
    const { entries } = this.#options.manifest;
    const facts = entries.map((entry) => ({ fact: { type: 'entry-updated' as const, atMs, entry }, told: undefined }));
    this.#waiting.unshift(...facts);
  }

  async #storeWaiting(): Promise<void> {
    while (this.#waiting.length > 0) {
      if (this.#session === undefined || this.#news === undefined) this.#waiting.length = 0;
      else await this.#storeNext(this.#session, this.#news);
      if (this.#waiting.length === 0) this.#tellEnd();
    }
  }

  /** After the result, once. */
  #tellEnd(): void {
    if (!this.#options.isOver || this.#isEndTold || this.#session === undefined) return;
    this.#isEndTold = true;
    const atMs = Math.round(this.#session.summary(0).headAtMs);
    this.#waiting.push({ fact: { type: 'session-phase', atMs, phase: 'closed' }, told: undefined });
  }

  /** Stores the next batch. A withdrawal begins one: what it takes back has its place by then. */
  async #storeNext(session: RaceSession, news: FeedNews): Promise<void> {
    const sorted: Sorted[] = [];
    const batch = this.#waiting.slice(0, BATCH_SIZE);
    const partial = partialOrders(batch.map(({ fact }) => fact));
    for (const { fact, told } of batch) {
      if (fact.type === 'passing-withdrawn' && sorted.length > 0) break;
      sorted.push(partial.has(fact) ? { told } : await news.sort({ fact, told }));
    }
    this.#waiting.splice(0, sorted.length);
    const facts = sorted.flatMap(({ fact }) => (fact === undefined ? [] : [fact]));
    news.placed(sorted, facts.length === 0 ? 0 : await this.#store(session, facts));
  }

  /** Tries until it is stored: what a feed has told, it does not tell again. */
  async #store(session: RaceSession, facts: readonly RaceFact[]): Promise<number> {
    const { source, timers, onProblem } = this.#options;
    const position = { name: source, lastSourceSeq: this.#sourceSeq + facts.length };
    for (let tries = 1; ; tries++) {
      try {
        const firstSeq = await session.appendFrom(position, facts);
        this.#sourceSeq = position.lastSourceSeq;
        if (tries > 1) onProblem(undefined);
        return firstSeq;
      } catch (error) {
        if (this.#isStopped) throw error;
        onProblem(`not stored: ${(error as Error).message}`);
        await new Promise<void>((resolve) => timers.after(STORE_RETRY_MS, resolve));
      }
    }
  }

  #do(task: () => Promise<void>): void {
    this.#work = this.#work.then(task).catch((error: unknown) => {
      const { id, onProblem } = this.#options;
      onProblem(`session "${id}": ${error instanceof Error ? error.message : String(error)}`);
    });
  }
}
