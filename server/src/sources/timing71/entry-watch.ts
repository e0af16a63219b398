import type { Driver, Entry } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { idOf, splitName } from '../import/names.ts';
import type { CarRow } from './car-row.ts';

const CATEGORIES = ['platinum', 'gold', 'silver', 'bronze'] as const;
const MOST_DRIVERS = 10;
/** A service whose texts flicker more often than this is not worth listening to. */
const MOST_UPDATES = 50;

/** Who and what one car is: its class, team and crew, as the screen comes to show them. */
export class EntryWatch {
  readonly #crew = new Map<string, Driver>();
  #entry: Entry;
  #driver: string | undefined;
  #shownName = '';
  #shownClass = '';
  #classId = '';
  #updates = 0;

  constructor(car: string) {
    this.#entry = { car, drivers: [] };
  }

  /** The driver at the wheel. */
  get driver(): string | undefined {
    return this.#driver;
  }

  take(row: CarRow, atMs: number, facts: RaceFact[]): void {
    const isNewDriver = row.driver !== '' && row.driver !== this.#shownName;
    const driver = isNewDriver ? this.#driverOf(row) : undefined;
    if (isNewDriver) this.#shownName = row.driver;
    const entry = this.#entryOf(row, driver?.id);
    if (entry !== this.#entry && this.#updates < MOST_UPDATES) {
      this.#updates++;
      this.#entry = entry;
      facts.push({ type: 'entry-updated', atMs, entry });
    }
    if (driver === undefined || driver.id === this.#driver) return;
    if (this.#driver !== undefined) facts.push({ type: 'driver-changed', atMs, car: row.car, driver: driver.id });
    this.#driver = driver.id;
  }

  /** The same object where nothing is new. What became blank keeps its value. */
  #entryOf(row: CarRow, driver: string | undefined): Entry {
    const { team, model, drivers, startingDriver } = this.#entry;
    const classId = this.#classIdOf(row.class);
    const isSame =
      (row.team === '' || row.team === team) &&
      (row.model === '' || row.model === model) &&
      (classId === '' || classId === this.#entry.class) &&
      drivers.length === this.#crew.size;
    if (isSame && this.#updates > 0) return this.#entry;
    const starting = startingDriver ?? driver;
    return {
      ...this.#entry,
      drivers: [...this.#crew.values()],
      ...(row.team === '' ? {} : { team: row.team }),
      ...(row.model === '' ? {} : { model: row.model }),
      ...(classId === '' ? {} : { class: classId }),
      ...(starting === undefined ? {} : { startingDriver: starting }),
    };
  }

  /** A text is made an id once, not each second. */
  #classIdOf(name: string): string {
    if (name !== this.#shownClass) this.#classId = classIdOf(name);
    this.#shownClass = name;
    return this.#classId;
  }

  #driverOf({ car, driver: name, ranking }: CarRow): Driver | undefined {
    const id = idOf(name).toLowerCase() || `${idOf(car) || 'car'}-driver-${this.#crew.size + 1}`;
    const known = this.#crew.get(id);
    if (known !== undefined || this.#crew.size >= MOST_DRIVERS) return known;
    const { firstName, lastName } = partsOf(name);
    const category = CATEGORIES.find((each) => each === ranking.toLowerCase() || each[0] === ranking.toLowerCase());
    const driver = {
      id,
      lastName: lastName || name,
      ...(firstName === '' ? {} : { firstName }),
      ...(category === undefined ? {} : { category }),
    };
    this.#crew.set(id, driver);
    return driver;
  }
}

/** A class by its name; '' where no letter is left. */
export function classIdOf(name: string): string {
  return idOf(name);
}

/** `ROWE, Ida`, `Ida ROWE`, `Ida Rowe`. */
function partsOf(name: string): { readonly firstName: string; readonly lastName: string } {
  const [last = '', first] = name.split(',').map((part) => part.trim());
  return first === undefined ? splitName(name) : { firstName: first, lastName: last };
}
