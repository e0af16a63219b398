import type { SessionId } from '@pitboard/shared/domain/names.ts';
import type { Log } from '../../log.ts';
import type { SessionRegistry } from '../../sessions/session-registry.ts';
import type { Source } from '../source.ts';
import type { Timers } from '../timers.ts';
import type { FeedReader } from './feed.ts';
import type { FeedAddress } from './feed-address.ts';
import { FeedLine } from './feed-line.ts';
import { FeedTally } from './feed-tally.ts';
import { FeedTarget } from './feed-target.ts';
import { lineProblem } from './line-problem.ts';

export type FeedSourceOptions = {
  /** Names it in addresses of sessions and in the store. */
  readonly id: string;
  readonly address: FeedAddress;
  readonly registry: SessionRegistry;
  readonly timers: Timers;
  /** 0 to 1. */
  readonly random: () => number;
  readonly log: Log;
};

/** Listens to a feed for as long as it is there and whenever it comes back, and hands what it tells to sessions. */
export class FeedSource implements Source {
  readonly #options: FeedSourceOptions;
  readonly #tally: FeedTally;
  #target: FeedTarget;
  #reader: FeedReader;
  readonly #line: FeedLine;
  /** The store does not keep up. */
  #isBehind = false;
  /** Resolves when an earlier target is done with the sessions that the next one will take up. */
  #ready: Promise<void> = Promise.resolve();

  constructor(options: FeedSourceOptions) {
    this.#options = options;
    this.#tally = new FeedTally(options.timers.nowEpochMs);
    this.#target = this.#createTarget();
    this.#reader = this.#createReader();
    this.#line = this.#createLine();
  }

  get status(): FeedTally['status'] {
    return this.#tally.status;
  }

  /** Of the sessions that were fed, newest last. */
  get sessions(): readonly SessionId[] {
    return this.#target.sessions;
  }

  start(): void {
    this.#line.start();
  }

  /** Stops listening; the sessions stay open for the next start. */
  async stop(): Promise<void> {
    this.#end();
    await this.#ready;
    await this.#target.stop();
  }

  /** Stops listening for good: the sessions are over. */
  async remove(): Promise<void> {
    this.#end();
    await this.#ready;
    await this.#target.end();
  }

  #end(): void {
    this.#line.end();
    this.#tally.become('stopped');
  }

  #opened(): void {
    this.#tally.become('connected');
    this.#tally.problem(undefined);
    this.#target.open();
  }

  #received(bytes: Uint8Array): void {
    const { id, log, timers } = this.#options;
    this.#tally.attempts = 0;
    try {
      this.#reader.read(bytes, timers.nowEpochMs());
      if (!this.#isBehind) return;
      this.#beginAnew();
      this.#line.lose('the store does not keep up: the feed is asked for everything again');
    } catch (error) {
      // A reader that fails is a mistake of ours: the log has the whole of it, and a new one begins anew.
      log.error(`source "${id}": ${error instanceof Error ? error.stack : String(error)}`);
      this.#beginAnew();
      this.#line.lose('the reader failed; the log of the server says why');
    }
  }

  #lost(reason: string, delayMs: number): void {
    this.#reader.cut();
    this.#target.lose();
    this.#tally.become('waiting', this.#options.timers.nowEpochMs() + delayMs);
    this.#tally.problem(lineProblem(reason));
  }

  /** Forgets what the feed has told: it tells everything again, and the log knows what of it is not new. */
  #beginAnew(): void {
    this.#isBehind = false;
    this.#ready = this.#target.stop();
    this.#target = this.#createTarget();
    this.#reader = this.#createReader();
  }

  #createLine(): FeedLine {
    const { address, timers, random } = this.#options;
    return new FeedLine({
      ...{ protocol: address.protocol, url: address.url, timers, random },
      onAttempt: (attempts) => {
        this.#tally.attempts = attempts;
        this.#tally.become('connecting');
      },
      onOpened: () => this.#opened(),
      onReceived: (bytes) => this.#received(bytes),
      onLost: (reason, delayMs) => this.#lost(reason, delayMs),
      beforeRetry: () => this.#ready,
    });
  }

  #createTarget(): FeedTarget {
    const { id: source, registry, timers, address } = this.#options;
    return new FeedTarget({
      source,
      protocol: address.protocol,
      registry,
      timers,
      onProblem: (problem) => this.#tally.problem(problem),
      onLeftOut: () => this.#tally.leftOut(),
      onOverflow: () => {
        this.#isBehind = true;
      },
    });
  }

  #createReader(): FeedReader {
    const target = this.#target;
    const tally = this.#tally;
    return this.#options.address.protocol.createReader({
      session: (key, manifest) => target.session(key, manifest),
      facts: (facts) => target.facts(facts),
      skipped: (line, text, reason) => tally.skipped(line, text, reason),
      line: (text) => tally.line(text),
    });
  }
}
