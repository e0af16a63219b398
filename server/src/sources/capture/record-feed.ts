import type { FeedProtocol } from '../feed/feed.ts';
import { FeedLine } from '../feed/feed-line.ts';
import type { Timers } from '../timers.ts';
import type { CaptureEntry } from './capture-lines.ts';

const LINE_FEED = 0x0a;
const LONGEST_SHOWN = 200;

/** How a recording stands, for who watches it. */
export type RecordStatus = {
  readonly state: 'connecting' | 'connected' | 'waiting';
  readonly bytes: number;
  readonly lines: number;
  /** At most 200 characters of it. */
  readonly lastLine: string;
  /** Of the last attempt that failed, or of the line that was lost. */
  readonly problem: string | undefined;
};

export type RecordOptions = {
  readonly protocol: Pick<FeedProtocol, 'connect'>;
  readonly url: URL;
  readonly startedEpochMs: number;
  readonly timers: Timers;
  /** From 0 to 1: spreads the attempts of many who lost the same line. */
  readonly random: () => number;
  readonly onEntry: (entry: CaptureEntry) => void;
  readonly onStatus: (status: RecordStatus) => void;
};

/** Listens to a feed until it is stopped; a line that is lost is sought again, ever less often. */
export function recordFeed(options: RecordOptions): { readonly stop: () => void } {
  const recorder = new FeedRecorder(options);
  recorder.start();
  return { stop: () => recorder.stop() };
}

class FeedRecorder {
  readonly #options: RecordOptions;
  #status: RecordStatus = { state: 'connecting', bytes: 0, lines: 0, lastLine: '', problem: undefined };
  readonly #line: FeedLine;
  /** Of a line of text whose end has not come. */
  #half = '';

  constructor(options: RecordOptions) {
    this.#options = options;
    const { protocol, url, timers, random } = options;
    this.#line = new FeedLine({
      ...{ protocol, url, timers, random },
      onAttempt: () => this.#show({ state: 'connecting' }),
      onOpened: () => this.#opened(),
      onReceived: (bytes) => this.#receive(bytes),
      onLost: (reason) => this.#lost(reason),
    });
  }

  start(): void {
    this.#line.start();
  }

  stop(): void {
    this.#line.end();
  }

  #opened(): void {
    this.#tell({ kind: 'opened', atMs: this.#atMs() });
    this.#show({ state: 'connected', problem: undefined });
  }

  #receive(bytes: Uint8Array): void {
    this.#tell({ kind: 'piece', atMs: this.#atMs(), bytes });
    const lines = `${this.#half}${Buffer.from(bytes).toString('latin1')}`.split('\n');
    this.#half = (lines.pop() ?? '').slice(0, LONGEST_SHOWN);
    this.#show({
      bytes: this.#status.bytes + bytes.length,
      lines: this.#status.lines + countLines(bytes),
      lastLine: lines.at(-1)?.slice(0, LONGEST_SHOWN).trim() ?? this.#status.lastLine,
    });
  }

  #lost(reason: string): void {
    // An attempt that never opened leaves no trace in the capture but the next one that does.
    if (this.#status.state === 'connected') this.#tell({ kind: 'closed', atMs: this.#atMs(), reason });
    this.#half = '';
    this.#show({ state: 'waiting', problem: reason });
  }

  #atMs(): number {
    // The wall clock may be set back while a race is recorded.
    return Math.max(0, Math.round(this.#options.timers.nowEpochMs() - this.#options.startedEpochMs));
  }

  #tell(entry: CaptureEntry): void {
    this.#options.onEntry(entry);
  }

  #show(change: Partial<RecordStatus>): void {
    this.#status = { ...this.#status, ...change };
    this.#options.onStatus(this.#status);
  }
}

function countLines(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) if (byte === LINE_FEED) count++;
  return count;
}
