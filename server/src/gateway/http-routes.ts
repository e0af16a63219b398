import fastifyHelmet from '@fastify/helmet';
import Fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import type { Log } from '../log.ts';
import { addHistoryRoutes } from './history-routes.ts';
import type { HttpContext } from './http-context.ts';
import { addImportRoute, type ImportRouteOptions } from './import-route.ts';
import { addPushRoute } from './push-route.ts';
import { addRaceRoutes } from './race-routes.ts';
import { RequestError } from './request-error.ts';
import { addSessionRoutes } from './session-routes.ts';
import { addSourceRoutes } from './source-routes.ts';
import { addStaticClient } from './static-client.ts';

const BODY_LIMIT_BYTES = 16_000_000;

export type HttpOptions = HttpContext &
  Pick<ImportRouteOptions, 'importAccess'> & {
    readonly origins: readonly string[];
    /** The folder of the built client. */
    readonly clientDir: string;
    readonly log: Log;
  };

/** The HTTP side of the server: the API and the client's files. */
export async function createHttpApp(options: HttpOptions): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 200 },
  });
  await app.register(fastifyHelmet, {
    contentSecurityPolicy: { useDefaults: false, directives: CONTENT_SECURITY },
    hsts: false,
  });
  allowOrigins(app, options.origins);
  answerErrors(app, options.log);
  addSessionRoutes(app, options);
  addHistoryRoutes(app, options);
  addRaceRoutes(app, options);
  addPushRoute(app, options);
  addImportRoute(app, options);
  addSourceRoutes(app, options);
  await addStaticClient(app, options.clientDir);
  return app;
}

/** Only what this server itself serves; charts set style attributes, which is all that is allowed inline. */
const CONTENT_SECURITY = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  styleSrcAttr: ["'unsafe-inline'"],
  imgSrc: ["'self'", 'data:'],
  connectSrc: ["'self'", 'ws:', 'wss:'],
  objectSrc: ["'none'"],
  baseUri: ["'self'"],
  formAction: ["'self'"],
  frameAncestors: ["'self'"],
};

function allowOrigins(app: FastifyInstance, origins: readonly string[]): void {
  if (origins.length === 0) return;
  app.addHook('onRequest', async (request, reply) => {
    reply.header('vary', 'origin');
    const { origin } = request.headers;
    if (origin !== undefined && origins.includes(origin)) reply.header('access-control-allow-origin', origin);
  });
}

/** Errors say what was wrong with the request; what went wrong inside is for the log alone. */
function answerErrors(app: FastifyInstance, log: Log): void {
  app.setErrorHandler((error: FastifyError | RequestError, request, reply) => {
    if (error instanceof RequestError) {
      const { statusCode, error: code, message, line } = error;
      return reply.code(statusCode).send({ error: code, message, ...(line === undefined ? {} : { line }) });
    }
    const statusCode = error.statusCode ?? 500;
    if (statusCode >= 500) {
      log.error(`${request.method} ${request.url}: ${error.stack ?? error.message}`);
      return reply.code(500).send({ error: 'internal', message: 'the server failed; its log says why' });
    }
    const code = statusCode === 413 ? 'too-large' : 'bad-request';
    return reply.code(statusCode).send({ error: code, message: error.message });
  });
}
