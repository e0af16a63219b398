import * as z from 'zod/mini';
import { SESSION_KINDS } from '../domain/status.ts';
import { idSchema } from './scalars.ts';

const count = z.int().check(z.gte(0));
const share = z.number().check(z.gte(0), z.lte(1));
const fileName = z.string().check(z.maxLength(300));
const line = z.int().check(z.gte(1));

/** `GET /api/import`: what can be brought in here. */
export const importRulesSchema = z.strictObject({
  /** Titles of the formats. */
  formats: z.array(z.string()),
  /** Of one upload. */
  limitBytes: count,
  /** Whether whoever asks has to show a token to import and to remove. */
  needsToken: z.boolean(),
});
export type ImportRules = z.infer<typeof importRulesSchema>;

const fileProblemSchema = z.strictObject({ file: fileName, line: z.optional(line), reason: z.string() });

/** `POST /api/import`, when there is a race in the files. */
export const importAnswerSchema = z.strictObject({
  sessions: z.array(
    z.strictObject({
      id: idSchema,
      event: z.string(),
      session: z.string(),
      kind: z.enum(SESSION_KINDS),
      cars: count,
      events: count,
      /** True for a race that was here already. */
      known: z.boolean(),
    }),
  ),
  /** Titles of the formats that the files are of. */
  formats: z.array(z.string()),
  /** What became of each file, those in archives included; at most two hundred, those with a problem first. */
  files: z.array(z.strictObject({ name: fileName, format: z.optional(z.string()), problem: z.optional(z.string()) })),
  skipped: z.strictObject({
    lines: count,
    reasons: z.record(z.string(), count),
    examples: z.array(z.strictObject({ file: fileName, line: z.int(), reason: z.string() })),
  }),
});
export type ImportAnswer = z.infer<typeof importAnswerSchema>;

export const IMPORT_REFUSALS = [
  'unauthorized',
  'busy',
  'bad-request',
  'too-large',
  'no-race',
  'too-slow',
  'storage',
  'failed',
] as const;
export type ImportRefusalCode = (typeof IMPORT_REFUSALS)[number];

/** Why nothing was imported; the first problem stands in `file`, `line` and `reason` too. */
export const importRefusalSchema = z.strictObject({
  error: z.enum(IMPORT_REFUSALS),
  message: z.string(),
  file: z.optional(fileName),
  line: z.optional(line),
  reason: z.optional(z.string()),
  problems: z.optional(z.array(fileProblemSchema)),
});
export type ImportRefusal = z.infer<typeof importRefusalSchema>;

/** A line of the answer for who accepts `application/x-ndjson`: how far it is, and as the last one what came of it. */
export const importStepSchema = z.discriminatedUnion('step', [
  z.strictObject({ step: z.literal('waiting') }),
  z.strictObject({ step: z.literal('reading'), file: fileName, share }),
  z.strictObject({ step: z.literal('storing'), share }),
  z.strictObject({ step: z.literal('done'), answer: importAnswerSchema }),
  z.strictObject({ step: z.literal('refused'), refusal: importRefusalSchema }),
]);
export type ImportStep = z.infer<typeof importStepSchema>;
