import type { CarNumber, DriverId } from '@pitboard/shared/domain/names.ts';
import { driverFullName } from '@pitboard/shared/format/driver-name.ts';
import type { Driver } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceState } from '@pitboard/shared/race/race-state.ts';
import { entryOf } from '@pitboard/shared/race/race-view.ts';

/** The words that a car was entered with. */
export type CrewWords = {
  /** Of its class, as written. */
  readonly className: string | undefined;
  /** First and last name; nobody is named where several may have driven. */
  nameOf(driver: DriverId | undefined): string | undefined;
};

export function crewWords(state: RaceState, car: CarNumber): CrewWords {
  const entry = entryOf(state, car);
  const drivers = entry?.drivers ?? [];
  return {
    className: state.manifest.classes.find(({ id }) => id === entry?.class)?.name ?? entry?.class,
    nameOf: (driver) => {
      const known = drivers.find(({ id }) => id === driver) ?? (drivers.length === 1 ? drivers[0] : undefined);
      return known === undefined || isNameless(known) ? undefined : driverFullName(known);
    },
  };
}

/** Files that number the drivers of a crew without naming them give `Driver 2`. */
function isNameless({ firstName, lastName }: Driver): boolean {
  return firstName === undefined && /^Driver \d+$/.test(lastName);
}
