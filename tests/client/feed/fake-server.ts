import { HttpStatusError } from '@pitboard/client/feed/history.ts';
import type { LiveSocketHandlers, OpenLiveSocket } from '@pitboard/client/feed/live-socket.ts';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import { encodeSegment } from '@pitboard/shared/protocol/segment.ts';
import type { JoinReply, SessionState } from '@pitboard/shared/protocol/socket-events.ts';
import { encodeWireBatch } from '@pitboard/shared/protocol/wire-batch.ts';

const LOOPS = ['SF', 'S1', 'S2'];

/** A server in the same process: what it sends, and when, is up to the test. */
export class FakeServer {
  log = 'log-1';
  state: SessionState = 'live';
  events: RaceEvent[] = [];
  readonly segmentSize = 8;
  readonly paths: string[] = [];
  /** Answers to HTTP wait here while a test holds them back. */
  held: (() => void)[] | undefined;
  /** Answer to the next join in place of the usual one. */
  nextReply: JoinReply | undefined;
  joins = 0;
  closed = false;
  #handlers: LiveSocketHandlers | undefined;
  readonly #manifest: Manifest;

  constructor(manifest: Manifest, events: readonly RaceEvent[]) {
    this.#manifest = manifest;
    this.events = [...events];
  }

  readonly openSocket: OpenLiveSocket = (handlers) => {
    this.#handlers = handlers;
    return {
      join: (_request, onReply) => {
        this.joins++;
        onReply(this.nextReply ?? this.#reply());
      },
      close: () => {
        this.closed = true;
        handlers.onDisconnect();
      },
    };
  };

  readonly fetchJson = async (path: string): Promise<unknown> => {
    this.paths.push(path);
    const { held } = this;
    if (held !== undefined) await new Promise<void>((resolve) => held.push(resolve));
    const [, log, kind, rest] = /\/logs\/([^/]+)\/(segments\/|events\?from=)(\d+)$/.exec(path) ?? [];
    if (log !== this.log) throw new HttpStatusError(404);
    const fromSeq = kind === 'segments/' ? Number(rest) * this.segmentSize + 1 : Number(rest);
    const run = this.events.slice(fromSeq - 1, fromSeq - 1 + this.segmentSize);
    // As it goes over the wire.
    return JSON.parse(JSON.stringify(encodeSegment(fromSeq, run)));
  };

  connect(): void {
    this.#on().onConnect();
  }
  disconnect(): void {
    this.#on().onDisconnect();
  }
  unreachable(): void {
    this.#on().onUnreachable();
  }
  /** Stores events and, unless the line loses them, sends them. */
  publish(events: readonly RaceEvent[], line: 'works' | 'loses-them' = 'works'): void {
    this.events.push(...events);
    if (line === 'works') this.send(events);
  }
  send(events: readonly RaceEvent[]): void {
    this.#on().onBatch(JSON.parse(JSON.stringify(encodeWireBatch(events, LOOPS))));
  }
  sendRaw(batch: unknown): void {
    this.#on().onBatch(batch);
  }
  status(headSeq = this.events.length): void {
    const { log, state } = this;
    this.#on().onStatus({ session: 's', log, state, clock: this.#clock(), headSeq, viewers: 7 });
  }
  restart(log: string): void {
    this.log = log;
    this.events = [];
    this.#on().onRestarted({ session: 's', log });
  }
  release(): void {
    const held = this.held ?? [];
    this.held = undefined;
    for (const resolve of held) resolve();
  }

  #on(): LiveSocketHandlers {
    if (this.#handlers === undefined) throw new Error('nobody has connected');
    return this.#handlers;
  }

  #clock() {
    return { atMs: 0, epochMs: 0, rate: 0 };
  }

  #reply(): JoinReply {
    const { log, state, segmentSize } = this;
    const headSeq = this.events.length;
    const summary = {
      id: 's',
      event: 'Test Event',
      session: 'Race',
      circuit: 'Test Ring',
      state,
      replayed: false,
      reconstructed: false,
      entries: 3,
      headSeq,
      headAtMs: 0,
      viewers: 1,
    };
    return { ok: true, summary, log, manifest: this.#manifest, headSeq, segmentSize, clock: this.#clock() };
  }
}
