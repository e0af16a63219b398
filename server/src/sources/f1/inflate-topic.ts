import { inflateRawSync } from 'node:zlib';

/** The positions of a field over a few seconds are some kilobytes. */
const MOST_BYTES = 1_000_000;

/** What a topic that ends in `.z` holds: base64 of raw deflate of JSON. `undefined` where it is none, or too large. */
export function inflateTopic(packed: unknown): unknown {
  if (typeof packed !== 'string') return undefined;
  try {
    const bytes = inflateRawSync(Buffer.from(packed, 'base64'), { maxOutputLength: MOST_BYTES });
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
