type Place = { position: number; told: number };

/**
 * The order of the race by the places that the feed tells one by one: two cars may hold one place while a refresh is
 * under way, and the one that was told last has it.
 */
export class PlaceBoard {
  readonly #places = new Map<string, Place>();
  readonly #holders = new Map<number, number>();
  #shared = 0;
  #told = 0;
  #hasChanged = false;

  /** Each place is held by one car: no refresh is under way. */
  get isSettled(): boolean {
    return this.#shared === 0;
  }

  set(reg: string, position: number): void {
    const before = this.#places.get(reg);
    if (before?.position !== position || this.#shared > 0) this.#hasChanged = true;
    if (before !== undefined) this.#count(before.position, -1);
    this.#count(position, 1);
    this.#places.set(reg, { position, told: ++this.#told });
  }

  /** Whether the order may be another one since this was asked last. */
  takeChange(): boolean {
    const hasChanged = this.#hasChanged;
    this.#hasChanged = false;
    return hasChanged;
  }

  /** Leader first. */
  order(): readonly string[] {
    return [...this.#places]
      .sort(([, one], [, other]) => one.position - other.position || other.told - one.told)
      .map(([reg]) => reg);
  }

  #count(position: number, change: 1 | -1): void {
    const before = this.#holders.get(position) ?? 0;
    const after = before + change;
    if (before > 1) this.#shared--;
    if (after > 1) this.#shared++;
    if (after === 0) this.#holders.delete(position);
    else this.#holders.set(position, after);
  }
}
