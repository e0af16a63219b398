import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import type { Driver, Entry } from '@pitboard/shared/protocol/manifest.ts';
import { idOf } from '../import/names.ts';
import { carOf, cleanText, type SessionScope } from './session-scope.ts';
import { type Tree, textAt } from './state-tree.ts';

const MOST_CARS = 120;
const LONGEST_NAME = 120;

/** The cars of a session, each told when it becomes known and again when more is known of it. */
export function createEntries(scope: SessionScope) {
  const told = new Map<CarNumber, string>();
  const tell = (entry: Entry, atMs: number): void => {
    const text = JSON.stringify(entry);
    if (told.get(entry.car) === text) return;
    told.set(entry.car, text);
    scope.emit({ type: 'entry-updated', atMs, entry });
  };
  const admits = (car: CarNumber) => told.has(car) || told.size < MOST_CARS;
  return {
    /** The list of drivers was told, or parts of it. */
    take(list: Tree, atMs: number): void {
      for (const [key, row] of list) {
        const car = carOf(key);
        if (car !== undefined && row instanceof Map && admits(car)) tell(entryOf(car, row), atMs);
      }
    },
    /** A car that drivers or timing have named. */
    knows: (car: CarNumber): boolean => told.has(car),
    /** Every one of them, as they came. */
    cars: (): readonly CarNumber[] => [...told.keys()],
    /** True for a car that takes part; one that is not known yet is entered by its number alone. */
    enter(car: CarNumber, atMs: number): boolean {
      if (!admits(car)) return false;
      if (!told.has(car)) tell({ car, drivers: [] }, atMs);
      return true;
    },
  };
}
export type Entries = ReturnType<typeof createEntries>;

function entryOf(car: CarNumber, row: Tree): Entry {
  const team = cleanText(textAt(row, 'TeamName'), LONGEST_NAME);
  const colour = textAt(row, 'TeamColour').replace(/^#/, '');
  const driver = driverOf(row);
  return {
    car,
    ...(team === undefined ? {} : { team }),
    ...(/^[0-9a-fA-F]{6}$/.test(colour) ? { colour: `#${colour}` } : {}),
    drivers: driver === undefined ? [] : [driver],
    ...(driver === undefined ? {} : { startingDriver: driver.id }),
  };
}

function driverOf(row: Tree): Driver | undefined {
  const code = textAt(row, 'Tla').toUpperCase();
  const [firstName, last] = namesOf(row);
  const lastName = last ?? cleanText(textAt(row, 'BroadcastName'), LONGEST_NAME) ?? (code === '' ? undefined : code);
  if (lastName === undefined) return undefined;
  const id = idOf(`${firstName ?? ''} ${lastName}`).toLowerCase();
  const nationality = cleanText(textAt(row, 'CountryCode'), LONGEST_NAME);
  if (id === '') return undefined;
  return {
    id,
    ...(firstName === undefined ? {} : { firstName }),
    lastName: cleanText(lastName, LONGEST_NAME) ?? id,
    ...(/^[A-Z0-9]{2,4}$/.test(code) ? { code } : {}),
    ...(nationality === undefined ? {} : { nationality }),
  };
}

/** First and last name; older lists have the whole name alone, the last one in capitals. */
function namesOf(row: Tree): readonly [string | undefined, string | undefined] {
  const last = cleanText(textAt(row, 'LastName'), LONGEST_NAME);
  if (last !== undefined) return [cleanText(textAt(row, 'FirstName'), LONGEST_NAME), last];
  const words = textAt(row, 'FullName').split(/\s+/);
  const split = words.findIndex((word, index) => index > 0 && word.length > 1 && word === word.toUpperCase());
  const at = split < 0 ? words.length - 1 : split;
  return [words.slice(0, at), words.slice(at)].map((part) => cleanText(part.join(' '), LONGEST_NAME)) as [
    string | undefined,
    string | undefined,
  ];
}
