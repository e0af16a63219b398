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
};

export type PassingParts = {
  readonly car: CarNumber;
  readonly tell: Tell;
  readonly clock: { readonly nowMs: number };
  /** Whether a crossing at this session time was in the pit lane. */
  readonly inPitLane: (atMs: number) => boolean;
};

/** As many of a car as can be taken back; older ones stand. */
const MOST_KEPT = 400;

/** The crossings of the finish line of one car that were stated, in order of time and lap. */
export class ToldPassings {
  readonly #parts: PassingParts;
  readonly #kept: ToldPassing[] = [];

  constructor(parts: PassingParts) {
    this.#parts = parts;
  }

  get car(): CarNumber {
    return this.#parts.car;
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

  /**
   * States the newest crossing: what was stated of this time, this lap or later ones was wrong.
   * @param timeOfLapEndedAt of a crossing before this one that nobody counted
   */
  add(passing: NewPassing, timeOfLapEndedAt: (atMs: number) => number | undefined): void {
    const { lap, atMs, lapTimeMs } = passing;
    if (this.last?.atMs === atMs && this.last.lap === lap) return;
    this.withdraw((other) => other.atMs >= atMs || other.lap >= Math.max(1, lap), 'Told anew');
    const startedMs = lapTimeMs === undefined ? undefined : atMs - lapTimeMs;
    const { last } = this;
    // [N21] A lap that was missed ended where this one began.
    if (last !== undefined && startedMs !== undefined && lap - last.lap === 2 && startedMs > last.atMs) {
      this.#state({ lap: lap - 1, atMs: startedMs, lapTimeMs: timeOfLapEndedAt(startedMs) });
    }
    this.#state(passing);
  }

  /** Puts the last crossing right. */
  replaceLast(passing: NewPassing): void {
    const { last } = this;
    this.withdraw((other) => other === last, 'Put right by the timing computer');
    this.withdraw((other) => other.atMs >= passing.atMs, 'Told anew');
    this.#state(passing);
  }

  /** [N31] States a crossing of the past that nobody listened to, where it fits in between the others. */
  complete(passing: NewPassing): void {
    const { lap, atMs } = passing;
    const isKnown = this.#kept.some((other) => other.lap === lap || other.atMs === atMs);
    const isInOrder = this.#kept.every((other) => other.lap > lap === other.atMs > atMs);
    if (!isKnown && isInOrder && lap < (this.last?.lap ?? 0)) this.#state(passing);
  }

  /** Every crossing ended a later lap than was stated. */
  renumber(laps: number): void {
    const all = [...this.#kept];
    this.withdraw(() => true, 'Told anew');
    for (const { lap, atMs, lapTimeMs } of all) this.#state({ lap: lap + laps, atMs, lapTimeMs });
  }

  /** Takes back every crossing for which this holds. */
  withdraw(isWrong: (passing: ToldPassing) => boolean, reason: string): void {
    const { car, tell, clock } = this.#parts;
    for (let index = this.#kept.length - 1; index >= 0; index--) {
      const passing = this.#kept[index] as ToldPassing;
      if (!isWrong(passing)) continue;
      this.#kept.splice(index, 1);
      tell({ type: 'passing-withdrawn', atMs: clock.nowMs, car, withdrawnSeq: passing.told, reason });
    }
  }

  #state({ lap, atMs, lapTimeMs }: NewPassing): void {
    const { car, tell, inPitLane } = this.#parts;
    const told = tell({
      type: 'passing',
      atMs,
      car,
      loop: 'SF',
      lapNumber: lap,
      ...(lapTimeMs === undefined ? {} : { lapTimeMs }),
      ...(inPitLane(atMs) ? { inPitLane: true } : {}),
    });
    const before = this.#kept.findLastIndex((passing) => passing.atMs <= atMs);
    this.#kept.splice(before + 1, 0, { told, lap, atMs, lapTimeMs });
    if (this.#kept.length > MOST_KEPT) this.#kept.shift();
  }
}
