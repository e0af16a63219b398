import type { ImportedRace } from '../sources/import/imported-race.ts';

/** A list of fastest laps beside the files of a race reads like a session of a few laps. */
const LEAST_SHARE = 0.02;

/**
 * The session that is meant: by its name, whatever its capitals, its number (from 1) or a part of the name; of several, and
 * where nothing is wanted, the last one with laps. `undefined` where none is called so.
 */
export function chooseSession(races: readonly ImportedRace[], wanted?: string): ImportedRace | undefined {
  const laps = new Map(races.map((race) => [race, countLaps(race)]));
  const most = Math.max(0, ...laps.values());
  const hasLaps = (race: ImportedRace) => (laps.get(race) ?? 0) > most * LEAST_SHARE;
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

function countLaps({ manifest, events }: ImportedRace): number {
  const finish = manifest.circuit.loops[0]?.id;
  return events.filter((event) => event.type === 'passing' && event.loop === finish && event.lapNumber !== 0).length;
}
