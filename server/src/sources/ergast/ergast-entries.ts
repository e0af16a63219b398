import type { Driver, Entry, Manifest } from '@pitboard/shared/protocol/manifest.ts';
import { cleanName, idOf } from '../import/names.ts';
import type { ErgastNames, ErgastRaceData } from './ergast-collector.ts';
import { codeOf } from './ergast-result.ts';

/** Who drove in a race, by driver, in order of the result, of the qualifying, of the laps. */
export type ErgastEntries = ReadonlyMap<string, Entry>;

/**
 * The cars of a race. Laps name drivers, not cars: the number stands in the result, else in the qualifying, else it is the
 * one that the driver chose; where no file has one, his code stands for it, or what else names him shortly.
 */
export function entriesOf(data: ErgastRaceData, names: ErgastNames, ids: Iterable<string>): ErgastEntries {
  const entries = new Map<string, Entry>();
  const taken = new Set<string>();
  for (const id of ids) {
    const listed = data.results.get(id) ?? data.sprint.get(id) ?? data.qualifying.get(id);
    const car = freeNumber([listed?.number, names.drivers.get(id)?.number, ...shortNames(id, names)], taken);
    taken.add(car);
    const team = cleanName(names.teams.get(listed?.team ?? '') ?? teamName(listed?.team) ?? '');
    entries.set(id, { car, drivers: [driverOf(id, names)], ...(team === undefined ? {} : { team }) });
  }
  return entries;
}

/** A constructor's name stands in a page of the interface; a table has its number. */
function teamName(text: string | undefined): string | undefined {
  return text === undefined || /^\d+$/.test(text) ? undefined : text;
}

function shortNames(id: string, { drivers }: ErgastNames): readonly (string | undefined)[] {
  const driver = drivers.get(id);
  const name = driver?.lastName ?? (/^\d+$/.test(id) ? undefined : id.split('_').at(-1));
  const letters = (name ?? '').normalize('NFKD').replace(/[^A-Za-z0-9]/g, '');
  return [codeOf(driver), letters === '' ? id.slice(0, 8) : letters.slice(0, 3).toUpperCase()];
}

function freeNumber(wanted: readonly (string | undefined)[], taken: ReadonlySet<string>): string {
  const free = wanted.find((text) => text !== undefined && !taken.has(text));
  if (free !== undefined) return free;
  let count = 2;
  const base = (wanted.find((text) => text !== undefined) ?? 'X').slice(0, 4);
  while (taken.has(`${base}-${count}`)) count++;
  return `${base}-${count}`;
}

function driverOf(id: string, { drivers }: ErgastNames): Driver {
  const driver = drivers.get(id);
  const code = codeOf(driver);
  return {
    id: idOf(driver?.ref ?? id) || `driver-${idOf(driver?.lastName ?? '') || 'x'}`.slice(0, 64),
    lastName: driver?.lastName ?? wordsOf(id),
    ...(driver?.firstName === undefined ? {} : { firstName: driver.firstName }),
    ...(driver?.nationality === undefined ? {} : { nationality: driver.nationality }),
    ...(code === undefined ? {} : { code }),
  };
}

/** `max_verstappen` → `Max Verstappen`, for want of a file of drivers. */
function wordsOf(id: string): string {
  const words = id.split(/[_.-]+/).map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`);
  return cleanName(/^\d+$/.test(id) ? `Driver ${id}` : words.join(' ')) ?? 'Unknown';
}

/** The grid by the result, 0 being the pit lane; else the qualifying's order, before penalties. */
export function gridOf(data: ErgastRaceData, entries: ErgastEntries): Pick<Manifest, 'grid' | 'gridNote'> {
  const carOf = (driver: string) => entries.get(driver)?.car ?? '';
  const stated = [...data.results.values()].filter(({ driver, grid = 0 }) => grid > 0 && carOf(driver) !== '');
  if (stated.length > 0) {
    return { grid: inOrder(stated.map(({ driver, grid = 0 }) => ({ car: carOf(driver), position: grid }))) };
  }
  const qualified = [...data.qualifying.values()].filter(({ driver }) => carOf(driver) !== '');
  if (qualified.length === 0) return { grid: [] };
  return {
    grid: inOrder(qualified.map(({ driver, position }) => ({ car: carOf(driver), position }))),
    gridNote: 'The order of the qualifying: penalties on the grid are not known.',
  };
}

function inOrder(slots: readonly { car: string; position: number }[]): Manifest['grid'] {
  return slots.filter(({ position }) => position <= 1000).toSorted((one, other) => one.position - other.position);
}
