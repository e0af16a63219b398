import type { RaceFact, RaceFactOf } from '@pitboard/shared/protocol/race-event.ts';
import type { ControlEvent } from './control-sheet.ts';
import { flagOf } from './flag-codes.ts';
import type { LapRow } from './lap-row.ts';

export type FlagChanges = {
  readonly facts: readonly RaceFact[];
  /** The first crossing under the chequered flag, else when the sheet of flags shows it. */
  readonly chequeredMs: number | undefined;
  /** Codes that are not known; they change no flag. */
  readonly unknown: readonly string[];
  /** Race control wrote them down; else they are as far as crossings of the line tell. */
  readonly isFromSheet: boolean;
};

type FlagFact = RaceFactOf<'flag-changed'>;

/** What flags were shown. Where the sheet of race control tells any, those; but the chequered one fell with the winner. */
export function findFlagChanges(byTime: readonly LapRow[], control: readonly ControlEvent[]): FlagChanges {
  const { changes, unknown } = findSeenFlags(byTime);
  const seen = changes.at(-1)?.flag === 'chequered' ? changes.at(-1) : undefined;
  const stated = control.flatMap((event): FlagFact[] => {
    if (event.kind !== 'flag') return [];
    const { atMs, flag, sector } = event;
    return [{ type: 'flag-changed', atMs, flag, ...(sector === undefined ? {} : { sector }) }];
  });
  const isFromSheet = stated.some(({ sector }) => sector === undefined);
  if (!isFromSheet) return { facts: [...stated, ...changes], chequeredMs: seen?.atMs, unknown, isFromSheet };
  const chequered = seen ?? stated.find(({ flag, sector }) => flag === 'chequered' && sector === undefined);
  const endMs = chequered?.atMs ?? Number.POSITIVE_INFINITY;
  const before = stated.filter(({ atMs, flag }) => atMs < endMs && flag !== 'chequered');
  const facts = chequered === undefined ? before : [...before, chequered];
  return { facts, chequeredMs: chequered?.atMs, unknown, isFromSheet };
}

/** Each flag from the first crossing that saw it on, that of the first crossing from the start. */
function findSeenFlags(byTime: readonly LapRow[]): { readonly changes: FlagFact[]; readonly unknown: string[] } {
  const changes: FlagFact[] = [];
  const unknown = new Set<string>();
  for (const { flag: code, endMs } of byTime) {
    const flag = flagOf(code);
    if (flag === undefined) {
      if (code !== '') unknown.add(code.slice(0, 20));
      continue;
    }
    const shown = changes.at(-1)?.flag;
    if (flag === shown || shown === 'chequered') continue;
    const atMs = changes.length === 0 && flag !== 'chequered' ? 0 : endMs;
    changes.push({ type: 'flag-changed', atMs, flag });
  }
  return { changes, unknown: [...unknown] };
}
