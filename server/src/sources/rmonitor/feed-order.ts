import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import { PlaceBoard } from './place-board.ts';
import type { Tell } from './told-passings.ts';

type OrderParts = {
  readonly tell: Tell;
  readonly clock: { readonly nowMs: number };
  /** The car that a registration number belongs to. */
  readonly carOf: (reg: string) => CarNumber | undefined;
  /** Out of a race the places say nothing. */
  readonly isRace: () => boolean;
};

/** A list that is being refreshed settles within a heartbeat or two. */
const UNSETTLED_BEATS = 3;

/** [N19] States the order of the feed when its places have settled. */
export class FeedOrder {
  readonly #parts: OrderParts;
  readonly #board = new PlaceBoard();
  #told = '';
  #mustTell = false;
  #unsettledBeats = 0;

  constructor(parts: OrderParts) {
    this.#parts = parts;
  }

  set(reg: string, position: number): void {
    this.#board.set(reg, position);
    if (this.#board.isSettled) this.#tell();
  }

  /** After the flag, and after a penalty, the order counts as told anew, even where it is the same. */
  mustBeTold(): void {
    this.#mustTell = true;
  }

  onBeat(): void {
    this.#unsettledBeats = this.#board.isSettled ? 0 : this.#unsettledBeats + 1;
    if (this.#board.isSettled || this.#unsettledBeats >= UNSETTLED_BEATS) this.#tell();
  }

  #tell(): void {
    const { tell, clock, carOf, isRace } = this.#parts;
    if (!isRace() || !(this.#board.takeChange() || this.#mustTell)) return;
    const cars = this.#board.order().flatMap((reg) => carOf(reg) ?? []);
    const order = cars.join(' ');
    if (cars.length === 0 || (order === this.#told && !this.#mustTell)) return;
    this.#told = order;
    this.#mustTell = false;
    tell({ type: 'order-reported', atMs: clock.nowMs, cars });
  }
}
