import { parseWith } from '@pitboard/shared/protocol/parse.ts';
import { SEGMENT_SIZE } from '@pitboard/shared/protocol/segment.ts';
import {
  type JoinReply,
  joinRequestSchema,
  type LiveClientEvents,
  type LiveServerEvents,
  PROTOCOL_VERSION,
} from '@pitboard/shared/protocol/socket-events.ts';
import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';
import type { RaceSession, SessionListener } from '../sessions/race-session.ts';
import type { SessionRegistry } from '../sessions/session-registry.ts';
import type { Timers } from '../sources/timers.ts';
import { FanOut, roomOf, roomOfLog } from './fan-out.ts';
import { answer, closeSlowSocket, limitMessages } from './socket-guards.ts';

type LiveSocketData = { room?: string | undefined };
export type LiveNamespace = Namespace<LiveClientEvents, LiveServerEvents, DefaultEventsMap, LiveSocketData>;
type LiveSocket = Socket<LiveClientEvents, LiveServerEvents, DefaultEventsMap, LiveSocketData>;

/** A viewer joins, leaves, and joins again after a cut: more than this a second is no viewer. */
const MESSAGES_PER_SECOND = 20;
/** Every this many seconds viewers of a live session are told how it stands. */
const STATUS_EVERY = 5;

/** Viewers: they join a session and are sent what is stored of it from then on. */
export class LiveGateway {
  readonly #namespace: LiveNamespace;
  readonly #registry: SessionRegistry;
  readonly #fanOut: FanOut;
  readonly #unsubscribe: () => void;
  #seconds = 0;

  constructor(namespace: LiveNamespace, registry: SessionRegistry, timers: Timers) {
    this.#namespace = namespace;
    this.#registry = registry;
    this.#fanOut = new FanOut((room, batch) => {
      // Encoded once for the room; not at all for an empty one.
      if (this.#sizeOf(room) > 0) namespace.to(room).emit('race:events', batch);
    }, timers);
    this.#unsubscribe = registry.subscribe(this.#listener);
    namespace.on('connection', (socket) => this.#welcome(socket));
  }

  readonly #listener: SessionListener = {
    events: (session, events) => this.#fanOut.add(session, events),
    statusChanged: (session) => this.#sendStatus(session),
    restarted: (session, endedLog) => {
      const room = roomOfLog(session, endedLog);
      this.#fanOut.flush();
      this.#namespace.to(room).emit('session:restarted', { session: session.id, log: session.log });
      this.#namespace.in(room).socketsLeave(room);
    },
  };

  viewersOf(session: RaceSession): number {
    return this.#sizeOf(roomOf(session));
  }

  get viewers(): number {
    return this.#namespace.sockets.size;
  }

  /** To be called every second. */
  tick(): void {
    this.#seconds++;
    for (const session of this.#registry.all()) {
      session.refreshState();
      if (this.#seconds % STATUS_EVERY === 0 && session.state !== 'recorded') this.#sendStatus(session);
    }
    for (const socket of this.#namespace.sockets.values()) closeSlowSocket(socket);
  }

  close(): void {
    this.#unsubscribe();
    this.#fanOut.flush();
  }

  #welcome(socket: LiveSocket): void {
    limitMessages(socket, MESSAGES_PER_SECOND);
    socket.on('session:join', (request: unknown, reply: unknown) => answer(reply, this.#join(socket, request)));
    socket.on('session:leave', () => leave(socket));
  }

  #join(socket: LiveSocket, request: unknown): JoinReply {
    const version = (request as { protocolVersion?: unknown } | undefined)?.protocolVersion;
    if (typeof version === 'number' && version !== PROTOCOL_VERSION) {
      const message = `this server speaks protocol ${PROTOCOL_VERSION}, you ${version}: reload the page, or update`;
      return { ok: false, error: 'protocol-version', message };
    }
    const parsed = parseWith(joinRequestSchema, request);
    if (!parsed.ok) return { ok: false, error: 'bad-request', message: parsed.problem };
    const session = this.#registry.find(parsed.value.session);
    if (session === undefined) {
      return { ok: false, error: 'unknown-session', message: `there is no session "${parsed.value.session}"` };
    }
    leave(socket);
    // Subscribe first, then say where history ends: nothing falls between. [W1]
    socket.data.room = roomOf(session);
    void socket.join(socket.data.room);
    return {
      ok: true,
      summary: session.summary(this.viewersOf(session)),
      log: session.log,
      manifest: session.manifest,
      headSeq: this.#fanOut.sentSeq(session),
      segmentSize: SEGMENT_SIZE,
      clock: session.clock,
    };
  }

  #sendStatus(session: RaceSession): void {
    const room = roomOf(session);
    const viewers = this.#sizeOf(room);
    if (viewers === 0) return;
    // What has happened goes out before the word on how things stand.
    this.#fanOut.flush();
    const { id, log, state, clock } = session;
    const status = { session: id, log, state, clock, headSeq: session.headSeq, viewers };
    this.#namespace.to(room).emit('session:status', status);
  }

  #sizeOf(room: string): number {
    return this.#namespace.adapter.rooms.get(room)?.size ?? 0;
  }
}

function leave(socket: LiveSocket): void {
  if (socket.data.room !== undefined) void socket.leave(socket.data.room);
  socket.data.room = undefined;
}
