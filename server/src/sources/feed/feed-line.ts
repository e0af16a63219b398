import type { Timers } from '../timers.ts';
import type { FeedConnection, FeedProtocol } from './feed.ts';
import { retryDelayMs } from './retry-delay.ts';

export type FeedLineOptions = {
  readonly protocol: Pick<FeedProtocol, 'connect'>;
  readonly url: URL;
  readonly timers: Timers;
  /** From 0 to 1: spreads the attempts of many who lost the same line. */
  readonly random: () => number;
  /** `attempts` in a row that brought nothing, this one included. */
  readonly onAttempt: (attempts: number) => void;
  readonly onOpened: () => void;
  readonly onReceived: (bytes: Uint8Array) => void;
  /** The line was lost, or an attempt has failed; the next one begins in `delayMs`. */
  readonly onLost: (reason: string, delayMs: number) => void;
  /** What the next attempt has to wait for beside its time. */
  readonly beforeRetry?: () => Promise<void>;
};

/** A try that neither opens nor fails within this time has failed. */
const ATTEMPT_LIMIT_MS = 30_000;

/** A line to a feed that is sought again whenever it is lost, ever less often, until it is ended. */
export class FeedLine {
  readonly #options: FeedLineOptions;
  #connection: FeedConnection | undefined;
  #attempts = 0;
  /** Ends the try or the line that is under way, without a word to anybody. */
  #endAttempt: () => void = () => undefined;
  #loseAttempt: (reason: string) => void = () => undefined;
  #cancelRetry: () => void = () => undefined;
  #isEnded = false;

  constructor(options: FeedLineOptions) {
    this.#options = options;
  }

  start(): void {
    this.#attempt();
  }

  /** Nothing is told after this. */
  end(): void {
    this.#isEnded = true;
    this.#cancelRetry();
    this.#endAttempt();
  }

  /** Lets the line go, as if it were lost. */
  lose(reason: string): void {
    this.#loseAttempt(reason);
  }

  #attempt(): void {
    const { protocol, url, timers, onAttempt, onOpened, onReceived } = this.#options;
    onAttempt(++this.#attempts);
    let isOver = false;
    const end = (): void => {
      isOver = true;
      cancelLimit();
      this.#connection?.close();
      this.#connection = undefined;
    };
    const lose = (reason: string): void => {
      if (isOver) return;
      end();
      this.#retry(reason);
    };
    const cancelLimit = timers.after(ATTEMPT_LIMIT_MS, () => lose('no answer'));
    this.#endAttempt = end;
    this.#loseAttempt = lose;
    try {
      const connection = protocol.connect(url, {
        opened: () => {
          if (isOver) return;
          cancelLimit();
          onOpened();
        },
        received: (bytes) => {
          if (isOver) return;
          this.#attempts = 0;
          onReceived(bytes);
        },
        closed: lose,
      });
      if (isOver) connection.close();
      else this.#connection = connection;
    } catch (error) {
      lose(error instanceof Error ? error.message : String(error));
    }
  }

  #retry(reason: string): void {
    const { timers, random, onLost, beforeRetry } = this.#options;
    const delayMs = retryDelayMs(Math.max(1, this.#attempts), random());
    onLost(reason, delayMs);
    this.#cancelRetry = timers.after(delayMs, () => {
      if (beforeRetry === undefined) this.#attempt();
      else void beforeRetry().then(() => this.#isEnded || this.#attempt());
    });
  }
}
