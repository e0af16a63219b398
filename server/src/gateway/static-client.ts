import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Serves the built client; every other path that a browser asks for is a place within it. */
export async function addStaticClient(app: FastifyInstance, clientDir: string): Promise<void> {
  const isBuilt = existsSync(join(clientDir, 'index.html'));
  if (isBuilt) {
    await app.register(fastifyStatic, {
      root: clientDir,
      preCompressed: true,
      cacheControl: false,
      setHeaders: (response, path) => {
        const isHashed = path.includes('/assets/');
        response.setHeader('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
  app.setNotFoundHandler((request, reply) => {
    if (isApiPath(request)) {
      const message = `there is no ${request.method} ${request.url.slice(0, 200)}; see /api/sessions`;
      return reply.code(404).send({ error: 'not-found', message });
    }
    if (!asksForPage(request)) return reply.code(404).type('text/plain; charset=utf-8').send('not found\n');
    return isBuilt ? reply.sendFile('index.html') : sendNotBuilt(reply);
  });
}

function isApiPath({ url }: FastifyRequest): boolean {
  return /^\/api([/?]|$)/.test(url);
}

function asksForPage({ method, url, headers }: FastifyRequest): boolean {
  if ((method !== 'GET' && method !== 'HEAD') || url.startsWith('/assets/')) return false;
  return headers.accept === undefined || /text\/html|\*\/\*/.test(headers.accept);
}

function sendNotBuilt(reply: FastifyReply): FastifyReply {
  return reply
    .code(503)
    .type('text/html; charset=utf-8')
    .send(`<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Pitboard</title>
<h1>The dashboard is not built yet</h1>
<p>The server runs, and its data is there: <a href="/api/sessions">/api/sessions</a>.</p>
<p>Build the dashboard with <code>npm run build</code>, then start the server again.</p>
</html>
`);
}
