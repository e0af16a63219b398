import type { CarNumber } from '@pitboard/shared/domain/names.ts';

/** The order that the feed states, car by car: for a moment two cars may share a place. */
export class MultiloopOrder {
  readonly #places = new Map<CarNumber, { readonly rank: number; readonly touched: number }>();
  #touched = 0;
  #told: readonly CarNumber[] = [];
  #leader: CarNumber | undefined;

  get leader(): CarNumber | undefined {
    return this.#leader;
  }

  set(car: CarNumber, rank: number): void {
    if (this.#places.get(car)?.rank === rank) return;
    this.#places.set(car, { rank, touched: ++this.#touched });
    if (rank === 1) this.#leader = car;
  }

  /** The same order is news again. */
  forget(): void {
    this.#told = [];
  }

  /** The order, if it is another than was told; of cars that share a place, the one that got there last stands ahead. */
  news(isForced: boolean): readonly CarNumber[] | undefined {
    const isWhole = new Set([...this.#places.values()].map(({ rank }) => rank)).size === this.#places.size;
    if (!isWhole && !isForced) return undefined;
    const order = [...this.#places]
      .sort(([, one], [, other]) => one.rank - other.rank || other.touched - one.touched)
      .map(([car]) => car);
    if (order.length === 0 || isSame(order, this.#told)) return undefined;
    this.#told = order;
    return order;
  }
}

function isSame(one: readonly CarNumber[], other: readonly CarNumber[]): boolean {
  return one.length === other.length && one.every((car, index) => car === other[index]);
}
