import type { FeedProtocol } from './feed.ts';

/** Where a feed is reached, and how it is read. */
export type FeedAddress = { readonly url: URL; readonly protocol: FeedProtocol };

/** An address that names no feed; the message says what would. */
export class FeedAddressError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FeedAddressError';
  }
}

/** @throws {FeedAddressError} */
export function parseFeedAddress(text: string, protocols: readonly FeedProtocol[]): FeedAddress {
  const given = text.trim();
  const shown = given.length > 80 ? `${given.slice(0, 80)}…` : given;
  if (!URL.canParse(given) || /[\p{Cc}\s]/u.test(given)) {
    throw new FeedAddressError(`"${shown}" is no address; ${known(protocols)}`);
  }
  const url = new URL(given);
  const protocol = protocols.find(({ schemes }) => schemes.includes(url.protocol));
  if (protocol === undefined)
    throw new FeedAddressError(`nothing here listens to "${url.protocol}"; ${known(protocols)}`);
  // A feed of which there is only one needs no computer in its address.
  const needsComputer = new URL(protocol.example).hostname !== '';
  if (needsComputer && url.hostname === '')
    throw new FeedAddressError(`"${shown}" names no computer; write it like ${protocol.example}`);
  return { url, protocol };
}

/** Whether two addresses are one feed, however they are written: capitals, the usual port, a slash at the end. */
export function sameFeed(one: FeedAddress, other: FeedAddress): boolean {
  return one.protocol === other.protocol && placeOf(one) === placeOf(other);
}

function placeOf({ url, protocol }: FeedAddress): string {
  const { protocol: scheme, hostname, port, pathname, search } = url;
  // An address with the scheme of another protocol inside, like timing71+ws, has the usual port of that one.
  const usualPort = scheme.includes('+') ? '' : new URL(protocol.example).port;
  return `${scheme}//${hostname.toLowerCase()}:${port || usualPort}${pathname.replace(/\/$/, '')}${search}`;
}

function known(protocols: readonly FeedProtocol[]): string {
  return `known are ${protocols.map(({ title, example }) => `${title}, like ${example}`).join('; ')}`;
}
