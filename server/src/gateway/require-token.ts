import type { FastifyRequest } from 'fastify';
import { bearerToken, isToken } from './auth.ts';
import { RequestError } from './request-error.ts';

/** Lets a request pass that carries the token of this server. */
export function requireToken(token: string): (request: FastifyRequest) => Promise<void> {
  return async (request) => {
    if (isToken(bearerToken(request.headers.authorization), token)) return;
    const message = 'send the ingest token of this server: "Authorization: Bearer <token>"';
    throw new RequestError(401, 'unauthorized', { message });
  };
}
