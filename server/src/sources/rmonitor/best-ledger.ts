import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import type { LedgerClock } from './lap-ledger.ts';
import type { Tell, ToldPassing, ToldPassings } from './told-passings.ts';

type Best = { readonly lap: number; readonly bestMs: number };

/** What decides which of the laps that were stated count as bests by themselves. */
export type BestRules = {
  /** Lap 1 of a race is no best lap, and the feed may hold it to be one. */
  readonly isRace: boolean;
  /** Nor is a lap in or out of the pits. */
  readonly hasPitLane: boolean;
};

type BestParts = {
  readonly passings: ToldPassings;
  readonly tell: Tell;
  readonly clock: LedgerClock;
  readonly rules: () => BestRules;
};

/** So many heartbeats a best must stand that is slower than a lap that was timed: then that lap was deleted. */
const CONTRADICTED_BEATS = 3;

/** The best lap of one car, as the feed states it, beside the laps that were timed. */
export class BestLedger {
  readonly #parts: BestParts;
  #told: Best | undefined;
  /** The stated best, where timed laps are quicker: `Infinity` for none at all. */
  #slower: { readonly bestMs: number; readonly beat: number } | undefined;
  /** The best that was stated last and that nothing contradicted, and when. */
  #confirmed = { bestMs: Number.POSITIVE_INFINITY, beat: Number.NEGATIVE_INFINITY };
  readonly #deleted = new Set<number>();

  constructor(parts: BestParts) {
    this.#parts = parts;
  }

  get #firstLap(): number {
    return this.#parts.rules().isRace ? 2 : 1;
  }

  get car(): CarNumber {
    return this.#parts.passings.car;
  }

  onBest(lap: number, bestMs: number | undefined): void {
    const { clock, passings, rules, tell } = this.#parts;
    const ms = bestMs ?? Number.POSITIVE_INFINITY;
    if (this.#quickerThan(ms).length === 0) {
      this.#slower = undefined;
      this.#confirmed = { bestMs: ms, beat: clock.beats };
    } else {
      // A list may hold an old best of the car beside the new one.
      if (this.#confirmed.bestMs < ms && clock.beats - this.#confirmed.beat <= 1) return;
      this.#slower = { bestMs: ms, beat: this.#slower?.beat ?? clock.beats };
    }
    if (bestMs === undefined || lap === 0 || (this.#told?.lap === lap && this.#told.bestMs === bestMs)) return;
    this.#told = { lap, bestMs };
    const { hasPitLane } = rules();
    const isTimed = passings.all.some((each) => each.lap === lap && each.lapTimeMs === bestMs);
    if (isTimed && lap >= this.#firstLap && !hasPitLane) return;
    tell({ type: 'best-lap-reported', atMs: clock.nowMs, car: this.car, lapTimeMs: bestMs, lapNumber: lap });
  }

  /** A heartbeat: laps that are quicker than a best that has stood for a while do not count. */
  onBeat(): void {
    const { clock, tell } = this.#parts;
    const slower = this.#slower;
    if (slower === undefined || clock.beats - slower.beat < CONTRADICTED_BEATS) return;
    this.#slower = undefined;
    for (const { lap } of this.#quickerThan(slower.bestMs)) {
      this.#deleted.add(lap);
      const reason = 'Not the best lap of the car for the timing computer';
      tell({ type: 'lap-invalidated', atMs: clock.nowMs, car: this.car, lapNumber: lap, reason });
    }
  }

  #quickerThan(bestMs: number): readonly ToldPassing[] {
    const firstLap = this.#firstLap;
    return this.#parts.passings.all.filter(
      ({ lap, lapTimeMs }) =>
        lap >= firstLap && lapTimeMs !== undefined && lapTimeMs < bestMs && !this.#deleted.has(lap),
    );
  }
}
