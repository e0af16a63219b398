import { entriesOf } from './state-tree.ts';

/** Mini-sectors are most of what the feed says, and nothing here reads them. */
const UNREAD_KEY = 'Segments';
const DEEPEST = 32;

/**
 * Data as JSON text, without what nobody reads: a whole race is kept before it can be sorted, and text is a tenth of what
 * objects take. `undefined` where nothing is left.
 */
export function packData(data: unknown): string | undefined {
  const read = readPart(data, 0);
  return read === undefined ? undefined : JSON.stringify(read);
}

export function unpackData(packed: string): unknown {
  return JSON.parse(packed);
}

function readPart(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value ?? null;
  if (depth >= DEEPEST) return undefined;
  if (Array.isArray(value)) return value.map((each) => readPart(each, depth + 1) ?? {});
  const entries = entriesOf(value);
  const kept: Record<string, unknown> = Object.create(null);
  let count = 0;
  for (const [key, each] of entries) {
    const part = key === UNREAD_KEY ? undefined : readPart(each, depth + 1);
    if (part === undefined) continue;
    kept[key] = part;
    count++;
  }
  return count === 0 && entries.length > 0 ? undefined : kept;
}
