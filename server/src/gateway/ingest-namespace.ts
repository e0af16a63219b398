import { parseManifest, parseWith } from '@pitboard/shared/protocol/parse.ts';
import {
  type IngestClientEvents,
  type IngestRefusal,
  type IngestReply,
  PROTOCOL_VERSION,
  sourceCloseSchema,
  sourceOpenSchema,
  sourcePushSchema,
} from '@pitboard/shared/protocol/socket-events.ts';
import type { Namespace, Socket } from 'socket.io';
import type { Log } from '../log.ts';
import type { RaceSession } from '../sessions/race-session.ts';
import type { SessionRegistry } from '../sessions/session-registry.ts';
import { isToken } from './auth.ts';
import { answer, limitMessages } from './socket-guards.ts';

export type IngestNamespace = Namespace<IngestClientEvents>;
type IngestSocket = Socket<IngestClientEvents>;

/** Sessions that one connection feeds, by session and source. */
type Feeds = Map<string, RaceSession>;

const MESSAGES_PER_SECOND = 200;
const FEEDS_PER_CONNECTION = 50;

export type IngestOptions = { readonly registry: SessionRegistry; readonly token: string; readonly log: Log };

/** Sources: they open a session, push facts, and are told once those are stored. */
export function attachIngest(namespace: IngestNamespace, options: IngestOptions): void {
  namespace.use((socket, next) => {
    if (isToken(socket.handshake.auth.token, options.token)) next();
    else next(new Error('unauthorized: send the ingest token of this server as auth: {token}'));
  });
  namespace.on('connection', (socket) => welcome(socket, options));
}

function welcome(socket: IngestSocket, options: IngestOptions): void {
  const { registry, log } = options;
  const feeds: Feeds = new Map();
  limitMessages(socket, MESSAGES_PER_SECOND);
  const on = (
    event: 'source:open' | 'source:push' | 'source:close',
    handle: (request: unknown) => Promise<IngestReply>,
  ) =>
    socket.on(event, (request: unknown, reply: unknown) => {
      handle(request)
        .catch((error: unknown) => {
          log.error(`${event} failed: ${String(error)}`);
          return refuse('storage', 'the server could not do this; its log says why');
        })
        .then((reached) => answer(reply, reached));
    });
  on('source:open', (request) => open(registry, { feeds, connection: socket.id }, request));
  on('source:push', (request) => push(feeds, request));
  on('source:close', (request) => close(feeds, socket.id, request));
  socket.on('disconnect', () => {
    for (const session of new Set(feeds.values())) void session.loseSource(socket.id);
  });
}

async function open(
  registry: SessionRegistry,
  { feeds, connection }: { readonly feeds: Feeds; readonly connection: string },
  request: unknown,
): Promise<IngestReply> {
  const version = (request as { protocolVersion?: unknown } | undefined)?.protocolVersion;
  if (typeof version === 'number' && version !== PROTOCOL_VERSION) {
    return refuse('protocol-version', `this server speaks protocol ${PROTOCOL_VERSION}, you ${version}`);
  }
  const parsed = parseWith(sourceOpenSchema, request);
  if (!parsed.ok) return refuse('bad-request', parsed.problem);
  if (feeds.size >= FEEDS_PER_CONNECTION) return refuse('bad-request', 'too many sessions on one connection');
  const { session: id, source, rate } = parsed.value;
  const session = registry.find(id) ?? (await create(registry, parsed.value));
  if ('ok' in session) return session;
  if (session.origin !== 'pushed') return refuse('read-only-session', `"${id}" is played by this server itself`);
  const acknowledged = await session.openSource({ source, connection, rate });
  if (acknowledged === undefined) {
    return refuse('read-only-session', `"${id}" has ended, and "${source}" had no part in it: take another session id`);
  }
  feeds.set(feedKey(id, source), session);
  return { ok: true, acknowledged };
}

async function create(
  registry: SessionRegistry,
  { session: id, manifest, rate }: { session: string; manifest?: unknown; rate?: number | undefined },
): Promise<RaceSession | IngestRefusal> {
  if (manifest === undefined) return refuse('unknown-session', `there is no session "${id}": open it with a manifest`);
  const parsed = parseManifest(manifest);
  if (!parsed.ok) return refuse('bad-manifest', parsed.problem);
  return registry.openPushed({ id, manifest: parsed.value, rate });
}

async function push(feeds: Feeds, request: unknown): Promise<IngestReply> {
  const parsed = parseWith(sourcePushSchema, request);
  if (!parsed.ok) return refuse('bad-request', parsed.problem);
  const { session: id, source, firstSourceSeq, facts } = parsed.value;
  const session = feeds.get(feedKey(id, source));
  if (session === undefined) return refuse('not-open', `open "${id}" as "${source}" first`);
  return session.push({ facts, source: { name: source, firstSourceSeq } });
}

async function close(feeds: Feeds, connection: string, request: unknown): Promise<IngestReply> {
  const parsed = parseWith(sourceCloseSchema, request);
  if (!parsed.ok) return refuse('bad-request', parsed.problem);
  const { session: id, source } = parsed.value;
  const session = feeds.get(feedKey(id, source));
  if (session === undefined) return refuse('not-open', `open "${id}" as "${source}" first`);
  feeds.delete(feedKey(id, source));
  return { ok: true, acknowledged: await session.closeSource({ source, connection }) };
}

function refuse(error: IngestRefusal['error'], message: string): IngestRefusal {
  return { ok: false, error, message };
}

function feedKey(session: string, source: string): string {
  return `${session} ${source}`;
}
