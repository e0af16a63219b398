import { parseWith } from '@pitboard/shared/protocol/parse.ts';
import type { z } from 'zod';
import type { RaceSession } from '../sessions/race-session.ts';
import type { SessionRegistry } from '../sessions/session-registry.ts';

/** Why a request was not served, for whoever made it: `{error, message, line?}` with this status. */
export class RequestError extends Error {
  readonly statusCode: number;
  readonly error: string;
  /** Line of the body, counted from 1. */
  readonly line: number | undefined;
  constructor(statusCode: number, error: string, { message, line }: { message: string; line?: number | undefined }) {
    super(message);
    this.name = 'RequestError';
    this.statusCode = statusCode;
    this.error = error;
    this.line = line;
  }
}

/** @throws {RequestError} 400 */
export function parseInput<T>(schema: z.core.$ZodType<T>, value: unknown): T {
  const parsed = parseWith(schema, value);
  if (!parsed.ok) throw new RequestError(400, 'bad-request', { message: parsed.problem });
  return parsed.value;
}

/** @throws {RequestError} 404 */
export function sessionOf(registry: SessionRegistry, id: string): RaceSession {
  const session = registry.find(id);
  if (session === undefined) {
    throw new RequestError(404, 'unknown-session', { message: `there is no session "${id}"; see /api/sessions` });
  }
  return session;
}
