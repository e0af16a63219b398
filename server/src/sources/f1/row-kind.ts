import type { SessionKind } from '@pitboard/shared/domain/status.ts';
import { type Tree, textAt, treeAt } from './state-tree.ts';

/** The kind of session that rows of `TimingData` are of, by what they hold; `undefined` where they leave it open. */
export function kindOfRows(change: Tree): SessionKind | undefined {
  if ((Number(textAt(change, 'SessionPart')) || 0) > 0) return 'qualifying';
  for (const row of treeAt(change, 'Lines').values()) {
    if (!(row instanceof Map)) continue;
    if (row.has('KnockedOut') || row.has('Stats')) return 'qualifying';
    if (row.has('TimeDiffToFastest') || row.has('TimeDiffToPositionAhead')) return 'practice';
  }
  return undefined;
}

/** A change, not a whole row, in which a car ends a lap. */
export function isDriven(delta: ReadonlyMap<string, unknown>): boolean {
  return [...delta.values()].some((row) => row instanceof Map && row.has('NumberOfLaps') && !row.has('RacingNumber'));
}
