import type { CarNumber, DriverId } from '@pitboard/shared/domain/names.ts';
import { driverFullName } from '@pitboard/shared/format/driver-name.ts';
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
      return known === undefined ? undefined : driverFullName(known);
    },
  };
}
