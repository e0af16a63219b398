import type { StampedLine } from './f1-lines.ts';
import { unpackData } from './packed-data.ts';
import { createMergedState, textAt } from './state-tree.ts';

/** What tells a session from the next one; '' for what is not told. */
type SessionName = { readonly key: string; readonly path: string };

/** Messages by session: who listens for a whole day hears several. In order, as the feed names them one after the other. */
export function splitSessions(lines: readonly StampedLine[]): readonly (readonly StampedLine[])[] {
  const parts: StampedLine[][] = [[]];
  let name: SessionName = { key: '', path: '' };
  for (const line of lines) {
    if (line.topic === 'SessionInfo') {
      const next = nameOf(line);
      const isAnother = isOther(next, name);
      if (isAnother) parts.push([]);
      name = isAnother ? next : { key: next.key || name.key, path: next.path || name.path };
    }
    parts.at(-1)?.push(line);
  }
  return parts;
}

function nameOf({ packed }: StampedLine): SessionName {
  const { tree, merge } = createMergedState();
  merge(unpackData(packed));
  return { key: textAt(tree, 'Key'), path: textAt(tree, 'Path') };
}

/** By its key where both have one, for the path may become known late. */
function isOther(next: SessionName, last: SessionName): boolean {
  if (next.key !== '' && last.key !== '') return next.key !== last.key;
  return next.path !== '' && last.path !== '' && next.path !== last.path;
}
