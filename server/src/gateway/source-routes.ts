import { idSchema } from '@pitboard/shared/protocol/scalars.ts';
import { newSourceSchema, type SourceStatus } from '@pitboard/shared/protocol/sources.ts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { SourceRefusedError } from '../sources/feed/feed-sources.ts';
import type { HttpContext } from './http-context.ts';
import { parseInput, RequestError } from './request-error.ts';
import { requireToken } from './require-token.ts';

const paramsSchema = z.object({ id: idSchema });

const STATUS_OF: Readonly<Record<SourceRefusedError['code'], number>> = {
  'bad-address': 400,
  'already-listed': 409,
  'too-many': 409,
};

/** `/api/sources`: which feeds this server listens to. All of it needs the token: addresses are nobody else's business. */
export function addSourceRoutes(app: FastifyInstance, { sources, token }: HttpContext): void {
  void app.register(async (scope) => {
    scope.addHook('onRequest', requireToken(token));
    scope.addHook('onRequest', async (_request, reply) => {
      reply.header('cache-control', 'no-store');
    });

    scope.get('/api/sources', async () => sources.list());

    scope.post('/api/sources', async (request, reply) => {
      const given = parseInput(newSourceSchema, request.body);
      try {
        return await reply.code(201).send(await sources.add(given));
      } catch (error) {
        if (!(error instanceof SourceRefusedError)) throw error;
        throw new RequestError(STATUS_OF[error.code], error.code, { message: error.message });
      }
    });

    scope.get('/api/sources/:id', async (request): Promise<SourceStatus> => {
      const { id } = parseInput(paramsSchema, request.params);
      const source = sources.find(id);
      if (source === undefined) throw unknownSource(id);
      return source;
    });

    scope.delete('/api/sources/:id', async (request, reply) => {
      const { id } = parseInput(paramsSchema, request.params);
      if (!(await sources.remove(id))) throw unknownSource(id);
      return reply.code(204).send();
    });
  });
}

function unknownSource(id: string): RequestError {
  return new RequestError(404, 'unknown-source', { message: `there is no source "${id}"; see /api/sources` });
}
