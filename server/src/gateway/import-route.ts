import fastifyMultipart from '@fastify/multipart';
import type { ImportRules } from '@pitboard/shared/protocol/import.ts';
import { idSchema } from '@pitboard/shared/protocol/scalars.ts';
import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Log } from '../log.ts';
import { RACE_FORMATS } from '../sources/import/formats.ts';
import { bearerToken, isToken } from './auth.ts';
import type { HttpContext } from './http-context.ts';
import { answerImport } from './import-answer.ts';
import { isFromOwnMachine } from './own-machine.ts';
import { parseInput, RequestError, sessionOf } from './request-error.ts';
import { spoolUpload } from './upload-spool.ts';

export type ImportRouteOptions = Pick<HttpContext, 'registry' | 'token' | 'imports'> & {
  readonly log: Log;
  /** Who may import and remove: whoever shows the token, and, with `own-machine`, whoever sits at this machine. */
  readonly importAccess: 'own-machine' | 'token';
};

/** Timing as text packs some ten to one: half of what may come out is plenty to go in. */
const UPLOADED_SHARE = 0.5;
/** Of a form around its files. */
const FORM_BYTES = 1_000_000;
/** An upload that says nothing for so long has been left. */
const STALL_LIMIT_MS = 30_000;

const paramsSchema = z.object({ id: idSchema });

/** `/api/import`: races from files of timing companies, and their removal. */
export function addImportRoute(app: FastifyInstance, options: ImportRouteOptions): void {
  const { imports, registry, log } = options;
  const limitBytes = imports.limits.unpackedBytes * UPLOADED_SHARE;

  app.get('/api/import', async (request, reply): Promise<ImportRules> => {
    reply.header('cache-control', 'no-store');
    const formats = RACE_FORMATS.map(({ title }) => title);
    return { formats, limitBytes, needsToken: !mayImport(request, options) };
  });

  app.delete(
    '/api/sessions/:id',
    { onRequest: async (request) => checkAccess(request, options) },
    async (request, reply) => {
      const session = sessionOf(registry, parseInput(paramsSchema, request.params).id);
      if (session.origin !== 'imported') {
        throw new RequestError(409, 'read-only-session', { message: `"${session.id}" was not imported: it stays` });
      }
      await registry.removeImported(session);
      return reply.code(204).send();
    },
  );

  void app.register(async (scope) => {
    const { files } = imports.limits;
    // Folders say what a file belongs to.
    await scope.register(fastifyMultipart, {
      preservePath: true,
      limits: { files, parts: files + 10, fileSize: limitBytes, fields: 10 },
    });
    // Whatever a single file calls itself, it is read as it comes.
    scope.removeContentTypeParser(['application/json', 'text/plain']);
    scope.addContentTypeParser('*', (_request, _body, done) => done(null));
    scope.setErrorHandler((error: FastifyError, _request, reply) => {
      // Who gave up is told nothing, and it is nothing for the log.
      if (error.code === 'ERR_STREAM_PREMATURE_CLOSE' && reply.raw.destroyed) return;
      throw error;
    });
    const onRequest = async (request: FastifyRequest): Promise<void> => {
      checkAccess(request, options);
      if (Number(request.headers['content-length'] ?? 0) > limitBytes + FORM_BYTES) throw tooLarge(limitBytes);
    };
    scope.post('/api/import', { bodyLimit: limitBytes + FORM_BYTES, onRequest }, async (request, reply) => {
      const leave = imports.enter();
      if (leave === undefined) throw new RequestError(429, 'busy', { message: BUSY });
      try {
        request.raw.setTimeout(STALL_LIMIT_MS, () => request.raw.destroy());
        const upload = await spoolUpload(request, { folder: imports.folder, bytes: limitBytes, files });
        request.raw.setTimeout(0);
        try {
          return await answerImport(request, reply, { files: upload.files, imports, log });
        } finally {
          await upload.remove();
        }
      } finally {
        leave();
      }
    });
  });
}

const BUSY = 'others are importing: try again in a minute';

function tooLarge(limitBytes: number): RequestError {
  const message = `more than ${Math.round(limitBytes / 1e6)} MB in one upload: bring in fewer files at a time`;
  return new RequestError(413, 'too-large', { message });
}

/** True for a request with the token, or, where that is enough, from the machine that the server runs on. */
function mayImport(request: FastifyRequest, { token, importAccess }: ImportRouteOptions): boolean {
  if (isToken(bearerToken(request.headers.authorization), token)) return true;
  return importAccess === 'own-machine' && isFromOwnMachine(request.raw);
}

/** @throws {RequestError} 401 */
function checkAccess(request: FastifyRequest, options: ImportRouteOptions): void {
  if (mayImport(request, options)) return;
  const message = 'send the ingest token of this server: "Authorization: Bearer <token>"';
  throw new RequestError(401, 'unauthorized', { message });
}
