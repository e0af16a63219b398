import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import type { LedgerClock } from './lap-ledger.ts';
import type { Tell, ToldPassing } from './told-passings.ts';

type Best = { readonly lap: number; readonly bestMs: number };

type BestParts = {
  readonly car: CarNumber;
  readonly tell: Tell;
  readonly clock: LedgerClock;
};

/** What was stated of the car's laps, and whether those times count as bests by themselves. */
export type KnownLaps = {
  readonly laps: readonly ToldPassing[];
  /** Lap 1 of a race is no best lap, nor is one in or out of the pits: the feed may know better. */
  readonly firstBestLap: number;
  readonly hasPitLane: boolean;
};

/** A quicker lap than the stated best must be contradicted for so many heartbeats to be a deleted one. */
const CONTRADICTED_BEATS = 2;

/** The best lap of one car, as the feed states it, beside the laps that were timed. */
export class BestLedger {
  readonly #parts: BestParts;
  #stated: Best | undefined;
  #told: Best | undefined;
  #contradictedBeat: number | undefined;
  readonly #deleted = new Set<number>();

  constructor(parts: BestParts) {
    this.#parts = parts;
  }

  /** The lap on which the stated best was driven: the car has driven so many at least. */
  get leastLaps(): number {
    return this.#stated?.lap ?? 0;
  }

  onBest(lap: number, bestMs: number | undefined, known: KnownLaps): void {
    if (bestMs === undefined || lap === 0) return;
    this.#stated = { lap, bestMs };
    this.#deleteQuicker(bestMs, known);
    if (this.#told?.lap === lap && this.#told.bestMs === bestMs) return;
    this.#told = { lap, bestMs };
    const isTimed = known.laps.some((each) => each.lap === lap && each.lapTimeMs === bestMs);
    if (isTimed && lap >= known.firstBestLap && !known.hasPitLane) return;
    const { car, tell, clock } = this.#parts;
    tell({ type: 'best-lap-reported', atMs: clock.nowMs, car, lapTimeMs: bestMs, lapNumber: lap });
  }

  /** A lap that was timed, and does not count: the officials deleted it. */
  #deleteQuicker(bestMs: number, { laps, firstBestLap }: KnownLaps): void {
    const quicker = laps.filter(
      ({ lap, lapTimeMs }) =>
        lap >= firstBestLap && lapTimeMs !== undefined && lapTimeMs < bestMs && !this.#deleted.has(lap),
    );
    const { car, tell, clock } = this.#parts;
    if (quicker.length === 0) {
      this.#contradictedBeat = undefined;
      return;
    }
    this.#contradictedBeat ??= clock.beats;
    if (clock.beats - this.#contradictedBeat < CONTRADICTED_BEATS) return;
    for (const { lap } of quicker) {
      this.#deleted.add(lap);
      const reason = 'Not the best lap of the car for the timing computer';
      tell({ type: 'lap-invalidated', atMs: clock.nowMs, car, lapNumber: lap, reason });
    }
  }
}
