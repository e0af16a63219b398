import type { SessionId } from '@pitboard/shared/domain/names.ts';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import { joinReplySchema, PROTOCOL_VERSION, sessionStatusSchema } from '@pitboard/shared/protocol/socket-events.ts';
import { decodeWireBatch } from '@pitboard/shared/protocol/wire-batch.ts';
import type { FeedProblem } from '../store/race-store.ts';
import { EventInbox, type Hole } from './event-inbox.ts';
import type { Feed, FeedListener } from './feed.ts';
import {
  BadHistoryError,
  type FetchJson,
  fetchHistory,
  fetchJson,
  HttpStatusError,
  type LogAddress,
} from './history.ts';
import type { LiveSocket, OpenLiveSocket } from './live-socket.ts';
import { openLiveSocket } from './live-socket.ts';

const RETRY_MS = 1000;

export type SocketFeedOptions = {
  readonly session: SessionId;
  readonly listener: FeedListener;
  readonly openSocket?: OpenLiveSocket;
  readonly fetchJson?: FetchJson;
  readonly wait?: (ms: number) => Promise<void>;
};

/** A session over the network: subscribes first, then fetches history, so that nothing falls between; heals every hole. */
export function openSocketFeed(options: SocketFeedOptions): Feed {
  const feed = new SocketFeed(options);
  return { close: () => feed.close() };
}

/** One log as far as it has arrived. */
class LogIntake {
  readonly inbox = new EventInbox();
  readonly address: LogAddress;
  readonly loops: readonly string[];
  /** The newest event that the server is known to have. */
  headSeq = 0;
  healing = false;
  constructor(address: LogAddress, manifest: Manifest) {
    this.address = address;
    this.loops = manifest.circuit.loops.map((loop) => loop.id);
  }
}

class SocketFeed {
  readonly #options: Required<SocketFeedOptions>;
  readonly #listener: FeedListener;
  readonly #socket: LiveSocket;
  readonly #abort = new AbortController();
  #intake: LogIntake | undefined;

  constructor(options: SocketFeedOptions) {
    this.#options = { openSocket: openLiveSocket, fetchJson, wait, ...options };
    this.#listener = options.listener;
    this.#socket = this.#options.openSocket({
      onConnect: () => this.#join(),
      onDisconnect: () => this.#onDisconnect(),
      onUnreachable: () => this.#onUnreachable(),
      onBatch: (batch) => this.#onBatch(batch),
      onStatus: (status) => this.#onStatus(status),
      onRestarted: () => this.#join(),
    });
  }

  close(): void {
    this.#abort.abort();
    this.#socket.close();
  }

  #onDisconnect(): void {
    if (this.#abort.signal.aborted) return;
    this.#listener.onConnection(this.#intake === undefined ? 'connecting' : 'reconnecting');
  }

  #onUnreachable(): void {
    if (this.#intake === undefined) this.#listener.onProblem('server-gone', false);
    else this.#listener.onConnection('reconnecting');
  }

  #join(): void {
    const request = { session: this.#options.session, protocolVersion: PROTOCOL_VERSION };
    this.#socket.join(request, (answer) => {
      if (!this.#abort.signal.aborted) this.#onJoined(answer);
    });
  }

  #onJoined(answer: unknown): void {
    const parsed = joinReplySchema.safeParse(answer);
    // A reply that we cannot read comes from a server of another version.
    if (!parsed.success) return this.#fail('protocol-version');
    const reply = parsed.data;
    if (!reply.ok) return this.#fail(reply.error);
    const { summary, clock, log, manifest, segmentSize } = reply;
    if (this.#intake?.address.log !== log) {
      this.#intake = new LogIntake({ session: this.#options.session, log, segmentSize }, manifest);
      this.#listener.onLog(manifest, { session: summary.state, clock, viewers: summary.viewers });
    } else this.#listener.onWord({ session: summary.state, clock, viewers: summary.viewers });
    this.#intake.headSeq = Math.max(this.#intake.headSeq, reply.headSeq);
    this.#listener.onConnection('ready');
    void this.#heal(this.#intake);
  }

  #fail(problem: FeedProblem): void {
    this.#listener.onProblem(problem, true);
    this.close();
  }

  #onBatch(batch: unknown): void {
    const intake = this.#intake;
    if (intake === undefined) return;
    const decoded = decodeWireBatch(batch, intake.loops);
    // A batch that cannot be read is a hole like any other: history has its events too.
    if (decoded.ok) this.#deliver(intake, decoded.value);
    if (intake.inbox.hole() !== undefined) void this.#heal(intake);
  }

  #onStatus(value: unknown): void {
    const parsed = sessionStatusSchema.safeParse(value);
    const intake = this.#intake;
    if (!parsed.success || intake === undefined || parsed.data.log !== intake.address.log) return;
    const { state, clock, viewers, headSeq } = parsed.data;
    this.#listener.onWord({ session: state, clock, viewers });
    // What the last status told of has had the time to come by itself.
    if (intake.inbox.nextSeq <= intake.headSeq) void this.#heal(intake);
    intake.headSeq = Math.max(intake.headSeq, headSeq);
  }

  #deliver(intake: LogIntake, run: readonly RaceEvent[]): void {
    // Late answers for a log that is over are dropped.
    if (!this.#isCurrent(intake)) return;
    const due = intake.inbox.offer(run);
    if (due.length > 0) this.#listener.onEvents(due);
  }

  /** Fetches what is missing, one range at a time, until nothing is. */
  async #heal(intake: LogIntake): Promise<void> {
    if (intake.healing) return;
    intake.healing = true;
    while (this.#isCurrent(intake)) {
      const range = missing(intake);
      if (range === undefined) break;
      const problem = await this.#fetch(intake, range);
      if (!this.#isCurrent(intake)) return;
      if (problem !== undefined) this.#listener.onProblem(problem, false);
      // The server may be a moment behind its own word, or gone: ask again, but not in a rush.
      if (intake.inbox.nextSeq === range.fromSeq) await this.#options.wait(RETRY_MS);
    }
    intake.healing = false;
    if (this.#isCurrent(intake)) this.#listener.onLoaded(1);
  }

  async #fetch(intake: LogIntake, range: Hole): Promise<FeedProblem | undefined> {
    const total = range.toSeq - range.fromSeq + 1;
    let received = 0;
    try {
      await fetchHistory({
        address: intake.address,
        range,
        fetchJson: this.#options.fetchJson,
        signal: this.#abort.signal,
        onRun: (run) => {
          this.#deliver(intake, run);
          received += run.length;
          if (this.#isCurrent(intake)) this.#listener.onLoaded(Math.min(1, received / total) * 0.99);
        },
      });
      return undefined;
    } catch (error) {
      if (error instanceof BadHistoryError) return 'bad-data';
      // The log may have been replaced while we were away: a new join tells.
      if (error instanceof HttpStatusError && error.status === 404) this.#join();
      return 'server-gone';
    }
  }

  #isCurrent(intake: LogIntake): boolean {
    return intake === this.#intake && !this.#abort.signal.aborted;
  }
}

/** The first range that is known to exist and has not arrived. */
function missing({ inbox, headSeq }: LogIntake): Hole | undefined {
  return inbox.hole() ?? (inbox.nextSeq <= headSeq ? { fromSeq: inbox.nextSeq, toSeq: headSeq } : undefined);
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
