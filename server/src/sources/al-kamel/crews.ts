import type { Driver, Entry } from '@pitboard/shared/protocol/manifest.ts';
import { cleanName, idOf, splitName } from '../import/names.ts';
import type { LapRow } from './lap-row.ts';
import type { ResultDriver, ResultRow } from './result-row.ts';

const CATEGORIES = ['platinum', 'gold', 'silver', 'bronze'] as const;
const MOST_DRIVERS = 10;

/** Who drove which lap of a car; `undefined` where a lap names nobody. */
export type CrewIds = (lap: LapRow) => string | undefined;

/**
 * Drivers of a car are told apart by their number, whatever becomes of the spelling, else by name. The name is the first
 * that stands with the number, else that of the result's driver of that number.
 */
export function crewIdsOf(laps: readonly LapRow[], official: readonly ResultDriver[] = []): CrewIds {
  const ids = new Map<string, string>();
  const taken = new Set<string>();
  for (const lap of laps) {
    const key = keyOf(lap);
    const name = idOf(lap.driverName).toLowerCase();
    if (key === '' || name === '' || ids.has(key)) continue;
    ids.set(key, taken.has(name) ? `${name}-${key}`.slice(-64).replace(/^[^a-z0-9]+/, '') : name);
    taken.add(name);
  }
  for (const [index, stated] of official.entries()) {
    const [key, name] = [String(index + 1), nameIdOf(stated)];
    if (name === '' || ids.has(key) || taken.has(name)) continue;
    ids.set(key, name);
    taken.add(name);
  }
  return (lap) => {
    const key = keyOf(lap);
    return ids.get(key) ?? (key === '' ? undefined : `${idOf(lap.car) || 'car'}-driver-${key}`.slice(0, 64));
  };
}

function keyOf({ driverNumber, driverName }: LapRow): string {
  return idOf(driverNumber) || idOf(driverName).toLowerCase();
}

type EntryParts = {
  readonly car: string;
  readonly laps: readonly LapRow[];
  readonly result: ResultRow | undefined;
  /** The cars of this session do not all drive on the same tyres. */
  readonly hasTyreMakes: boolean;
};

/** The entry of a car, from its laps and from the official result, where either knows it. */
export function entryOf({ car, laps, result, hasTyreMakes }: EntryParts): Entry {
  const first = (text: (lap: LapRow) => string) => cleanName(laps.map(text).find((value) => value !== '') ?? '');
  const team = first((lap) => lap.team) ?? cleanName(result?.team ?? '');
  const make = first((lap) => lap.make);
  const model = modelOf(result?.vehicle ?? '', make);
  const classId = idOf(first((lap) => lap.class) ?? result?.class ?? '');
  const tyres = hasTyreMakes ? tyreMakeOf(result?.tyres ?? '') : undefined;
  const idOfDriver = crewIdsOf(laps, result?.drivers);
  const startingDriver = laps[0] === undefined ? undefined : idOfDriver(laps[0]);
  return {
    car,
    drivers: crewOf(laps, idOfDriver, result?.drivers ?? []),
    ...(team === undefined ? {} : { team }),
    ...(make === undefined ? {} : { make }),
    ...(model === undefined ? {} : { model }),
    ...(classId === '' ? {} : { class: classId }),
    ...(startingDriver === undefined ? {} : { startingDriver }),
    ...(tyres === undefined ? {} : { note: `Tyres: ${tyres}` }),
  };
}

/** The letters by which the timing company names makes of tyres. */
const TYRE_MAKES: Readonly<Record<string, string>> = {
  D: 'Dunlop',
  G: 'Goodyear',
  H: 'Hankook',
  M: 'Michelin',
  P: 'Pirelli',
  Y: 'Yokohama',
};

function tyreMakeOf(code: string): string | undefined {
  return Object.hasOwn(TYRE_MAKES, code) ? TYRE_MAKES[code] : cleanName(code);
}

function modelOf(vehicle: string, make: string | undefined): string | undefined {
  const repeatsMake = make !== undefined && vehicle.toLowerCase().startsWith(`${make.toLowerCase()} `);
  return cleanName(repeatsMake ? vehicle.slice(make.length) : vehicle);
}

function crewOf(laps: readonly LapRow[], idOfDriver: CrewIds, official: readonly ResultDriver[]): Driver[] {
  const crew = new Map<string, Driver>();
  const byNumber = laps.toSorted((one, other) => Number(one.driverNumber) - Number(other.driverNumber));
  for (const lap of byNumber) {
    const id = idOfDriver(lap);
    if (id === undefined || crew.has(id)) continue;
    const named = official.find((stated) => nameIdOf(stated) === id);
    const { firstName, lastName } = named ?? splitName(lap.driverName);
    crew.set(
      id,
      driver(id, { firstName, lastName: lastName || `Driver ${lap.driverNumber}`, category: '', country: '' }),
    );
  }
  const ids = new Map(byNumber.map((lap) => [lap.driverNumber, idOfDriver(lap) ?? '']));
  const named = new Set(official.map(nameIdOf));
  for (const [index, stated] of official.entries()) {
    const [id, drivenId] = [nameIdOf(stated), ids.get(String(index + 1)) ?? ''];
    const driven = crew.has(id) || named.has(drivenId) ? undefined : crew.get(drivenId);
    if (driven !== undefined && isSpeltOtherwise(driven, stated)) {
      const { firstName = '', lastName } = driven;
      crew.set(drivenId, driver(drivenId, { ...stated, firstName, lastName }));
    } else if (id !== '') {
      crew.set(id, driver(id, stated));
    }
  }
  return [...crew.values()].slice(0, MOST_DRIVERS);
}

function nameIdOf({ firstName, lastName }: ResultDriver): string {
  return idOf(`${firstName} ${lastName}`).toLowerCase();
}

/** `Seb Fair` and `Sebastian Fair`, who have the same number in the crew. */
function isSpeltOtherwise({ firstName = '', lastName }: Driver, stated: ResultDriver): boolean {
  const isSame = (one: string, other: string) =>
    idOf(one) !== '' && idOf(one.toLowerCase()) === idOf(other.toLowerCase());
  return isSame(firstName, stated.firstName) || isSame(lastName, stated.lastName);
}

function driver(id: string, { firstName, lastName, category, country }: ResultDriver): Driver {
  const known = CATEGORIES.find((name) => name === category.toLowerCase());
  const [first, nationality] = [cleanName(firstName), cleanName(country)];
  return {
    id,
    lastName: cleanName(lastName) ?? id,
    ...(first === undefined ? {} : { firstName: first }),
    ...(nationality === undefined ? {} : { nationality }),
    ...(known === undefined ? {} : { category: known }),
  };
}
