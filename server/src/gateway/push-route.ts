import { idSchema } from '@pitboard/shared/protocol/scalars.ts';
import type { IngestRefusal } from '@pitboard/shared/protocol/socket-events.ts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Push } from '../sessions/check-push.ts';
import type { RaceSession } from '../sessions/race-session.ts';
import type { SessionRegistry } from '../sessions/session-registry.ts';
import type { HttpContext } from './http-context.ts';
import { type PushLines, parsePushLines } from './push-lines.ts';
import { parseInput, RequestError, sessionOf } from './request-error.ts';
import { requireToken } from './require-token.ts';

const paramsSchema = z.object({ id: idSchema });
const sourceSchema = z.object({
  source: z.optional(idSchema),
  firstSourceSeq: z.coerce.number().int().min(1).optional(),
});

const STATUS_OF: Readonly<Record<IngestRefusal['error'], number>> = {
  'bad-request': 400,
  'protocol-version': 400,
  'unknown-session': 404,
  'not-open': 409,
  'read-only-session': 409,
  'bad-manifest': 400,
  'bad-fact': 400,
  'sequence-hole': 409,
  storage: 503,
};

/** `POST /api/sessions/:id/events`: facts as lines of JSON, for sources that speak no Socket.IO. */
export function addPushRoute(app: FastifyInstance, { registry, token }: HttpContext): void {
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
    scope.addHook('onRequest', requireToken(token));
    scope.post('/api/sessions/:id/events', async (request) => {
      const { id } = parseInput(paramsSchema, request.params);
      const push = parsePushLines(typeof request.body === 'string' ? request.body : '');
      const session = await openSession(registry, id, push);
      if (session.origin !== 'pushed') {
        throw new RequestError(409, 'read-only-session', { message: `"${id}" is played by this server itself` });
      }
      const source = sourceOf(request, push);
      const reply = await session.push({ facts: push.facts, source });
      if (!reply.ok) throw refusal(reply, source, push);
      return { acknowledged: reply.acknowledged, headSeq: session.headSeq };
    });
  });
}

async function openSession(registry: SessionRegistry, id: string, { manifest }: PushLines): Promise<RaceSession> {
  return manifest === undefined ? sessionOf(registry, id) : registry.openPushed({ id, manifest });
}

/** Without a number for the first fact, repeats cannot be told, and every request stands for itself. */
function sourceOf(request: FastifyRequest, { firstSeq }: PushLines): Push['source'] {
  const given = parseInput(sourceSchema, {
    source: request.headers['pitboard-source'],
    firstSourceSeq: request.headers['pitboard-first-source-seq'],
    ...(request.query as object),
  });
  const firstSourceSeq = given.firstSourceSeq ?? firstSeq;
  return firstSourceSeq === undefined ? undefined : { name: given.source ?? 'http', firstSourceSeq };
}

function refusal(
  { error, message, sourceSeq }: IngestRefusal,
  source: Push['source'],
  { lines }: PushLines,
): RequestError {
  const isOneLine = error === 'bad-fact' && sourceSeq !== undefined;
  const line = isOneLine ? lines[sourceSeq - (source?.firstSourceSeq ?? 1)] : undefined;
  return new RequestError(STATUS_OF[error], error, { message, line });
}
