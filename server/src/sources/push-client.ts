import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import {
  INGEST_NAMESPACE,
  type IngestClientEvents,
  type IngestRefusal,
  type IngestReply,
  PROTOCOL_VERSION,
} from '@pitboard/shared/protocol/socket-events.ts';
import { io, type Socket } from 'socket.io-client';

export type PushClientOptions = {
  /** Of the server, like `http://localhost:4000`. */
  readonly url: string;
  readonly token: string;
  readonly session: string;
  /** Names this sender: the server remembers how far each one got. */
  readonly source: string;
  /** Needed when the server does not have the session yet. */
  readonly manifest?: Manifest | undefined;
  /** How fast session time runs; 1 where it is not given. */
  readonly rate?: number | undefined;
  /** Told of every acknowledgement: everything up to that source sequence is on the server's disk. */
  readonly onAcknowledged?: (sourceSeq: number) => void;
  readonly onConnection?: (state: 'connected' | 'lost') => void;
};

/** Why a push cannot go on: refused by the server, or never reached it. */
export class PushError extends Error {
  readonly refusal: IngestRefusal | undefined;
  constructor(message: string, refusal?: IngestRefusal) {
    super(message);
    this.name = 'PushError';
    this.refusal = refusal;
  }
}

/** Facts a message, and facts waiting before `push` asks for patience. */
const CHUNK_SIZE = 500;
const QUEUE_LIMIT = 5000;
const REPLY_TIMEOUT_MS = 10_000;
const FIRST_CONNECTION_MS = 10_000;
const STORAGE_RETRY_MS = 1000;

/**
 * Sends facts to a server until all of them are acknowledged. Survives cuts and restarts of the server: after each it
 * asks how far the server got, and goes on from there.
 */
export class PushClient {
  readonly #options: PushClientOptions;
  readonly #socket: Socket<Record<never, never>, IngestClientEvents>;
  #queue: readonly RaceFact[] = [];
  /** Source sequence of `#queue[0]`. */
  #firstSourceSeq = 1;
  /** The last source sequence that the server has; `undefined` before it was asked. */
  #acknowledged: number | undefined;
  #isFinishing = false;
  #isFinished = false;
  #failure: PushError | undefined;
  #wake: (() => void)[] = [];

  constructor(options: PushClientOptions) {
    this.#options = options;
    this.#socket = io(new URL(INGEST_NAMESPACE, options.url).href, {
      auth: { token: options.token },
      transports: ['websocket'],
      reconnectionDelay: 200,
      reconnectionDelayMax: 5000,
      autoConnect: false,
      forceNew: true,
    });
  }

  /**
   * Connects. Resolves with the last source sequence that the server has already: go on after it.
   * @throws {PushError}
   */
  async open(): Promise<number> {
    const { url, onConnection } = this.#options;
    const giveUp = setTimeout(() => this.#fail(new PushError(`cannot reach ${url}`)), FIRST_CONNECTION_MS);
    this.#socket.on('connect', () => {
      onConnection?.('connected');
      void this.#feed(this.#socket.id);
    });
    this.#socket.on('disconnect', (reason) => {
      onConnection?.('lost');
      // Put out by the server: the one case in which the socket does not come back by itself.
      if (reason === 'io server disconnect') this.#socket.connect();
    });
    this.#socket.on('connect_error', (error) => {
      if (!this.#socket.active) this.#fail(new PushError(error.message));
    });
    this.#socket.connect();
    try {
      await this.#until(() => this.#acknowledged !== undefined);
    } finally {
      clearTimeout(giveUp);
    }
    return this.#acknowledged ?? 0;
  }

  /**
   * Hands over facts, numbered without holes from `firstSourceSeq` on. Resolves when there is room for more.
   * @throws {PushError} also for facts handed over before
   */
  async push(facts: readonly RaceFact[], firstSourceSeq: number): Promise<void> {
    if (this.#queue.length === 0) this.#firstSourceSeq = firstSourceSeq;
    this.#queue = this.#queue.concat(facts);
    this.#dropAcknowledged();
    this.#changed();
    await this.#until(() => this.#queue.length < QUEUE_LIMIT);
  }

  /**
   * Says that nothing more will come, once everything is acknowledged.
   * @throws {PushError}
   */
  async finish(): Promise<void> {
    this.#isFinishing = true;
    this.#changed();
    await this.#until(() => this.#isFinished);
    this.close();
  }

  close(): void {
    this.#isFinished = true;
    this.#socket.disconnect();
    this.#changed();
  }

  /** Opens the session and sends what waits, as long as this connection lasts. */
  async #feed(connection: string | undefined): Promise<void> {
    const isCurrent = () => this.#socket.connected && this.#socket.id === connection && !this.#isFinished;
    try {
      await this.#ask('source:open');
      while (isCurrent()) {
        if (this.#queue.length > 0) await this.#ask('source:push');
        else if (this.#isFinishing) await this.#ask('source:close');
        else await this.#nextChange();
      }
    } catch (error) {
      // A refusal ends it all; a reply that did not come is asked for again, on a new connection.
      if (error instanceof PushError) this.#fail(error);
      else if (isCurrent()) this.#socket.disconnect().connect();
    }
  }

  async #ask(message: keyof IngestClientEvents): Promise<void> {
    const { session, source, manifest, rate } = this.#options;
    const socket = this.#socket.timeout(REPLY_TIMEOUT_MS);
    const opening = { protocolVersion: PROTOCOL_VERSION, session, source, manifest, rate };
    const facts = this.#queue.slice(0, CHUNK_SIZE);
    const reply: IngestReply =
      message === 'source:open'
        ? await socket.emitWithAck(message, opening)
        : message === 'source:push'
          ? await socket.emitWithAck(message, { session, source, firstSourceSeq: this.#firstSourceSeq, facts })
          : await socket.emitWithAck(message, { session, source });
    if (reply.ok) {
      this.#acknowledged = reply.acknowledged;
      this.#isFinished ||= message === 'source:close';
      this.#dropAcknowledged();
      this.#changed();
      this.#options.onAcknowledged?.(reply.acknowledged);
      return;
    }
    if (reply.error !== 'storage') throw new PushError(reply.message, reply);
    await new Promise((resolve) => setTimeout(resolve, STORAGE_RETRY_MS));
    if (message === 'source:open') throw new Error(reply.message);
  }

  #dropAcknowledged(): void {
    const done = Math.min(this.#queue.length, Math.max(0, (this.#acknowledged ?? 0) + 1 - this.#firstSourceSeq));
    this.#queue = this.#queue.slice(done);
    this.#firstSourceSeq += done;
  }

  #fail(failure: PushError): void {
    this.#failure ??= failure;
    this.close();
  }

  async #until(isReady: () => boolean): Promise<void> {
    while (!isReady() || this.#failure !== undefined) {
      if (this.#failure !== undefined) throw this.#failure;
      await this.#nextChange();
    }
  }

  #nextChange(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake.push(resolve);
    });
  }

  #changed(): void {
    const wake = this.#wake;
    this.#wake = [];
    for (const resolve of wake) resolve();
  }
}
