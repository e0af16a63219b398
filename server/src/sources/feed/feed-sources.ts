import type { NewSource, SourceList, SourceStatus } from '@pitboard/shared/protocol/sources.ts';
import type { Log } from '../../log.ts';
import type { SessionRegistry } from '../../sessions/session-registry.ts';
import { addressForOthers } from '../capture/capture-lines.ts';
import type { Timers } from '../timers.ts';
import type { FeedProtocol } from './feed.ts';
import { type FeedAddress, FeedAddressError, parseFeedAddress, sameFeed } from './feed-address.ts';
import { FeedSource } from './feed-source.ts';
import { type KeptSource, KeptSourcesError, readKeptSources, writeKeptSources } from './kept-sources.ts';
import { newSourceId, placeOf } from './source-id.ts';

export type FeedSourcesOptions = {
  readonly registry: SessionRegistry;
  readonly protocols: readonly FeedProtocol[];
  readonly timers: Timers;
  /** 0 to 1. */
  readonly random: () => number;
  readonly log: Log;
  /** Where they are kept; without it they end with the process. */
  readonly file: string | undefined;
};

/** Why a source was not added. */
export class SourceRefusedError extends Error {
  readonly code: 'bad-address' | 'already-listed' | 'too-many';
  constructor(code: SourceRefusedError['code'], message: string) {
    super(message);
    this.name = 'SourceRefusedError';
    this.code = code;
  }
}

const SOURCE_LIMIT = 20;
const SHOWN_SESSIONS = 10;

type Listed = KeptSource & {
  readonly address: string;
  readonly where: FeedAddress;
  readonly isKept: boolean;
  readonly source: FeedSource;
};

/** The feeds that this server listens to: added and removed while it runs, and taken up again at the next start. */
export class FeedSources {
  readonly #options: FeedSourcesOptions;
  readonly #listed = new Map<string, Listed>();
  /** Kept, but not understood by this version: they stay in the file. */
  #dormant: readonly KeptSource[] = [];
  #saving: Promise<void> = Promise.resolve();

  constructor(options: FeedSourcesOptions) {
    this.#options = options;
  }

  /** Takes up what is kept, and what is named for this run. What is not understood is told to the log and left out. */
  async start(forThisRun: readonly string[]): Promise<void> {
    for (const kept of await this.#readKept()) {
      if (!this.#takeIfGood(kept, 'kept')) this.#dormant = [...this.#dormant, kept];
    }
    for (const address of forThisRun) {
      const isListed = this.#isListed(address);
      if (!isListed) this.#takeIfGood({ address, name: '', id: this.#newId(placeOf(address)) }, 'for-this-run');
    }
  }

  list(): SourceList {
    const { timers, protocols } = this.#options;
    return {
      nowEpochMs: timers.nowEpochMs(),
      limit: SOURCE_LIMIT,
      protocols: protocols.map(({ id, title, schemes, example }) => ({ id, title, schemes: [...schemes], example })),
      sources: [...this.#listed.values()].map((listed) => this.#status(listed)),
    };
  }

  find(id: string): SourceStatus | undefined {
    const listed = this.#listed.get(id);
    return listed && this.#status(listed);
  }

  /** @throws {SourceRefusedError} */
  async add({ address, name = '' }: NewSource): Promise<SourceStatus> {
    const given = name.trim();
    const isKept = this.#options.file !== undefined;
    const listed = this.#take(
      { address, name: given, id: this.#newId(given || placeOf(address)) },
      isKept ? 'kept' : 'for-this-run',
    );
    try {
      await this.#save();
    } catch (error) {
      this.#listed.delete(listed.id);
      await listed.source.remove();
      throw error;
    }
    return this.#status(listed);
  }

  /** Its sessions are over. False where there is no such source. */
  async remove(id: string): Promise<boolean> {
    const listed = this.#listed.get(id);
    if (listed === undefined) return false;
    this.#listed.delete(id);
    await listed.source.remove();
    if (listed.isKept) await this.#save();
    return true;
  }

  /** Lets go of every feed. Resolves when what they told is stored. */
  async stop(): Promise<void> {
    await Promise.all([...this.#listed.values()].map(({ source }) => source.stop()));
    await this.#saving;
  }

  #takeIfGood(given: KeptSource, how: 'kept' | 'for-this-run'): boolean {
    try {
      this.#take(given, how);
      return true;
    } catch (error) {
      if (!(error instanceof SourceRefusedError)) throw error;
      this.#options.log.error(`source "${given.id}" is left out: ${error.message}`);
      return false;
    }
  }

  /** @throws {SourceRefusedError} */
  #take({ id, name, address: given }: KeptSource, how: 'kept' | 'for-this-run'): Listed {
    const { protocols, file: _file, ...options } = this.#options;
    const address = given.trim();
    const where = this.#understand(address);
    if (this.#listed.size >= SOURCE_LIMIT)
      throw new SourceRefusedError('too-many', `${SOURCE_LIMIT} sources are enough`);
    const twin = [...this.#listed.values()].find((listed) => sameFeed(listed.where, where));
    if (twin !== undefined) throw new SourceRefusedError('already-listed', `"${twin.name}" listens there already`);
    const source = new FeedSource({ ...options, id, address: where });
    const listed: Listed = {
      id,
      name: name || addressForOthers(where.url),
      address,
      where,
      source,
      isKept: how === 'kept',
    };
    this.#listed.set(id, listed);
    source.start();
    return listed;
  }

  #isListed(address: string): boolean {
    try {
      const where = this.#understand(address.trim());
      return [...this.#listed.values()].some((listed) => sameFeed(listed.where, where));
    } catch {
      return false;
    }
  }

  #understand(address: string): FeedAddress {
    try {
      return parseFeedAddress(address, this.#options.protocols);
    } catch (error) {
      if (error instanceof FeedAddressError) throw new SourceRefusedError('bad-address', error.message);
      throw error;
    }
  }

  #newId(name: string): string {
    return newSourceId(name, new Set([...this.#listed.keys(), ...this.#dormant.map(({ id }) => id)]));
  }

  #status({ id, name, where, isKept, source }: Listed): SourceStatus {
    const sessions = source.sessions.toReversed().slice(0, SHOWN_SESSIONS);
    return {
      id,
      name,
      address: addressForOthers(where.url),
      protocol: where.protocol.id,
      kept: isKept,
      ...source.status,
      sessions: sessions.map((session) => ({ id: session, title: this.#titleOf(session) })),
    };
  }

  #titleOf(id: string): string {
    const summary = this.#options.registry.find(id)?.summary(0);
    return summary === undefined ? id : `${summary.event} · ${summary.session}`;
  }

  async #readKept(): Promise<readonly KeptSource[]> {
    const { file, log } = this.#options;
    if (file === undefined) return [];
    try {
      return await readKeptSources(file);
    } catch (error) {
      if (!(error instanceof KeptSourcesError)) throw error;
      log.error(error.message);
      return [];
    }
  }

  #save(): Promise<void> {
    const { file } = this.#options;
    if (file === undefined) return Promise.resolve();
    const saving = this.#saving.then(() => {
      const kept = [...this.#listed.values()].filter(({ isKept }) => isKept);
      const lines = kept.map(({ id, name, address }) => ({ id, name, address }));
      return writeKeptSources(file, [...lines, ...this.#dormant]);
    });
    this.#saving = saving.catch(() => undefined);
    return saving;
  }
}
