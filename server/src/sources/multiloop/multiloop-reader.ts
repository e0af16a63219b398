import type { FeedReader, FeedSink } from '../feed/feed.ts';
import { createLineReader, type LineReader } from '../import/line-reader.ts';
import { idOf } from '../import/names.ts';
import type { MultiloopRecord } from './multiloop-message.ts';
import { MultiloopRun } from './multiloop-run.ts';
import { parseMultiloopLine } from './parse-multiloop.ts';

const LONGEST_LINE = 8192;
const MOST_RUNS = 50;
/** A run is begun by its name or a heartbeat; without one, when so many records wait for it. */
const MOST_HELD = 500;
const LATEST_EPOCH_MS = 8_640_000_000_000_000;

/** Reads Multiloop: records of runs that are told apart by their preambles. */
export type MultiloopReader = FeedReader & {
  /** Nothing follows: a last line without its end counts. */
  end(): void;
};

export function createMultiloopReader(sink: FeedSink): MultiloopReader {
  return new Reader(sink);
}

type Run = { readonly key: string; readonly run: MultiloopRun };

class Reader implements MultiloopReader {
  readonly #sink: FeedSink;
  #lines: LineReader;
  #line = 0;
  /** The latest run of each preamble. */
  readonly #runs = new Map<string, Run>();
  readonly #keys = new Set<string>();
  #current: Run | undefined;
  /** Records of runs that have not begun, by preamble. */
  readonly #held = new Map<string, MultiloopRecord[]>();
  #heldCount = 0;
  #arrivedEpochMs = 0;

  constructor(sink: FeedSink) {
    this.#sink = sink;
    this.#lines = this.#createLines();
  }

  read(bytes: Uint8Array, arrivedEpochMs: number): void {
    this.#arrivedEpochMs = arrivedEpochMs;
    this.#lines.write(Buffer.from(bytes).toString('latin1'));
  }

  cut(): void {
    this.#lines = this.#createLines();
  }

  end(): void {
    this.#lines.end();
    for (const preamble of [...this.#held.keys()]) this.#begin(preamble, this.#arrivedEpochMs);
  }

  #createLines(): LineReader {
    return createLineReader({
      longest: LONGEST_LINE,
      onLine: (text) => this.#onLine(text),
      onTooLong: () => {
        this.#line++;
        this.#skip('', 'line too long');
      },
    });
  }

  #onLine(text: string): void {
    this.#line++;
    // Notes and headers of recorders.
    if (text.trim() === '' || /^#[# ]/.test(text)) return;
    this.#sink.line(text);
    const record = parseMultiloopLine(text);
    if (record === undefined) this.#skip(text, 'no record of Multiloop');
    else if (typeof record === 'string') this.#skip(text, record);
    else this.#onRecord(record, text);
  }

  #skip(text: string, reason: string): void {
    this.#sink.skipped(this.#line, text, reason);
  }

  #onRecord(record: MultiloopRecord, text: string): void {
    const { preamble, message } = record;
    const known = this.#runs.get(preamble);
    const isRestart = known !== undefined && message.command === 'H' && known.run.clock.isRestart(message);
    if (known === undefined) {
      const startEpochMs = startOf(record) ?? (this.#heldCount < MOST_HELD ? undefined : this.#arrivedEpochMs);
      if (startEpochMs === undefined) return this.#hold(record);
      this.#begin(preamble, startEpochMs);
    } else if (isRestart) {
      this.#begin(preamble, message.epochMs - message.elapsedMs, 'again');
    }
    const run = this.#runs.get(preamble);
    const problem = run === undefined ? 'more runs than anybody holds' : this.#take(run, record);
    if (problem !== undefined) this.#skip(text, problem);
  }

  /** The day on which a run began is part of its key: what comes before that is known has to wait. */
  #hold(record: MultiloopRecord): void {
    const held = this.#held.get(record.preamble) ?? [];
    this.#held.set(record.preamble, held);
    held.push(record);
    this.#heldCount++;
  }

  /** The key is the same whenever somebody begins to listen; a run that is begun again has its time in it too. */
  #begin(preamble: string, startEpochMs: number, again?: 'again'): void {
    const held = this.#held.get(preamble) ?? [];
    this.#held.delete(preamble);
    this.#heldCount -= held.length;
    if (this.#keys.size >= MOST_RUNS) return;
    this.#current?.run.close();
    const start = new Date(Math.min(Math.max(0, startEpochMs), LATEST_EPOCH_MS)).toISOString();
    const [day = '', time = ''] = start.split('T');
    const named = `${idOf(preamble) || 'run'}-${day}${again === undefined ? '' : `-${time.slice(0, 5).replace(':', '')}`}`;
    let key = named.slice(-50).replace(/^[^A-Za-z0-9]+/, '');
    for (let other = 2; this.#keys.has(key); other++) key = `${named.slice(-50)}-${other}`;
    this.#keys.add(key);
    const run = { key, run: new MultiloopRun(preamble, (facts) => this.#sink.facts(facts)) };
    this.#runs.set(preamble, run);
    for (const record of held) this.#take(run, record);
  }

  /** Facts belong to the session that was named last. */
  #take(run: Run, record: MultiloopRecord): string | undefined {
    if (this.#current !== run) this.#sink.session(run.key, run.run.head.manifest);
    this.#current = run;
    return run.run.take(record);
  }
}

/** When a run began, by its own word. */
function startOf({ message }: MultiloopRecord): number | undefined {
  if (message.command === 'H') return message.epochMs - message.elapsedMs;
  return message.command === 'R' && message.startEpochMs > 0 ? message.startEpochMs : undefined;
}
