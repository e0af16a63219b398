import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';

/** States a fact of the session. The answer is its number, counted from 1. */
export type Tell = (fact: RaceFact) => number;

/** A crossing of the line that was stated and stands. */
export type ToldPassing = {
  readonly told: number;
  /** Laps completed by it, before any were taken away. */
  readonly lap: number;
  readonly atMs: number;
  readonly lapTimeMs: number | undefined;
};

export type NewPassing = {
  readonly lap: number;
  readonly atMs: number;
  readonly lapTimeMs?: number | undefined;
  readonly inPitLane?: boolean | undefined;
};

/** As many of a car as can be taken back; older ones stand. */
const MOST_KEPT = 400;

/** The crossings of the finish line of one car that were stated, in order. */
export class ToldPassings {
  readonly car: CarNumber;
  readonly #tell: Tell;
  readonly #kept: ToldPassing[] = [];

  constructor(car: CarNumber, tell: Tell) {
    this.car = car;
    this.#tell = tell;
  }

  get last(): ToldPassing | undefined {
    return this.#kept.at(-1);
  }

  get all(): readonly ToldPassing[] {
    return this.#kept;
  }

  has(atMs: number): boolean {
    return this.#kept.some((passing) => passing.atMs === atMs);
  }

  add({ lap, atMs, lapTimeMs, inPitLane }: NewPassing): void {
    const told = this.#tell({
      type: 'passing',
      atMs,
      car: this.car,
      loop: 'SF',
      lapNumber: lap,
      ...(lapTimeMs === undefined ? {} : { lapTimeMs }),
      ...(inPitLane === true ? { inPitLane } : {}),
    });
    const later = this.#kept.findLastIndex((passing) => passing.atMs <= atMs);
    this.#kept.splice(later + 1, 0, { told, lap, atMs, lapTimeMs });
    if (this.#kept.length > MOST_KEPT) this.#kept.shift();
  }

  /** Every crossing ended a later lap than was stated. */
  renumber(laps: number, atMs: number): void {
    const all = [...this.#kept];
    this.withdraw(() => true, atMs, 'Told anew');
    for (const { lap, ...passing } of all) this.add({ ...passing, lap: lap + laps });
  }

  /** Takes back every crossing for which this holds. */
  withdraw(isWrong: (passing: ToldPassing) => boolean, atMs: number, reason: string): void {
    for (let index = this.#kept.length - 1; index >= 0; index--) {
      const passing = this.#kept[index] as ToldPassing;
      if (!isWrong(passing)) continue;
      this.#kept.splice(index, 1);
      this.#tell({ type: 'passing-withdrawn', atMs, car: this.car, withdrawnSeq: passing.told, reason });
    }
  }
}
