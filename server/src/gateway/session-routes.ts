import { idSchema } from '@pitboard/shared/protocol/scalars.ts';
import { SEGMENT_SIZE } from '@pitboard/shared/protocol/segment.ts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { VERSION } from '../version.ts';
import type { HttpContext } from './http-context.ts';
import { parseInput, sessionOf } from './request-error.ts';

const paramsSchema = z.object({ id: idSchema });

/** Health, the lobby, and what there is to know of one session before its history. */
export function addSessionRoutes(app: FastifyInstance, context: HttpContext): void {
  const { registry, viewersOf, viewers, nowEpochMs } = context;
  const startedEpochMs = nowEpochMs();

  app.get('/api/health', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    return {
      status: 'ok',
      version: VERSION,
      uptimeMs: nowEpochMs() - startedEpochMs,
      sessions: registry.all().length,
      viewers: viewers(),
    };
  });

  app.get('/api/sessions', async (_request, reply) => {
    reply.header('cache-control', 'no-cache');
    return registry.lobby(viewersOf);
  });

  app.get('/api/sessions/:id', async (request, reply) => {
    const session = sessionOf(registry, parseInput(paramsSchema, request.params).id);
    reply.header('cache-control', 'no-cache');
    const { log, manifest, headSeq, clock } = session;
    return { summary: session.summary(viewersOf(session)), log, manifest, headSeq, segmentSize: SEGMENT_SIZE, clock };
  });
}
