import * as z from 'zod/mini';
import { epochMsSchema, idSchema } from './scalars.ts';

const count = z.int().check(z.gte(0));
/** Of a feed, for people: bounded, and without control characters. */
const shownText = z.string().check(z.maxLength(300));

/**
 * `connecting`: a line is being opened. `connected`: it stands. `waiting`: it was lost, and is tried again at
 * `nextAttemptEpochMs`. `stopped`: nobody listens any more.
 */
const sourceStateSchema = z.enum(['connecting', 'connected', 'waiting', 'stopped']);
export type SourceState = z.infer<typeof sourceStateSchema>;

/** A feed that this server listens to, and how that goes. */
export const sourceStatusSchema = z.strictObject({
  id: idSchema,
  name: shownText,
  address: z.string(),
  /** Of its protocol. */
  protocol: z.string(),
  /** False for one that the command line named: it is gone with the process. */
  kept: z.boolean(),
  state: sourceStateSchema,
  sinceEpochMs: epochMsSchema,
  /** Tries since something last arrived, with the one under way. */
  attempts: count,
  nextAttemptEpochMs: z.optional(epochMsSchema),
  lastLine: z.optional(z.strictObject({ text: shownText, epochMs: epochMsSchema })),
  linesRead: count,
  linesSkipped: count,
  /** `line` counts from 1 since the feed was begun. */
  lastSkipped: z.optional(z.strictObject({ line: count, text: shownText, reason: shownText })),
  /** Facts that found no place in a session. */
  factsLeftOut: count,
  /** What went wrong last: why the line was lost, or why nothing could be stored. */
  problem: z.optional(shownText),
  /** Newest first. */
  sessions: z.array(z.strictObject({ id: idSchema, title: z.string() })),
});
export type SourceStatus = z.infer<typeof sourceStatusSchema>;

/** `GET /api/sources`. */
export const sourceListSchema = z.strictObject({
  /** The server's clock, for texts like "since 12 s". */
  nowEpochMs: epochMsSchema,
  /** How many sources there can be. */
  limit: count,
  /** What can be listened to. */
  protocols: z.array(
    z.strictObject({ id: z.string(), title: z.string(), schemes: z.array(z.string()), example: z.string() }),
  ),
  /** In order of their addition. */
  sources: z.array(sourceStatusSchema),
});
export type SourceList = z.infer<typeof sourceListSchema>;

/** `POST /api/sources`. Without a name, the address is the name. */
export const newSourceSchema = z.strictObject({
  address: z.string().check(z.minLength(1), z.maxLength(500)),
  name: z.optional(z.string().check(z.maxLength(60), z.regex(/^[^\p{Cc}]*$/u, 'must not hold control characters'))),
});
export type NewSource = z.infer<typeof newSourceSchema>;
