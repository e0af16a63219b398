import type { Driver, Entry } from '@pitboard/shared/protocol/manifest.ts';
import { carNumberSchema } from '@pitboard/shared/protocol/scalars.ts';
import { idOf, splitName } from '../import/names.ts';
import type { TableRow } from './table-row.ts';

const MOST_DRIVERS = 10;

/** A car of a table, and who drove it. */
export type TableCompetitor = {
  readonly car: string;
  readonly entry: Entry;
  readonly classId: string | undefined;
  readonly className: string | undefined;
  /** The id of a driver by the name in a line; `undefined` where it names none of the crew. */
  readonly driverOf: (name: string | undefined) => string | undefined;
};

/** The cars of a table by what names them in it, in order of their first lines. */
export function tableCompetitors(rows: readonly TableRow[]): ReadonlyMap<string, TableCompetitor> {
  const byName = new Map<string, TableRow[]>();
  for (const row of rows) {
    const own = byName.get(row.competitor) ?? [];
    byName.set(row.competitor, own);
    own.push(row);
  }
  const taken = new Set([...byName.keys()].filter(isCarNumber));
  const competitors = new Map<string, TableCompetitor>();
  for (const [name, own] of byName) {
    const car = isCarNumber(name) ? name : shortNumber(name, taken);
    taken.add(car);
    competitors.set(name, competitorOf(car, own));
  }
  return competitors;
}

function isCarNumber(name: string): boolean {
  return carNumberSchema.safeParse(name).success;
}

/** A car that is known by its driver alone is called by three letters of the last name. */
function shortNumber(name: string, taken: ReadonlySet<string>): string {
  const words = name.split(/\s+/);
  const last = splitName(name).lastName || (words.at(-1) ?? '');
  const letters =
    last
      .normalize('NFKD')
      .replace(/[^A-Za-z0-9]/g, '')
      .slice(0, 3)
      .toUpperCase() || 'CAR';
  if (!taken.has(letters)) return letters;
  let count = 2;
  while (taken.has(`${letters}${count}`)) count++;
  return `${letters}${count}`;
}

function competitorOf(car: string, rows: readonly TableRow[]): TableCompetitor {
  const crew = crewOf(car, rows);
  const first = <T>(read: (row: TableRow) => T | undefined): T | undefined => {
    for (const row of rows) {
      const value = read(row);
      if (value !== undefined) return value;
    }
    return undefined;
  };
  const [team, make, model] = [first((row) => row.team), first((row) => row.make), first((row) => row.model)];
  const className = first((row) => row.class);
  const classId = idOf(className ?? '') || undefined;
  const startingDriver = crew.get(rows[0]?.driver ?? '')?.id;
  return {
    car,
    classId,
    className,
    driverOf: (name) => (name === undefined ? undefined : crew.get(name)?.id),
    entry: {
      car,
      drivers: [...new Map([...crew.values()].map((driver) => [driver.id, driver])).values()],
      ...(team === undefined ? {} : { team }),
      ...(make === undefined ? {} : { make }),
      ...(model === undefined || model === car ? {} : { model }),
      ...(classId === undefined ? {} : { class: classId }),
      ...(startingDriver === undefined ? {} : { startingDriver }),
    },
  };
}

function crewOf(car: string, rows: readonly TableRow[]): ReadonlyMap<string, Driver> {
  const crew = new Map<string, Driver>();
  for (const { driver: name } of rows) {
    if (name === undefined || crew.has(name) || crew.size === MOST_DRIVERS) continue;
    const { firstName, lastName } = namesOf(name);
    const id = idOf(name).toLowerCase() || `${idOf(car) || 'car'}-driver-${crew.size + 1}`;
    const code = /^[A-Z]{3}$/.test(name) ? { code: name } : {};
    crew.set(name, { id, lastName: lastName || name, ...(firstName === '' ? {} : { firstName }), ...code });
  }
  return crew;
}

/** `Lee, Ann` or `Ann LEE`. */
function namesOf(name: string): { readonly firstName: string; readonly lastName: string } {
  const [lastName = '', firstName, ...more] = name.split(/,\s+/);
  return firstName === undefined || more.length > 0 || lastName === '' ? splitName(name) : { firstName, lastName };
}
