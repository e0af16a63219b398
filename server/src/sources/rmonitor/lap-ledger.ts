import { CarPenalties } from './car-penalties.ts';
import { DoubtedPlace, type Standing } from './doubted-place.ts';
import { isPenalty, type OpenCrossing, OpenCrossings } from './open-crossings.ts';
import { type NewPassing, type PassingParts, ToldPassings } from './told-passings.ts';

/** The clock of the run, as far as a car needs it. */
export type LedgerClock = { readonly nowMs: number; readonly beats: number; readonly isRunning: boolean };

type LedgerParts = PassingParts & {
  readonly clock: LedgerClock;
  readonly isRace: () => boolean;
};

/** A crossing counts by itself, where no place follows, after so many heartbeats; the list of bests may be ahead so long. */
const UNCONFIRMED_BEATS = 3;
/** Nobody laps in less: a double read. */
const SHORTEST_LAP_MS = 5000;
/** A car that is seen later than this at the line without a new lap has crossed it once more; sooner, it was put right. */
const SAME_CROSSING_MS = 5000;

/**
 * The laps of one car, from crossings that say when and places that say how many. Places decide: laps may be taken back,
 * and what a place adds to the time of the crossing is a penalty.
 */
export class LapLedger {
  readonly passings: ToldPassings;
  readonly #parts: LedgerParts;
  readonly #penalties: CarPenalties;
  readonly #open = new OpenCrossings();
  readonly #doubted: DoubtedPlace;
  #shown: Standing | undefined;
  /** Laps that the car is known to have driven, and since which heartbeat. */
  #leastLaps = 0;
  #leastBeat = 0;

  constructor(parts: LedgerParts) {
    this.#parts = parts;
    this.#penalties = new CarPenalties(parts);
    this.#doubted = new DoubtedPlace(parts.clock);
    this.passings = new ToldPassings(parts);
  }

  /** A crossing of the line: what it means is told by the place that follows. */
  onCrossing(lapTimeMs: number | undefined, totalMs: number): void {
    const { last } = this.passings;
    if (last?.atMs === totalMs && last.lapTimeMs === undefined && lapTimeMs !== undefined && last.lap > 0) {
      // The place overtook the crossing on its way.
      this.passings.replaceLast({ ...last, lapTimeMs });
    } else if (totalMs > 0 && !this.passings.has(totalMs)) {
      this.#open.add({ lapTimeMs, totalMs, beat: this.#parts.clock.beats });
    }
  }

