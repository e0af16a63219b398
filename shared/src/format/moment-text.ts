import type { Moment } from '../analysis/moment.ts';
import type { Driver, Manifest } from '../protocol/manifest.ts';
import { entryIndexes } from '../race/race-view.ts';
import { driverFullName } from './driver-name.ts';
import type { Locale } from './flag-words.ts';
import { tellGerman } from './moment-text-de.ts';
import { tellEnglish } from './moment-text-en.ts';
import type { Names } from './moment-words.ts';

/** One sentence that a commentator could read out. */
export function momentText(moment: Moment, manifest: Manifest, locale: Locale): string {
  let names = namesBy.get(manifest);
  if (names === undefined) {
    names = namesOf(manifest);
    namesBy.set(manifest, names);
  }
  return locale === 'de' ? tellGerman(moment, names) : tellEnglish(moment, names);
}

const namesBy = new WeakMap<Manifest, Names>();

/** A crew of more than this is not read out. */
const MOST_READ_OUT = 3;

function namesOf(manifest: Manifest): Names {
  const car = (number: string) => `#${number}`;
  const bearers = new Map<string, Set<string>>();
  for (const { drivers } of manifest.entries) {
    for (const { id, lastName } of drivers) bearers.set(lastName, (bearers.get(lastName) ?? new Set()).add(id));
  }
  // Namesakes are told apart by their first names.
  const nameOf = (driver: Driver) =>
    (bearers.get(driver.lastName)?.size ?? 0) > 1 ? driverFullName(driver) : driver.lastName;
  const entryOf = (number: string) => manifest.entries[entryIndexes(manifest).get(number) ?? -1];
  return {
    car,
    driver: (driver, number) => {
      const known = entryOf(number)?.drivers.find(({ id }) => id === driver);
      return known === undefined ? car(number) : nameOf(known);
    },
    crew: (number) => {
      const crew = entryOf(number)?.drivers ?? [];
      if (crew.length === 0 || crew.length > MOST_READ_OUT) return car(number);
      return `${car(number)} (${crew.map(nameOf).join('/')})`;
    },
  };
}
