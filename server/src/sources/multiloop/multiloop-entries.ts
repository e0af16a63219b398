import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import type { Driver, Entry, Manifest } from '@pitboard/shared/protocol/manifest.ts';
import { cleanName, idOf, splitName } from '../import/names.ts';
import type { EntryMessage } from './multiloop-message.ts';

const MOST_CARS = 500;
const MOST_CLASSES = 50;
const MOST_DRIVERS = 10;

/** Who is entered: a car is known by its uid, for two of different classes may bear the same number. */
export class MultiloopEntries {
  readonly #numbers = new Map<string, CarNumber>();
  readonly #uids = new Map<CarNumber, string>();
  readonly #told = new Map<CarNumber, string>();
  readonly #slots = new Map<CarNumber, number>();
  readonly #classes = new Map<string, string>();

  /** The number of a car, told apart from another with the same; `undefined` beyond all bounds. */
  carOf(uid: string, number: CarNumber): CarNumber | undefined {
    const known = this.#numbers.get(uid);
    if (known !== undefined) return known;
    if (this.#numbers.size >= MOST_CARS) return undefined;
    let car = number;
    for (let other = 2; this.#uids.has(car); other++) car = `${number.slice(0, 4)}~${other}`;
    this.#numbers.set(uid, car);
    this.#uids.set(car, uid);
    return car;
  }

  /** The entry, if it is not as it was told last. */
  onEntry(car: CarNumber, message: EntryMessage): Entry | undefined {
    const [className = '', vehicle = '', , team = ''] = message.texts;
    const entry: Entry = {
      car,
      drivers: crewOf(message.driver),
      ...optional('class', this.#classOf(className)),
      ...optional('model', cleanName(vehicle)),
      ...optional('team', cleanName(team)),
    };
    const text = JSON.stringify(entry);
    if (this.#told.get(car) === text) return undefined;
    this.#told.set(car, text);
    return entry;
  }

  /** @returns whether the grid is another than before */
  onStartPosition(car: CarNumber, position: number): boolean {
    if (position < 1 || position > 1000 || this.#slots.get(car) === position) return false;
    this.#slots.set(car, position);
    return true;
  }

  get grid(): Manifest['grid'] {
    const slots = [...this.#slots].map(([car, position]) => ({ car, position }));
    return slots.sort((one, other) => one.position - other.position);
  }

  get classes(): Manifest['classes'] {
    return [...this.#classes].map(([id, name]) => ({ id, name }));
  }

  #classOf(text: string): string | undefined {
    const [id, name] = [idOf(text), cleanName(text)];
    if (id === '' || name === undefined) return undefined;
    if (!this.#classes.has(id) && this.#classes.size < MOST_CLASSES) this.#classes.set(id, name);
    return this.#classes.has(id) ? id : undefined;
  }
}

function optional<K extends string>(key: K, value: string | undefined): { readonly [key in K]?: string } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [key in K]: string });
}

/** One driver, or a crew: `Ann Berg / Ole Sund`. */
function crewOf(text: string): Driver[] {
  const crew = new Map<string, Driver>();
  for (const part of text.split('/')) {
    const name = cleanName(part);
    const id = idOf(name ?? '').toLowerCase();
    if (name === undefined || id === '' || crew.size >= MOST_DRIVERS) continue;
    const { firstName, lastName } = splitName(name);
    crew.set(id, { id, ...optional('firstName', cleanName(firstName)), lastName: cleanName(lastName) ?? name });
  }
  return [...crew.values()];
}
