import { randomUUID } from 'node:crypto';
import type { SessionId } from '@pitboard/shared/domain/names.ts';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import { parseManifest } from '@pitboard/shared/protocol/parse.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import type { RaceSession } from '../../sessions/race-session.ts';
import type { SessionRegistry } from '../../sessions/session-registry.ts';
import type { Timers } from '../timers.ts';
import { FedSession } from './fed-session.ts';
import type { FeedProtocol } from './feed.ts';
import type { LeftOut } from './feed-news.ts';
import { feedSessionId } from './feed-session-id.ts';

export type FeedTargetOptions = {
  /** Id of the source. */
  readonly source: string;
  readonly protocol: Pick<FeedProtocol, 'endedSession'>;
  readonly registry: SessionRegistry;
  readonly timers: Timers;
  readonly onProblem: (problem: string | undefined) => void;
  readonly onLeftOut: LeftOut;
  /** The store is so far behind that facts would be lost: the feed has to be asked for everything again. */
  readonly onOverflow: () => void;
};

/** Sessions that a feed may come back to; older ones are taken up from the store. */
const SESSION_LIMIT = 50;

/** Where the facts of a feed go: the sessions of this server that it tells of. */
export class FeedTarget {
  readonly #options: FeedTargetOptions;
  readonly #sessions = new Map<string, FedSession>();
  #current: FedSession | undefined;
  /** Names the line that stands; `undefined` while it is lost. */
  #connection: string | undefined;

  constructor(options: FeedTargetOptions) {
    this.#options = options;
  }

  /** Of the sessions that were fed, newest last. */
  get sessions(): readonly SessionId[] {
    return [...this.#sessions.values()].map(({ id }) => id);
  }

  /** A session begins or goes on; the one before is over. */
  session(key: string, given: Manifest): void {
    const known = this.#sessions.get(key);
    if (known !== undefined && known === this.#current) return;
    this.#endCurrent();
    const parsed = known === undefined ? parseManifest(given) : undefined;
    if (parsed?.ok === false) return this.#options.onProblem(`session "${key}": ${parsed.problem}`);
    const next = known ?? this.#begin(key, parsed?.value ?? given);
    if (this.#sessions.size === 0)
      this.#endOthers(next.id).catch((error: unknown) => this.#options.onProblem(String(error)));
    this.#sessions.delete(key);
    this.#sessions.set(key, next);
    this.#current = next;
    if (this.#connection !== undefined) next.open(this.#connection);
  }

  facts(facts: readonly RaceFact[]): void {
    if (this.#current === undefined) {
      for (const fact of facts) this.#options.onLeftOut(fact, 'belongs to no session');
      return;
    }
    if (facts.length > 0 && !this.#current.tell(facts)) this.#options.onOverflow();
  }

  /** The line stands (again). */
  open(): void {
    this.#connection = randomUUID();
    this.#current?.open(this.#connection);
  }

  lose(): void {
    if (this.#connection !== undefined) this.#current?.lose(this.#connection);
    this.#connection = undefined;
  }

  /** Nothing more will come. Resolves when what was told is stored. */
  async end(): Promise<void> {
    this.#endCurrent();
    await this.stop();
  }

  /** The server stops, or the feed begins anew: it will go on in the same sessions. Resolves as `end`. */
  async stop(): Promise<void> {
    this.lose();
    const sessions = [...this.#sessions.values()];
    await Promise.all(sessions.map((session) => session.stop()));
  }

  #begin(key: string, manifest: Manifest): FedSession {
    const { onOverflow: _onOverflow, protocol, ...options } = this.#options;
    if (this.#sessions.size >= SESSION_LIMIT) {
      const [oldest] = this.#sessions.keys();
      if (oldest !== undefined) this.#sessions.delete(oldest);
    }
    const ended = protocol.endedSession?.(key, this.#earlierKeys());
    const id = feedSessionId(options.source, ended ?? key);
    return new FedSession({ ...options, id, manifest, isOver: ended !== undefined });
  }

  /** Sessions that bear the name of this source, oldest first. */
  #earlier(): readonly RaceSession[] {
    const { registry, source } = this.#options;
    return registry.all().filter(({ origin, id }) => origin === 'pushed' && id.startsWith(`${source}-`));
  }

  /** Their keys, as far as they are written in the ids. */
  #earlierKeys(): readonly string[] {
    return this.#earlier().map(({ id }) => id.slice(this.#options.source.length + 1));
  }

  /** What this source fed before the server was started again is over, unless it goes on now. */
  async #endOthers(id: SessionId): Promise<void> {
    const { source } = this.#options;
    for (const session of this.#earlier()) {
      if (session.id === id || session.state === 'recorded') continue;
      const isOwn = (await session.sourceCursor(source)) > 0;
      if (isOwn) await session.closeSource({ source, connection: randomUUID() });
    }
  }

  #endCurrent(): void {
    this.#current?.close(this.#connection ?? randomUUID());
    this.#current = undefined;
  }
}
