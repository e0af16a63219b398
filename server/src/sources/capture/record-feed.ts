import type { FeedConnection, FeedProtocol } from '../feed/feed.ts';
import { retryDelayMs } from '../feed/retry-delay.ts';
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
  recorder.connect();
  return { stop: () => recorder.stop() };
}

class FeedRecorder {
  readonly #options: RecordOptions;
  #status: RecordStatus = { state: 'connecting', bytes: 0, lines: 0, lastLine: '', problem: undefined };
  #line = '';
  #failures = 0;
  #connection: FeedConnection | undefined;
  #cancelWait: () => void = () => undefined;
  #stopped = false;

  constructor(options: RecordOptions) {
    this.#options = options;
  }

  connect(): void {
    const { protocol, url } = this.#options;
    this.#show({ state: 'connecting' });
    let isOver = false;
    this.#connection = protocol.connect(url, {
      opened: () => {
        if (isOver || this.#stopped) return;
        this.#tell({ kind: 'opened', atMs: this.#atMs() });
        this.#show({ state: 'connected', problem: undefined });
      },
      received: (bytes) => {
        if (!isOver && !this.#stopped) this.#receive(bytes);
      },
      closed: (reason) => {
        if (isOver || this.#stopped) return;
        isOver = true;
        this.#retry(reason);
      },
    });
  }

  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#cancelWait();
    this.#connection?.close();
  }

  #receive(bytes: Uint8Array): void {
    this.#failures = 0;
    this.#tell({ kind: 'piece', atMs: this.#atMs(), bytes });
    const lines = `${this.#line}${Buffer.from(bytes).toString('latin1')}`.split('\n');
    this.#line = (lines.pop() ?? '').slice(0, LONGEST_SHOWN);
    this.#show({
      bytes: this.#status.bytes + bytes.length,
      lines: this.#status.lines + countLines(bytes),
      lastLine: lines.at(-1)?.slice(0, LONGEST_SHOWN).trim() ?? this.#status.lastLine,
    });
  }

  #retry(reason: string): void {
    // An attempt that never opened leaves no trace in the capture but the next one that does.
    if (this.#status.state === 'connected') this.#tell({ kind: 'closed', atMs: this.#atMs(), reason });
    this.#line = '';
    this.#failures++;
    this.#show({ state: 'waiting', problem: reason });
    const { timers, random } = this.#options;
    this.#cancelWait = timers.after(retryDelayMs(this.#failures, random()), () => this.connect());
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
