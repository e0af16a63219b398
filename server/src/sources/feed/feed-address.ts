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

function known(protocols: readonly FeedProtocol[]): string {
  return `known are ${protocols.map(({ title, example }) => `${title}, like ${example}`).join('; ')}`;
}
