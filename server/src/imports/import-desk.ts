import type { ImportAnswer, ImportStep } from '@pitboard/shared/protocol/import.ts';
import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import type { RaceSession } from '../sessions/race-session.ts';
import type { SessionRegistry } from '../sessions/session-registry.ts';
import { ImportError } from '../sources/import/import-error.ts';
import type { ImportLimits } from '../sources/import/import-limits.ts';
import type { ReadRace, SpooledFile } from '../sources/import/import-messages.ts';
import type { ImportedFile } from '../sources/import/importer.ts';
import { type FilesRead, readInThread } from '../sources/import/read-in-thread.ts';
import { importedSessionId } from './imported-session-id.ts';

/** One is read, the others wait or are on their way. */
const MOST_IMPORTS = 4;
const MOST_FILES_TOLD = 200;

export type ImportDeskOptions = {
  readonly registry: SessionRegistry;
  /** For uploads while they are read. */
  readonly folder: string;
  readonly limits: ImportLimits;
  readonly timeLimitMs?: number | undefined;
  readonly memoryLimitMb?: number | undefined;
};

export type ImportOrder = {
  readonly files: readonly SpooledFile[];
  readonly onStep: (step: ImportStep) => void;
  /** Whoever asked has gone. */
  readonly signal: AbortSignal;
};

/** Takes files in for a server, one import after the other, and keeps what they hold as sessions. */
export class ImportDesk {
  readonly limits: ImportLimits;
  readonly folder: string;
  readonly #options: ImportDeskOptions;
  #places = MOST_IMPORTS;
  /** The one that is read, and those that wait for it. */
  #reading = 0;
  #turn: Promise<unknown> = Promise.resolve();
  readonly #closing = new AbortController();

  constructor(options: ImportDeskOptions) {
    this.limits = options.limits;
    this.folder = options.folder;
    this.#options = options;
  }

  /** A place among those who import, given back by what is returned; `undefined` when there is none. */
  enter(): (() => void) | undefined {
    if (this.#places === 0) return undefined;
    this.#places--;
    return () => {
      this.#places++;
    };
  }

  /** @throws {ImportError} */
  import(order: ImportOrder): Promise<ImportAnswer> {
    if (this.#reading > 0) order.onStep({ step: 'waiting' });
    this.#reading++;
    const result = this.#turn.then(() => this.#import(order)).finally(() => this.#reading--);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  /** Ends what is being read, and waits for what is being stored. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#turn;
  }

  async #import({ files, onStep, signal }: ImportOrder): Promise<ImportAnswer> {
    const { limits, timeLimitMs, memoryLimitMb } = this.#options;
    const read = await readInThread({
      files,
      limits,
      timeLimitMs,
      memoryLimitMb,
      signal: AbortSignal.any([signal, this.#closing.signal]),
      onReading: (file, share) => onStep({ step: 'reading', file, share: Math.min(1, share) }),
    });
    try {
      const { formats, skipped } = read;
      const sessions = await this.#store(read, onStep);
      return { sessions, formats: [...formats], files: filesTold(read.files), skipped: mutable(skipped) };
    } finally {
      await read.close();
    }
  }

  async #store(read: FilesRead, onStep: ImportOrder['onStep']): Promise<ImportAnswer['sessions']> {
    const total = read.races.reduce((sum, { eventCount }) => sum + eventCount, 0);
    let stored = 0;
    const onStored = (count: number): void => {
      stored += count;
      onStep({ step: 'storing', share: Math.min(1, stored / Math.max(1, total)) });
    };
    const sessions: ImportAnswer['sessions'] = [];
    for (const [index, race] of read.races.entries()) {
      const known = this.#options.registry.findImported(race.contentId);
      const session = known ?? (await this.#storeRace(race, told(read.eventsOf(index), onStored)));
      sessions.push(sessionTold(session, race, known === undefined ? 'new' : 'known'));
    }
    return sessions;
  }

  #storeRace({ manifest, contentId }: ReadRace, runs: AsyncIterable<readonly RaceEvent[]>): Promise<RaceSession> {
    const { registry } = this.#options;
    const id = importedSessionId(manifest, (taken) => registry.find(taken) !== undefined);
    return registry.addImported({ id, manifest, contentId, runs }).catch((error: Error) => {
      if (error instanceof ImportError) throw error;
      throw new ImportStoreError(error.message);
    });
  }
}

/** A race was read and could not be stored. */
export class ImportStoreError extends Error {
  constructor(problem: string) {
    super(`not stored: ${problem}`);
    this.name = 'ImportStoreError';
  }
}

async function* told(
  runs: AsyncIterable<readonly RaceEvent[]>,
  onStored: (count: number) => void,
): AsyncGenerator<readonly RaceEvent[]> {
  for await (const events of runs) {
    yield events;
    onStored(events.length);
  }
}

function sessionTold(
  { id }: RaceSession,
  { manifest, eventCount }: ReadRace,
  state: 'new' | 'known',
): ImportAnswer['sessions'][number] {
  const { event, session, kind, entries } = manifest;
  return { id, event, session, kind, cars: entries.length, events: eventCount, known: state === 'known' };
}

/** Those that gave nothing first: they are what a person has to know. */
function filesTold(files: readonly ImportedFile[]): ImportAnswer['files'] {
  return [...files]
    .sort((one, other) => Number(one.problem === undefined) - Number(other.problem === undefined))
    .slice(0, MOST_FILES_TOLD);
}

function mutable({ lines, reasons, examples }: FilesRead['skipped']): ImportAnswer['skipped'] {
  return { lines, reasons: { ...reasons }, examples: [...examples] };
}
