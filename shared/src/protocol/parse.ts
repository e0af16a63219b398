import * as z from 'zod/mini';
import en from 'zod/v4/locales/en.js';
import { type Manifest, manifestSchema } from './manifest.ts';
import { type RaceEvent, type RaceFact, raceFactSchema, seqSchema } from './race-event.ts';

// The small build of zod comes without words for what is wrong.
z.config(en());

/** What a parser answers: the value, or one line that says what is wrong and where in it. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string };

/** The first three problems of a schema as one line: `car: too short; atMs: expected number`. */
export function describeProblems(error: z.core.$ZodError): string {
  return error.issues
    .slice(0, 3)
    .map((issue) => {
      const path = issue.path.map(String).join('.');
      return path === '' ? issue.message : `${path}: ${issue.message}`;
    })
    .join('; ');
}

/** Checks a value against a schema. */
export function parseWith<T>(schema: z.core.$ZodType<T>, value: unknown): Parsed<T> {
  const result = z.safeParse(schema, value);
  return result.success ? { ok: true, value: result.data } : { ok: false, problem: describeProblems(result.error) };
}

/** Checks one fact, as a source sends it. */
export function parseRaceFact(value: unknown): Parsed<RaceFact> {
  return parseWith(raceFactSchema, value);
}

/** Checks one event of a log: a fact with its `seq`. */
export function parseRaceEvent(value: unknown): Parsed<RaceEvent> {
  if (typeof value !== 'object' || value === null) return { ok: false, problem: 'an event is an object' };
  const { seq, ...fact } = value as Record<string, unknown>;
  const parsedSeq = seqSchema.safeParse(seq);
  if (!parsedSeq.success) return { ok: false, problem: 'seq: a whole number from 1 on' };
  const parsed = parseRaceFact(fact);
  return parsed.ok ? { ok: true, value: { seq: parsedSeq.data, ...parsed.value } } : parsed;
}

export function parseManifest(value: unknown): Parsed<Manifest> {
  return parseWith(manifestSchema, value);
}
