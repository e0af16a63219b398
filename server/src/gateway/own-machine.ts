import type { IncomingMessage } from 'node:http';

/** What proxies add: a request that came through one is not from this machine, whatever its address says. */
const FORWARDING = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'];

/**
 * True for a request that a person on this machine makes, with a program or on a page of this server. An address of
 * this machine alone proves nothing: any web page that is open here sends from it. So the host must be a name that
 * only this machine answers to (a strange name that was turned to point here, as in DNS rebinding, stays in `Host`),
 * the origin, which browsers send with every change, must be this server itself (another page stays in `Origin`), and
 * no proxy may have passed it on.
 */
export function isFromOwnMachine({ headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>): boolean {
  const { host, origin } = headers;
  const site = headers['sec-fetch-site'];
  return (
    isLoopbackAddress(socket.remoteAddress) &&
    isLoopbackHost(host) &&
    (origin === undefined || origin === `http://${host}` || origin === `https://${host}`) &&
    (site === undefined || site === 'same-origin' || site === 'none') &&
    FORWARDING.every((name) => headers[name] === undefined)
  );
}

function isLoopbackAddress(address: string | undefined): boolean {
  return address !== undefined && (address === '::1' || /^(?:::ffff:)?127\.\d+\.\d+\.\d+$/.test(address));
}

function isLoopbackHost(host: string | undefined): boolean {
  return host !== undefined && /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/i.test(host);
}