  /**
   * A place in the race.
   * @param accepted called once the place counts: one with fewer laps is first looked at again
   */
  onStanding(standing: Standing, accepted: () => void): void {
    const shown = this.#shown;
    if (shown === undefined) {
      this.#doubted.confirm(true);
      this.#begin(standing);
    } else if (standing.laps === shown.laps && standing.totalMs === shown.totalMs) {
      this.#doubted.confirm(true);
    } else if (isFewer(standing, shown)) {
      // A refresh may hold the old place of a car beside the new one.
      if (!this.#doubted.isJustConfirmed) this.#doubted.doubt(standing, accepted);
      return;
    } else if (this.#isDoubleRead(standing)) {
      this.#doubted.doubt(standing, accepted);
      return;
    } else if (standing.laps > shown.laps) {
      this.#onMoreLaps(standing, shown);
    } else {
      this.#onSameLaps(standing, shown);
    }
    this.#doubted.clear();
    accepted();
  }

  /** A heartbeat: what had to stand for a while has stood. */
  onBeat(): void {
    const { beats } = this.#parts.clock;
    const stood = this.#doubted.takeStood();
    if (stood !== undefined) {
      if (this.#shown !== undefined && stood.laps > this.#shown.laps) this.#onMoreLaps(stood, this.#shown);
      else this.#onFewerLaps(stood);
      stood.accepted();
    }
    if (beats - this.#leastBeat >= UNCONFIRMED_BEATS) this.#findRemovedLaps();
    const { oldest } = this.#open;
    if (this.#shown === undefined && oldest !== undefined && beats - oldest.beat >= UNCONFIRMED_BEATS) {
      this.#open.settle(oldest.totalMs);
      this.#countUnconfirmed(oldest);
    }
  }

  /** The car has driven so many laps at least: a lap of that number was its best. */
  onDriven(laps: number): void {
    if (laps <= this.#leastLaps) return;
    this.#leastLaps = laps;
    this.#leastBeat = this.#parts.clock.beats;
  }

  /** The time of the newest lap is put right. */
  onCorrection({ laps, totalMs }: { readonly laps: number; readonly totalMs: number }): void {
    if (this.#shown?.laps !== laps || totalMs === this.#shown.totalMs) return;
    this.#restate(totalMs - this.#penalties.addedMs);
    this.#shown = { laps, totalMs };
  }

  /** The time of the newest lap, told beside its place. */
  onLapTime(laps: number, lapTimeMs: number): void {
    const { last } = this.passings;
    const isMissing = last !== undefined && last.lap > 0 && last.lapTimeMs === undefined;
    if (isMissing && this.#shown?.laps === laps) this.passings.replaceLast({ ...last, lapTimeMs });
  }

  /** A lap of the past, told to who joins late. */
  onHistory(lap: number, atMs: number, lapTimeMs: number | undefined): void {
    this.passings.complete({ lap, atMs, lapTimeMs });
  }

  /** A lap that nobody can drive is mostly taken back at once. */
  #isDoubleRead({ laps, totalMs }: Standing): boolean {
    if (totalMs === undefined) return false;
    const crossed = this.#open.shownBy(totalMs, this.#penalties.addedMs, this.#parts.clock.beats);
    const { lapTimeMs = SHORTEST_LAP_MS } = crossed ?? {};
    return lapTimeMs < SHORTEST_LAP_MS && laps > (this.#shown?.laps ?? laps);
  }

  #begin(standing: Standing): void {
    const { laps, totalMs } = standing;
    this.#shown = standing;
    if (totalMs === undefined) {
      if (laps < 0) this.#penalties.setRemoved(-laps);
      return;
    }
    const lap = this.#drivenAt(laps, this.#leastLaps);
    const crossed = this.#crossingOf(totalMs);
    this.#add({ lap, atMs: crossed?.totalMs ?? totalMs, lapTimeMs: crossed?.lapTimeMs });
  }

  #onMoreLaps(standing: Standing, shown: Standing): void {
    const { laps, totalMs } = standing;
    this.#shown = standing;
    if (totalMs === undefined) return;
    if (totalMs === shown.totalMs) {
      this.#onLapsGiven(laps - shown.laps);
      return;
    }
    const crossed = this.#crossingOf(totalMs);
    // Only a list tells laps that were not heard: what is behind it there is older.
    this.#doubted.confirm(crossed === undefined);
    const atMs = crossed?.totalMs ?? Math.max(0, totalMs - this.#penalties.addedMs);
    const lap = this.#drivenAt(laps);
    this.#add({ lap, atMs, lapTimeMs: crossed?.lapTimeMs });
    if (crossed === undefined || crossed.lapTimeMs !== undefined || lap === 0) return;
    const { car, tell } = this.#parts;
    tell({ type: 'lap-invalidated', atMs, car, lapNumber: lap, reason: 'No time was taken' });
  }

  /** The same laps at another time: a penalty, a time put right, or a crossing that ended no lap. */
  #onSameLaps(standing: Standing, shown: Standing): void {
    const { laps, totalMs } = standing;
    // Nothing is lost by a list that does not know the time yet.
    if (totalMs === undefined) return;
    this.#shown = standing;
    const crossed = this.#crossingOf(totalMs);
    if (crossed === undefined) this.#doubted.confirm(true);
    const { last } = this.passings;
    if (last === undefined || shown.totalMs === undefined) {
      const atMs = crossed?.totalMs ?? totalMs;
      this.#add({ lap: this.#drivenAt(laps), atMs, lapTimeMs: crossed?.lapTimeMs });
    } else if (crossed === undefined) {
      const addedMs = totalMs - last.atMs;
      if (this.#parts.isRace() && (addedMs === 0 || isPenalty(addedMs))) this.#penalties.setAdded(addedMs);
      else this.#restate(totalMs - this.#penalties.addedMs);
    } else if (this.#parts.isRace() && crossed.totalMs - (crossed.lapTimeMs ?? 0) === last.atMs) {
      // [N16] A whole lap more, and at the same moment one less: it was taken away.
      this.#penalties.setRemoved(this.#penalties.removedLaps + 1);
      this.#add({ lap: last.lap + 1, atMs: crossed.totalMs, lapTimeMs: crossed.lapTimeMs });
    } else if (last.lap === 0 && crossed.totalMs - last.atMs > SAME_CROSSING_MS) {
      // [N17] Out of the pits again without a lap: the next lap begins here.
      this.#add({ lap: 0, atMs: crossed.totalMs });
    } else {
      this.#restate(crossed.totalMs, crossed.lapTimeMs);
    }
  }

  #onFewerLaps({ laps, totalMs }: Standing): void {
    const shown = this.#shown;
    this.#shown = { laps, totalMs };
    if (shown !== undefined && totalMs === shown.totalMs && this.#parts.isRace()) {
      this.#penalties.setRemoved(this.#penalties.removedLaps + shown.laps - laps);
      return;
    }
    const lap = totalMs === undefined ? Number.NEGATIVE_INFINITY : this.#drivenAt(laps);
    this.passings.withdraw((passing) => passing.lap > lap, 'Taken back by the timing computer');
    if (totalMs === undefined) return;
    const { last } = this.passings;
    const atMs = Math.max(0, totalMs - this.#penalties.addedMs);
    if (last === undefined || last.lap < lap) this.#add({ lap, atMs });
    else if (last.atMs !== totalMs) this.#restate(atMs);
  }

  /** [N16] More laps were driven than are shown: the officials took some away before anybody listened. */
  #findRemovedLaps(): void {
    const { last } = this.passings;
    const missing = last === undefined ? 0 : this.#leastLaps - last.lap;
    if (missing <= 0) return;
    this.#penalties.setRemoved(this.#penalties.removedLaps + missing);
    this.passings.renumber(missing);
  }

  /** Laps came back, or were added, without a crossing. */
  #onLapsGiven(given: number): void {
    const { removedLaps } = this.#penalties;
    const back = Math.min(given, removedLaps);
    this.#penalties.setRemoved(removedLaps - back);
    const { last } = this.passings;
    if (given > back && last !== undefined) this.passings.replaceLast({ ...last, lap: last.lap + given - back });
  }

  #add(passing: NewPassing): void {
    this.passings.add(passing, (atMs) => this.#open.at(atMs)?.lapTimeMs);
    this.#open.settle(passing.atMs);
  }

  /** The last crossing was at another time. */
  #restate(atMs: number, lapTimeMs?: number): void {
    const { last } = this.passings;
    if (last === undefined || atMs < 0) return;
    this.#open.settle(atMs);
    if (last.atMs !== atMs) {
      this.passings.replaceLast({ lap: last.lap, atMs, lapTimeMs: lapTimeMs ?? last.lapTimeMs });
    }
  }

  /** The crossing that a place shows; what the place adds to it is a penalty. */
  #crossingOf(totalMs: number): OpenCrossing | undefined {
    const crossed = this.#open.shownBy(totalMs, this.#penalties.addedMs, this.#parts.clock.beats);
    if (crossed !== undefined) this.#penalties.setAdded(totalMs - crossed.totalMs);
    return crossed;
  }

  #countUnconfirmed({ lapTimeMs, totalMs }: OpenCrossing): void {
    const { last } = this.passings;
    if (last !== undefined && totalMs <= last.atMs) return;
    if (lapTimeMs === undefined) {
      if (last === undefined || last.lap === 0) this.#add({ lap: 0, atMs: totalMs });
    } else if (lapTimeMs >= SHORTEST_LAP_MS) {
      this.#add({ lap: (last?.lap ?? 0) + 1, atMs: totalMs, lapTimeMs });
    }
  }

  /** Laps driven where so many are shown: where more were taken away than it had, those that are known of. */
  #drivenAt(laps: number, least = 0): number {
    if (laps + this.#penalties.removedLaps < least) this.#penalties.setRemoved(Math.max(0, this.#leastLaps) - laps);
    return Math.max(0, laps + this.#penalties.removedLaps);
  }
}

function isFewer(standing: Standing, shown: Standing): boolean {
  if (standing.laps === shown.laps) return standing.totalMs === undefined && shown.laps > 0;
  return standing.laps < shown.laps;
}
