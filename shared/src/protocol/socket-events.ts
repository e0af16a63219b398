import * as z from 'zod/mini';
import type { SessionId } from '../domain/names.ts';
import { manifestSchema } from './manifest.ts';
import { epochMsSchema, idSchema, nameSchema } from './scalars.ts';
import type { WireBatch } from './wire-batch.ts';

/** Raised whenever a message between server and client changes its shape; a test compares the shapes. */
export const PROTOCOL_VERSION = 9;

/** Viewers. */
export const LIVE_NAMESPACE = '/live';
/** Sources: the handshake carries `auth: {token}`. */
export const INGEST_NAMESPACE = '/ingest';

/**
 * The server's idea of session time: `atMs` at wall clock `epochMs`, moving on by `rate` ms a ms.
 * Rate 0: it stands (before the start, after the end).
 */
export const sessionClockSchema = z.strictObject({
  atMs: z.number(),
  epochMs: epochMsSchema,
  rate: z.number().check(z.gte(0), z.lte(1000)),
});
export type SessionClock = z.infer<typeof sessionClockSchema>;

/**
 * `live`: facts keep arriving. `stale`: they should, and do not. `recorded`: complete, all of it is there.
 * `upcoming`: announced, nothing yet.
 */
export const sessionStateSchema = z.enum(['upcoming', 'live', 'stale', 'recorded']);
export type SessionState = z.infer<typeof sessionStateSchema>;

/** One line of the lobby. */
export const sessionSummarySchema = z.strictObject({
  id: idSchema,
  event: nameSchema,
  series: z.optional(nameSchema),
  session: nameSchema,
  circuit: nameSchema,
  startEpochMs: z.optional(epochMsSchema),
  state: sessionStateSchema,
  /** True for a recording that the server plays as if it were live. */
  replayed: z.boolean(),
  reconstructed: z.boolean(),
  /** Brought in as files: it can be removed again. */
  imported: z.optional(z.literal(true)),
  entries: z.int().check(z.gte(0)),
  headSeq: z.int().check(z.gte(0)),
  /** Session time of the newest fact. */
  headAtMs: z.number(),
  viewers: z.int().check(z.gte(0)),
});
export type SessionSummary = z.infer<typeof sessionSummarySchema>;

/** `GET /api/sessions`. */
export const lobbySchema = z.strictObject({
  /** The session that the start page opens. */
  featured: z.optional(idSchema),
  sessions: z.array(sessionSummarySchema),
});
export type Lobby = z.infer<typeof lobbySchema>;

export const joinRequestSchema = z.strictObject({
  session: idSchema,
  protocolVersion: z.int(),
});
export type JoinRequest = z.infer<typeof joinRequestSchema>;

const refusalSchema = z.strictObject({
  ok: z.literal(false),
  error: z.enum(['bad-request', 'protocol-version', 'unknown-session']),
  message: z.string(),
});

/**
 * `log` names this run of the session: a session that starts over gets a new log, and history belongs to a log.
 * Events up to `headSeq` are history, to be fetched by HTTP; later ones come as `race:events`.
 */
export const joinReplySchema = z.discriminatedUnion('ok', [
  z.strictObject({
    ok: z.literal(true),
    summary: sessionSummarySchema,
    log: idSchema,
    manifest: manifestSchema,
    headSeq: z.int().check(z.gte(0)),
    segmentSize: z.int().check(z.gte(1)),
    clock: sessionClockSchema,
  }),
  refusalSchema,
]);
export type JoinReply = z.infer<typeof joinReplySchema>;

/** Sent when the state of a session or the run of its clock changes, and every few seconds while it is live. */
export const sessionStatusSchema = z.strictObject({
  session: idSchema,
  log: idSchema,
  state: sessionStateSchema,
  clock: sessionClockSchema,
  headSeq: z.int().check(z.gte(0)),
  viewers: z.int().check(z.gte(0)),
});
export type SessionStatus = z.infer<typeof sessionStatusSchema>;

export type LiveClientEvents = {
  'session:join': (request: JoinRequest, reply: (answer: JoinReply) => void) => void;
  'session:leave': () => void;
};
export type LiveServerEvents = {
  'race:events': (batch: WireBatch) => void;
  'session:status': (status: SessionStatus) => void;
  /** The session started over in a new log: join again. */
  'session:restarted': (notice: { readonly session: SessionId; readonly log: string }) => void;
};

export const sourceOpenSchema = z.strictObject({
  protocolVersion: z.int(),
  session: idSchema,
  /** Names the sender: the server tells repeats by (source, source sequence). */
  source: idSchema,
  /** Needed the first time a session is opened. */
  manifest: z.optional(z.unknown()),
  /** How fast the source's session time runs; 1 for a real race. */
  rate: z.optional(z.number().check(z.gt(0), z.lte(1000))),
});
export type SourceOpen = z.infer<typeof sourceOpenSchema>;

export const sourcePushSchema = z.strictObject({
  session: idSchema,
  source: idSchema,
  /** The source's own number of `facts[0]`, counted 1, 2, 3 … without holes. */
  firstSourceSeq: z.int().check(z.gte(1)),
  facts: z.array(z.unknown()).check(z.minLength(1)).check(z.maxLength(5000)),
});
export type SourcePush = z.infer<typeof sourcePushSchema>;

export const sourceCloseSchema = z.strictObject({ session: idSchema, source: idSchema });
export type SourceClose = z.infer<typeof sourceCloseSchema>;

/** Why a source was refused. Nothing of a refused push is kept; `sourceSeq` names the fact at fault. */
export type IngestRefusal = {
  readonly ok: false;
  readonly error:
    | 'bad-request'
    | 'protocol-version'
    | 'unknown-session'
    | 'not-open'
    | 'read-only-session'
    | 'bad-manifest'
    | 'bad-fact'
    | 'sequence-hole'
    | 'storage';
  readonly message: string;
  readonly sourceSeq?: number;
};
/** `acknowledged`: everything up to this source sequence is on disk, for good. */
export type IngestReply = { readonly ok: true; readonly acknowledged: number } | IngestRefusal;

export type IngestClientEvents = {
  'source:open': (request: SourceOpen, reply: (answer: IngestReply) => void) => void;
  'source:push': (request: SourcePush, reply: (answer: IngestReply) => void) => void;
  'source:close': (request: SourceClose, reply: (answer: IngestReply) => void) => void;
};
