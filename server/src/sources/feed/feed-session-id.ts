import { createHash } from 'node:crypto';
import type { SessionId } from '@pitboard/shared/domain/names.ts';

const LONGEST_ID = 64;
const HASH_LENGTH = 8;

/**
 * Names the session of a feed, the same each time: the source, then the feed's own key as far as it can be written in an
 * id. What cannot be is told apart by a hash.
 */
export function feedSessionId(source: string, key: string): SessionId {
  const readable = idPart(key);
  const id = readable === '' ? source : `${source}-${readable}`;
  const isWhole = id.length <= LONGEST_ID && readable !== '' && /^[\w .:/-]*$/.test(key);
  if (isWhole) return id;
  const hash = createHash('sha256').update(key).digest('hex').slice(0, HASH_LENGTH);
  return `${id.slice(0, LONGEST_ID - HASH_LENGTH - 1).replace(/-+$/, '')}-${hash}`;
}

/** A text as a part of an id: lower case, words tied by dashes. */
export function idPart(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
}
