import type { ImportedRace } from '../sources/import/imported-race.ts';

/**
 * The session that is meant: by its name, whatever its capitals, its number (from 1) or a part of the name; of several, and
 * where nothing is wanted, the last one with laps. `undefined` where none is called so.
 */
export function chooseSession(races: readonly ImportedRace[], wanted?: string): ImportedRace | undefined {
  const lastOf = (matching: readonly ImportedRace[]) => matching.findLast(hasLaps) ?? matching.at(-1);
  if (wanted === undefined) return lastOf(races);
  const name = wanted.trim().toLowerCase();
  const called = (matches: (each: string) => boolean) => lastOf(races.filter((race) => namesOf(race).some(matches)));
  const numbered = /^\d{1,4}$/.test(name) ? races[Number(name) - 1] : undefined;
  return called((each) => each === name) ?? numbered ?? called((each) => each.includes(name));
}

function namesOf(race: ImportedRace): readonly string[] {
  const { session, kind } = race.manifest;
  return [session, kind, sessionLabel(race)].map((name) => name.toLowerCase());
}

/** `Invented 500, Race 2`. */
export function sessionLabel({ manifest: { event, session } }: ImportedRace): string {
  return `${event}, ${session}`;
}

function hasLaps({ manifest, events }: ImportedRace): boolean {
  const finish = manifest.circuit.loops[0]?.id;
  return events.some((event) => event.type === 'passing' && event.loop === finish && event.lapNumber !== 0);
}
