import type { IncomingMessage } from 'node:http';

/**
 * True for a request that no browser sent on behalf of a strange web page: without an origin, from this server's own
 * pages, or from an origin that the operator allows.
 */
export function isAllowedOrigin(request: Pick<IncomingMessage, 'headers'>, allowed: readonly string[]): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined || allowed.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
