import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import { decodeSegment } from '@pitboard/shared/protocol/segment.ts';
import {
  type JoinReply,
  LIVE_NAMESPACE,
  type LiveClientEvents,
  type LiveServerEvents,
  PROTOCOL_VERSION,
  type SessionStatus,
} from '@pitboard/shared/protocol/socket-events.ts';
import { decodeWireBatch } from '@pitboard/shared/protocol/wire-batch.ts';
import { io, type Socket } from 'socket.io-client';

type Joined = Extract<JoinReply, { ok: true }>;

/** A viewer reduced to its duties: joins, fetches history, takes batches, heals a hole over HTTP, joins again. */
export class TestViewer {
  readonly events: RaceEvent[] = [];
  readonly statuses: SessionStatus[] = [];
  /** First and last `seq` of every batch, by log. */
  readonly batches: { readonly fromSeq: number; readonly toSeq: number }[] = [];
  joins: Joined[] = [];
  readonly socket: Socket<LiveServerEvents, LiveClientEvents>;
  readonly #url: string;
  readonly #session: string;
  #work: Promise<void> = Promise.resolve();
  #onChange: (() => void)[] = [];

  constructor(url: string, session: string) {
    this.#url = url;
    this.#session = session;
    this.socket = io(new URL(LIVE_NAMESPACE, url).href, {
      transports: ['websocket'],
      forceNew: true,
      reconnectionDelay: 20,
      reconnectionDelayMax: 100,
    });
    this.socket.on('connect', () => this.#do(() => this.#join()));
    this.socket.on('race:events', (batch) => this.#do(() => this.#take(batch)));
    this.socket.on('session:status', (status) => this.#changed(() => this.statuses.push(status)));
    this.socket.on('session:restarted', () => {
      this.events.length = 0;
      this.#do(() => this.#join());
    });
  }

  /** Resolves once what is seen fits. */
  async until(isReady: (viewer: this) => boolean): Promise<void> {
    while (!isReady(this)) await new Promise<void>((resolve) => this.#onChange.push(resolve));
  }

  close(): void {
    this.socket.disconnect();
  }

  get manifest(): Manifest {
    return (this.joins.at(-1) as Joined).manifest;
  }

  async #join(): Promise<void> {
    const request = { session: this.#session, protocolVersion: PROTOCOL_VERSION };
    const reply = await this.socket.emitWithAck('session:join', request);
    if (!reply.ok) throw new Error(reply.message);
    await this.#heal(reply, reply.headSeq);
    this.#changed(() => this.joins.push(reply));
  }

  async #take(batch: unknown): Promise<void> {
    const decoded = decodeWireBatch(
      batch,
      this.manifest.circuit.loops.map(({ id }) => id),
    );
    if (!decoded.ok) throw new Error(decoded.problem);
    const events = decoded.value;
    const fromSeq = events[0]?.seq ?? 0;
    this.batches.push({ fromSeq, toSeq: events.at(-1)?.seq ?? 0 });
    await this.#heal(this.joins.at(-1) as Joined, fromSeq - 1);
    const have = this.events.length;
    this.#changed(() => this.events.push(...events.filter(({ seq }) => seq > have)));
  }

  async #heal({ log, segmentSize }: Joined, untilSeq: number): Promise<void> {
    const base = `${this.#url}api/sessions/${this.#session}/logs/${log}`;
    while (this.events.length < untilSeq) {
      const from = this.events.length + 1;
      const whole = (from - 1) % segmentSize === 0 && untilSeq >= from + segmentSize - 1;
      const response = await fetch(
        whole ? `${base}/segments/${(from - 1) / segmentSize}` : `${base}/events?from=${from}`,
      );
      const decoded = decodeSegment(await response.json());
      if (!decoded.ok) throw new Error(decoded.problem);
      this.events.push(...decoded.value);
    }
  }

  #do(step: () => Promise<void>): void {
    // A cut in the middle of a step is healed by the next join.
    this.#work = this.#work.then(step).catch(() => undefined);
  }

  #changed(change: () => void): void {
    change();
    const waiting = this.#onChange;
    this.#onChange = [];
    for (const resolve of waiting) resolve();
  }
}
