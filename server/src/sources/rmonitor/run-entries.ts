import type { Entry } from '@pitboard/shared/protocol/manifest.ts';
import { driverAlone, entryOf, type RunCar, type RunCars } from './run-cars.ts';
import type { RunTables } from './run-tables.ts';
import type { Tell } from './told-passings.ts';

type EntriesParts = {
  readonly tell: Tell;
  readonly clock: { readonly nowMs: number };
  readonly cars: RunCars;
  readonly tables: RunTables;
};

/** What is stated of cars and crews: with the manifest first, then as news. */
export class RunEntries {
  readonly #parts: EntriesParts;
  #isOpen = false;

  constructor(parts: EntriesParts) {
    this.#parts = parts;
  }

  /** The entries of a manifest, as they stand. */
  open(): Entry[] {
    this.#isOpen = true;
    return [...this.#parts.cars.all].flatMap((car) => (car.texts === undefined ? [] : [this.#entry(car)]));
  }

  /** A competitor was told: what is new of it is stated. */
  tell(car: RunCar): void {
    if (!this.#isOpen) return;
    const before = car.toldEntry;
    const entry = this.#entry(car);
    const { tell, clock } = this.#parts;
    if (car.toldEntry !== before) tell({ type: 'entry-updated', atMs: clock.nowMs, entry });
    this.atTheWheel(car, driverAlone(car));
    this.tellOutcome(car);
  }

  /** Classes have other names now. */
  tellAll(): void {
    for (const car of this.#parts.cars.all) if (car.texts !== undefined) this.tell(car);
  }

  /** [N37] */
  atTheWheel(car: RunCar, driver: string | undefined): void {
    if (driver === undefined || driver === car.driver || car.crew.length < 2) return;
    car.driver = driver;
    const { tell, clock } = this.#parts;
    tell({ type: 'driver-changed', atMs: clock.nowMs, car: car.car, driver });
  }

  /** [N25] */
  tellOutcome(car: RunCar): void {
    if (car.out === car.toldOut) return;
    car.toldOut = car.out;
    const { tell, clock } = this.#parts;
    tell({ type: car.out ?? 'car-reinstated', atMs: clock.nowMs, car: car.car });
  }

  #entry(car: RunCar): Entry {
    const entry = entryOf(car, this.#parts.tables.classId(car.class));
    car.toldEntry = JSON.stringify(entry);
    return entry;
  }
}
