import { createHash } from 'node:crypto';
import { parseManifest, parseRaceFact } from '@pitboard/shared/protocol/parse.ts';
import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import { type ImportedRace, NoRaceError } from './imported-race.ts';

/** A race that may be stored: every part of it has passed its schema. */
export type CheckedRace = ImportedRace & {
  /** The same for the same race, whatever files it came in. */
  readonly contentId: string;
};

/**
 * Checks what a format made of files, before it is stored for good.
 * @throws {NoRaceError} when the format is at fault
 */
export function checkRace({ manifest, events }: ImportedRace): CheckedRace {
  const checked = parseManifest(manifest);
  if (!checked.ok) throw new NoRaceError(`the race cannot be kept: ${checked.problem}`);
  const hash = createHash('sha256').update(JSON.stringify(checked.value));
  const kept = events.map((event): RaceEvent => {
    const { seq, ...fact } = event;
    const parsed = parseRaceFact(fact);
    if (!parsed.ok) throw new NoRaceError(`the race cannot be kept: event ${seq}: ${parsed.problem}`);
    const line = { seq, ...parsed.value };
    hash.update(JSON.stringify(line));
    return line;
  });
  return { manifest: checked.value, events: kept, contentId: hash.digest('hex').slice(0, 32) };
}
