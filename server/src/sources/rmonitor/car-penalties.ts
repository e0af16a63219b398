import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import type { Tell } from './told-passings.ts';

type Sanction = { readonly kind: 'time'; readonly ms: number } | { readonly kind: 'laps'; readonly laps: number };

type PenaltyParts = {
  readonly car: CarNumber;
  readonly tell: Tell;
  readonly clock: { readonly nowMs: number };
  /** Out of a race nothing is added or taken away. */
  readonly isRace: () => boolean;
};

/** More than any penalty: the feed is wrong. */
const MOST_LAPS = 1000;

/** What the officials added to the time of one car, and took away of its laps: in one sum each, said when it changes. */
export class CarPenalties {
  readonly #parts: PenaltyParts;
  #addedMs = 0;
  #removedLaps = 0;

  constructor(parts: PenaltyParts) {
    this.#parts = parts;
  }

  get addedMs(): number {
    return this.#addedMs;
  }

  /** Laps driven less laps shown. */
  get removedLaps(): number {
    return this.#removedLaps;
  }

  setAdded(ms: number): void {
    const before = this.#addedMs;
    if (ms === before || ms < 0 || !this.#parts.isRace()) return;
    this.#addedMs = ms;
    this.#tell('time', { kind: 'time', ms: ms || before }, ms > 0);
  }

  setRemoved(laps: number): void {
    const before = this.#removedLaps;
    if (laps === before || laps < 0 || laps > MOST_LAPS || !this.#parts.isRace()) return;
    this.#removedLaps = laps;
    this.#tell('laps', { kind: 'laps', laps: laps || before }, laps > 0);
  }

  #tell(id: string, sanction: Sanction, isGiven: boolean): void {
    const { car, tell, clock } = this.#parts;
    tell({ type: 'penalty', atMs: clock.nowMs, id, car, state: isGiven ? 'given' : 'withdrawn', sanction });
  }
}
