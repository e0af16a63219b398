import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';
import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import { ImportError } from './import-error.ts';
import type { EventsWanted, ImportNews, ImportTask, ReadFiles } from './import-messages.ts';

export type ReadOptions = ImportTask & {
  readonly onReading?: (file: string, share: number) => void;
  /** Ends the reading at once. */
  readonly signal?: AbortSignal | undefined;
  readonly timeLimitMs?: number | undefined;
  /** Of the thread, for what it keeps of the files. */
  readonly memoryLimitMb?: number | undefined;
};

/** Files that were read, with their events still in the thread that has read them: `close` lets go of it. */
export type FilesRead = ReadFiles & {
  /** The events of a race by its place in `races`, in runs that are short enough not to hold up a server. */
  eventsOf(race: number): AsyncGenerator<readonly RaceEvent[]>;
  close(): Promise<void>;
};

/** The longest import seen takes two seconds. */
const USUAL_TIME_LIMIT_MS = 120_000;
const USUAL_MEMORY_LIMIT_MB = 1024;
const EVENTS_A_RUN = 1000;

/**
 * Reads files in a thread of its own, within limits of time and memory.
 * @throws {ImportError}
 */
export async function readInThread(options: ReadOptions): Promise<FilesRead> {
  const thread = new ImportThread(options);
  try {
    const result = await thread.read();
    return {
      ...result,
      eventsOf: (race) => thread.eventsOf(race, result.races[race]?.eventCount ?? 0),
      close: () => thread.close(),
    };
  } catch (error) {
    await thread.close();
    throw error;
  }
}

class ImportThread {
  readonly #worker: Worker;
  readonly #options: ReadOptions;
  readonly #deadline: NodeJS.Timeout;
  readonly #abort = () => this.#fail(new ImportError('failed', 'given up'));
  #failure: ImportError | undefined;
  #onNews: (news: ImportNews) => void = () => undefined;
  #onFailure: (error: ImportError) => void = () => undefined;

  constructor(options: ReadOptions) {
    const { files, limits, signal } = options;
    const { timeLimitMs = USUAL_TIME_LIMIT_MS, memoryLimitMb = USUAL_MEMORY_LIMIT_MB } = options;
    this.#options = options;
    this.#worker = startThread({
      workerData: { files, limits } satisfies ImportTask,
      resourceLimits: { maxOldGenerationSizeMb: memoryLimitMb },
    });
    this.#worker.on('message', (news: ImportNews) => this.#onNews(news));
    this.#worker.on('error', (error) => this.#fail(explain(error)));
    this.#worker.on('exit', () => this.#fail(new ImportError('failed', 'the reading has ended early')));
    const tooSlow = `not read within ${Math.round(timeLimitMs / 1000)} s`;
    this.#deadline = setTimeout(() => this.#fail(new ImportError('too-slow', tooSlow)), timeLimitMs);
    signal?.addEventListener('abort', this.#abort);
    if (signal?.aborted === true) this.#abort();
  }

  async read(): Promise<ReadFiles> {
    for (;;) {
      const news = await this.#next();
      if (news.type === 'read') return news.result;
      if (news.type === 'refused') throw ImportError.told(news);
      if (news.type === 'reading') this.#options.onReading?.(news.file, news.share);
    }
  }

  async *eventsOf(race: number, count: number): AsyncGenerator<readonly RaceEvent[]> {
    for (let from = 0; from < count; from += EVENTS_A_RUN) {
      const news = this.#next();
      this.#worker.postMessage({ race, from, count: EVENTS_A_RUN } satisfies EventsWanted);
      const told = await news;
      if (told.type === 'events') yield told.events;
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.#deadline);
    this.#options.signal?.removeEventListener('abort', this.#abort);
    await this.#worker.terminate();
  }

  #next(): Promise<ImportNews> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== undefined) reject(this.#failure);
      this.#onNews = resolve;
      this.#onFailure = reject;
    });
  }

  #fail(error: ImportError): void {
    this.#failure ??= error;
    this.#onFailure(this.#failure);
  }
}

function explain(error: Error & { readonly code?: string }): ImportError {
  if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return new ImportError('too-large', 'more than the memory for an import can hold: bring in fewer files at a time');
  }
  return new ImportError('failed', `the reading has failed: ${error.message}`);
}

/** What is built runs as it is; the sources need tsx, which a thread does not take over from whoever starts it. */
function startThread(options: WorkerOptions): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./import-worker.js', import.meta.url), options);
  const tsxFolder = pathToFileURL(createRequire(import.meta.url).resolve('tsx/package.json'));
  const tsx = new URL('dist/esm/api/index.mjs', tsxFolder).href;
  const worker = new URL('./import-worker.ts', import.meta.url).href;
  const start = `import { tsImport } from '${tsx}'; await tsImport('${worker}', '${worker}');`;
  const execArgv = ['--conditions=source'];
  return new Worker(new URL(`data:text/javascript,${encodeURIComponent(start)}`), { ...options, execArgv });
}
