import type { CarNumber } from '@pitboard/shared/domain/names.ts';

type Place = { readonly rank: number; readonly laps: number; readonly touched: number };

/** The order that the feed states, car by car: for a moment two cars may share a place, and a car that stands keeps its old one. */
export class MultiloopOrder {
  readonly #places = new Map<CarNumber, Place>();
  #touched = 0;
  #told: readonly CarNumber[] = [];
  #leader: CarNumber | undefined;

  get leader(): CarNumber | undefined {
    return this.#leader;
  }

  set(car: CarNumber, { rank, laps }: { readonly rank: number; readonly laps: number }): void {
    this.#places.set(car, { rank, laps, touched: ++this.#touched });
    if (rank === 1) this.#leader = car;
  }

  /** The same order is news again. */
  forget(): void {
    this.#told = [];
  }

  /** The order, if it is another than was told; of cars that share a place, the one that was told last stands ahead. */
  news(isForced: boolean): readonly CarNumber[] | undefined {
    const isWhole = new Set([...this.#places.values()].map(({ rank }) => rank)).size === this.#places.size;
    if (!isWhole && !isForced) return undefined;
    const order = inOrder([...this.#places]).map(([car]) => car);
    if (order.length === 0 || isSame(order, this.#told)) return undefined;
    this.#told = order;
    return order;
  }
}

type PlacedCar = readonly [CarNumber, Place];

function inOrder(cars: readonly PlacedCar[]): readonly PlacedCar[] {
  const sorted = [...cars].sort(([, one], [, other]) => one.rank - other.rank || other.touched - one.touched);
  // Who shares a place and was not told last may stand since: all who have driven more by now are ahead.
  const isOld = ([, place]: PlacedCar) =>
    cars.some(([, { rank, touched }]) => rank === place.rank && touched > place.touched);
  for (const old of sorted.filter(isOld)) {
    const from = sorted.indexOf(old);
    const to = sorted.findLastIndex(([, { laps, touched }]) => laps > old[1].laps && touched > old[1].touched);
    if (to > from) sorted.splice(to, 0, ...sorted.splice(from, 1));
  }
  return sorted;
}

function isSame(one: readonly CarNumber[], other: readonly CarNumber[]): boolean {
  return one.length === other.length && one.every((car, index) => car === other[index]);
}
