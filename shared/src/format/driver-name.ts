import type { DriverId } from '../domain/names.ts';
import type { Driver, Entry } from '../protocol/manifest.ts';

/** The driver of an entry; `undefined` when the id is not in its crew. */
export function driverOf(entry: Entry | undefined, driver: DriverId | undefined): Driver | undefined {
  return driver === undefined ? undefined : entry?.drivers.find((candidate) => candidate.id === driver);
}

/** Surname in capitals as a timing screen shows it; the first of the crew, or the car, where nobody is known. */
export function driverLabel(entry: Entry | undefined, driver: DriverId | undefined): string {
  const known = driverOf(entry, driver) ?? entry?.drivers[0];
  return known === undefined ? `#${entry?.car ?? '?'}` : known.lastName.toLocaleUpperCase('en');
}

/** Surname as it is written: `Vanthoor`. */
export function driverSurname(entry: Entry | undefined, driver: DriverId | undefined): string {
  return (driverOf(entry, driver) ?? entry?.drivers[0])?.lastName ?? `#${entry?.car ?? '?'}`;
}

/** `Laurens Vanthoor`. */
export function driverFullName(driver: Driver): string {
  return driver.firstName === undefined ? driver.lastName : `${driver.firstName} ${driver.lastName}`;
}
