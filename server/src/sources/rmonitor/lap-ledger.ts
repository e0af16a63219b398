import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import { type Tell, type ToldPassing, ToldPassings } from './told-passings.ts';

/** What a place in the race says of a car. */
export type Standing = { readonly laps: number; readonly totalMs: number | undefined };

type Crossed = { readonly lapTimeMs: number | undefined; readonly totalMs: number; readonly beat: number };

/** The clock of the run, as far as a car needs it. */
export type LedgerClock = { readonly nowMs: number; readonly beats: number };

type LedgerParts = {
  readonly car: CarNumber;
  readonly tell: Tell;
  readonly clock: LedgerClock;
  /** Whether a crossing at this session time was in the pit lane. */
  readonly inPitLane: (atMs: number) => boolean;
};

/** Crossings that no place has confirmed yet. */
const MOST_OPEN = 8;
/** Less than this is no penalty, but a time that was put right. */
const LEAST_PENALTY_MS = 500;
/** Heartbeats that a place with fewer laps must stand; a list that starts from nothing is often followed by the true one. */
const FEWER_LAPS_BEATS = 1;
const NO_LAPS_BEATS = 3;
/** A crossing counts by itself, where no place follows, after so many heartbeats. */
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
  #open: Crossed[] = [];
  #shown: Standing | undefined;
  /** Laps that the car is known to have driven, and since which heartbeat. */
  #leastLaps = 0;
  #leastBeat = 0;
  #confirmedBeat = Number.NEGATIVE_INFINITY;
  #fewer: (Standing & { readonly beat: number; readonly accepted: () => void }) | undefined;
  /** Added to the time by the officials. */
  #addedMs = 0;
  /** Laps taken away by the officials: driven less shown. */
  #removedLaps = 0;

  constructor(parts: LedgerParts) {
    this.#parts = parts;
    this.passings = new ToldPassings(parts.car, parts.tell);
  }

  /** Laps and time as the feed shows them. */
  get shown(): Standing | undefined {
    return this.#shown;
  }

  /** A crossing of the line: what it means is told by the place that follows. */
  onCrossing(lapTimeMs: number | undefined, totalMs: number): void {
    const { last } = this.passings;
    if (last?.atMs === totalMs && last.lapTimeMs === undefined && lapTimeMs !== undefined && last.lap > 0) {
      // The place overtook the crossing on its way.
      this.#replaceLast(last, { ...last, lapTimeMs });
    }
    if (totalMs <= 0 || this.passings.has(totalMs) || this.#open.some((open) => open.totalMs === totalMs)) return;
    this.#open.push({ lapTimeMs, totalMs, beat: this.#parts.clock.beats });
    if (this.#open.length > MOST_OPEN) this.#open.shift();
  }

  /**
   * A place in the race.
   * @param accepted called once the place counts: one with fewer laps is first looked at again
   */
  onStanding(standing: Standing, accepted: () => void): void {
    const shown = this.#shown;
    const { beats } = this.#parts.clock;
    if (shown === undefined) {
      this.#begin(standing);
    } else if (standing.laps === shown.laps && standing.totalMs === shown.totalMs) {
      this.#confirmedBeat = beats;
    } else if (this.#isFewer(standing, shown)) {
      // A refresh may hold the old place of a car beside the new one.
      if (beats - this.#confirmedBeat > 1) this.#fewer = { ...standing, beat: beats, accepted };
      return;
    } else if (standing.laps > shown.laps) {
      this.#onMoreLaps(standing, shown);
    } else {
      this.#onSameLaps(standing, shown);
    }
    this.#fewer = undefined;
    accepted();
  }

  /** A heartbeat: what had to stand for a while has stood. */
  onBeat(): void {
    const { beats } = this.#parts.clock;
    const fewer = this.#fewer;
    if (fewer !== undefined) {
      const needed = fewer.totalMs === undefined ? NO_LAPS_BEATS : FEWER_LAPS_BEATS;
      if (beats - fewer.beat >= needed) {
        this.#fewer = undefined;
        this.#onFewerLaps(fewer);
        fewer.accepted();
      }
    }
    // The list of bests may be ahead of the places.
    if (beats - this.#leastBeat >= UNCONFIRMED_BEATS) this.#findRemovedLaps();
    const first = this.#open[0];
    if (this.#shown === undefined && first !== undefined && beats - first.beat >= UNCONFIRMED_BEATS) {
      this.#open.shift();
      this.#countUnconfirmed(first);
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
    if (this.#shown?.laps === laps && totalMs !== this.#shown.totalMs) this.#restate(totalMs - this.#addedMs);
    if (this.#shown?.laps === laps) this.#shown = { laps, totalMs };
  }

  /** A lap of the past that nobody listened to. */
  onHistory(lap: number, atMs: number, lapTimeMs: number | undefined): void {
    const { all } = this.passings;
    const isKnown = all.some((passing) => passing.lap === lap || passing.atMs === atMs);
    const isBetween = all.every((passing) => passing.lap > lap === passing.atMs > atMs);
    if (!isKnown && isBetween && this.passings.last !== undefined && lap < this.passings.last.lap) {
      this.passings.add({ lap, atMs, lapTimeMs });
    }
  }

  /** Laps that a car was given before it drove any are known by how many it must have driven. */
  #begin(standing: Standing): void {
    const { laps, totalMs } = standing;
    this.#shown = standing;
    if (totalMs === undefined) {
      if (laps < 0) this.#setRemoved(-laps);
      return;
    }
    const lap = this.#drivenAt(laps, this.#leastLaps);
    const crossed = this.#takeCrossing(totalMs);
    if (crossed === undefined) {
      this.#add(lap, totalMs, undefined);
      return;
    }
    this.#setAdded(totalMs - crossed.totalMs);
    this.#add(lap, crossed.totalMs, crossed.lapTimeMs);
  }

  #onMoreLaps(standing: Standing, shown: Standing): void {
    const { laps, totalMs } = standing;
    this.#shown = standing;
    if (totalMs === undefined) return;
    if (totalMs === shown.totalMs) {
      this.#onLapsGiven(laps - shown.laps);
      return;
    }
    const crossed = this.#takeCrossing(totalMs);
    const atMs = crossed?.totalMs ?? Math.max(0, totalMs - this.#addedMs);
    if (crossed !== undefined) this.#setAdded(totalMs - crossed.totalMs);
    const lap = this.#drivenAt(laps);
    this.#add(lap, atMs, crossed?.lapTimeMs);
    if (crossed !== undefined && crossed.lapTimeMs === undefined && lap > 0) {
      const { car, tell } = this.#parts;
      tell({ type: 'lap-invalidated', atMs, car, lapNumber: lap, reason: 'No time was taken' });
    }
  }

  /** The same laps at another time: a penalty, a time put right, or a crossing that ended no lap. */
  #onSameLaps(standing: Standing, shown: Standing): void {
    const { laps, totalMs } = standing;
    // Nothing is lost by a list that does not know the time yet.
    if (totalMs === undefined) return;
    this.#shown = standing;
    const crossed = this.#takeCrossing(totalMs);
    const { last } = this.passings;
    if (last === undefined || shown.totalMs === undefined) {
      if (crossed !== undefined) this.#setAdded(totalMs - crossed.totalMs);
      this.#add(this.#drivenAt(laps), crossed?.totalMs ?? totalMs, crossed?.lapTimeMs);
      return;
    }
    if (crossed === undefined) {
      const addedMs = totalMs - last.atMs;
      if (addedMs === 0 || addedMs >= LEAST_PENALTY_MS) this.#setAdded(addedMs);
      else this.#restate(totalMs - this.#addedMs);
      return;
    }
    this.#setAdded(totalMs - crossed.totalMs);
    // [N17] Out of the pits again without a lap: the next lap begins here.
    if (last.lap === 0 && crossed.totalMs - last.atMs > SAME_CROSSING_MS) this.#add(0, crossed.totalMs, undefined);
    else this.#restate(crossed.totalMs, crossed.lapTimeMs);
  }

  #onFewerLaps({ laps, totalMs }: Standing): void {
    const { nowMs } = this.#parts.clock;
    const shown = this.#shown;
    this.#shown = { laps, totalMs };
    if (shown !== undefined && totalMs === shown.totalMs) {
      this.#setRemoved(this.#removedLaps + shown.laps - laps);
      return;
    }
    const lap = totalMs === undefined ? laps + this.#removedLaps : this.#drivenAt(laps);
    const isGone = (passing: ToldPassing) => passing.lap > lap || totalMs === undefined;
    this.passings.withdraw(isGone, nowMs, 'Taken back by the timing computer');
    if (totalMs === undefined) return;
    const { last } = this.passings;
    const atMs = totalMs - this.#addedMs;
    if (last === undefined || last.lap < lap) this.#add(lap, Math.max(0, atMs), undefined);
    else if (last.atMs !== atMs && last.atMs !== totalMs) this.#restate(Math.max(0, atMs));
  }

  /** More laps were driven than are shown: the officials took some away before anybody listened. */
  #findRemovedLaps(): void {
    const { last } = this.passings;
    const missing = last === undefined ? 0 : this.#leastLaps - last.lap;
    if (missing <= 0) return;
    this.#setRemoved(this.#removedLaps + missing);
    this.passings.renumber(missing, this.#parts.clock.nowMs);
  }

  /** Laps came back, or were added, without a crossing. */
  #onLapsGiven(given: number): void {
    const back = Math.min(given, this.#removedLaps);
    if (back > 0) this.#setRemoved(this.#removedLaps - back);
    const { last } = this.passings;
    if (given > back && last !== undefined) {
      this.#replaceLast(last, { lap: last.lap + given - back, atMs: last.atMs, lapTimeMs: last.lapTimeMs });
    }
  }

  /** States a crossing, and before it one that was missed where its time follows from the lap. */
  #add(lap: number, atMs: number, lapTimeMs: number | undefined): void {
    const { last } = this.passings;
    if (last !== undefined && last.atMs === atMs && last.lap === lap) return;
    const { nowMs } = this.#parts.clock;
    this.passings.withdraw((passing) => passing.atMs >= atMs || passing.lap >= Math.max(1, lap), nowMs, 'Told anew');
    const before = this.passings.last;
    const startedMs = lapTimeMs === undefined ? undefined : atMs - lapTimeMs;
    if (before !== undefined && startedMs !== undefined && lap - before.lap === 2 && startedMs > before.atMs) {
      const missed = this.#open.find(({ totalMs }) => totalMs === startedMs);
      this.passings.add({ lap: lap - 1, atMs: startedMs, lapTimeMs: missed?.lapTimeMs });
    }
    this.#open = this.#open.filter(({ totalMs }) => totalMs > atMs);
    this.passings.add({ lap, atMs, lapTimeMs, inPitLane: this.#parts.inPitLane(atMs) });
  }

  /** The last crossing was at another time. */
  #restate(atMs: number, lapTimeMs?: number): void {
    const { last } = this.passings;
    if (last === undefined || atMs < 0 || last.atMs === atMs) return;
    this.#replaceLast(last, { lap: last.lap, atMs, lapTimeMs: lapTimeMs ?? last.lapTimeMs });
  }

  #replaceLast(last: ToldPassing, { lap, atMs, lapTimeMs }: Omit<ToldPassing, 'told'>): void {
    this.passings.withdraw((passing) => passing === last, this.#parts.clock.nowMs, 'Put right by the timing computer');
    this.passings.withdraw((passing) => passing.atMs >= atMs, this.#parts.clock.nowMs, 'Told anew');
    this.passings.add({ lap, atMs, lapTimeMs, inPitLane: this.#parts.inPitLane(atMs) });
  }

  /** The crossing that a place shows: at its time, less what was added before, or less what is added now. */
  #takeCrossing(totalMs: number): Crossed | undefined {
    const lastMs = this.passings.last?.atMs ?? Number.NEGATIVE_INFINITY;
    const newest = this.#open.findLast((open) => open.totalMs !== lastMs);
    const found =
      this.#open.findLast((open) => open.totalMs === totalMs - this.#addedMs) ??
      this.#open.findLast((open) => open.totalMs === totalMs) ??
      (newest !== undefined && totalMs - newest.totalMs >= LEAST_PENALTY_MS && this.#isPenalty(totalMs, newest)
        ? newest
        : undefined);
    if (found !== undefined) this.#open = this.#open.filter((open) => open !== found);
    return found;
  }

  /** Whole tenths are added, and the place was told together with the crossing. */
  #isPenalty(totalMs: number, { totalMs: atMs, beat }: Crossed): boolean {
    return (totalMs - atMs) % 100 === 0 && this.#parts.clock.beats - beat <= UNCONFIRMED_BEATS;
  }

  #countUnconfirmed({ lapTimeMs, totalMs }: Crossed): void {
    const { last } = this.passings;
    if (last !== undefined && totalMs <= last.atMs) return;
    if (lapTimeMs === undefined) {
      if (last === undefined || last.lap === 0) this.#add(0, totalMs, undefined);
    } else if (lapTimeMs >= SHORTEST_LAP_MS) {
      this.#add((last?.lap ?? 0) + 1, totalMs, lapTimeMs);
    }
  }

  #isFewer(standing: Standing, shown: Standing): boolean {
    if (standing.laps > shown.laps || (standing.laps === shown.laps && standing.totalMs !== undefined)) return false;
    return standing.laps < shown.laps || shown.laps > 0;
  }

  /** Laps driven where so many are shown: where more were taken away than it had, those that are known of. */
  #drivenAt(laps: number, least = 0): number {
    if (laps + this.#removedLaps < least) this.#setRemoved(Math.max(0, this.#leastLaps) - laps);
    return Math.max(0, laps + this.#removedLaps);
  }

  #setAdded(ms: number): void {
    const before = this.#addedMs;
    if (ms === before || ms < 0) return;
    this.#addedMs = ms;
    this.#penalise('time', { kind: 'time', ms: ms === 0 ? before : ms }, ms > 0);
  }

  #setRemoved(laps: number): void {
    const before = this.#removedLaps;
    if (laps === before || laps < 0 || laps > 1000) return;
    this.#removedLaps = laps;
    this.#penalise('laps', { kind: 'laps', laps: laps === 0 ? before : laps }, laps > 0);
  }

  #penalise(
    id: string,
    sanction: { readonly kind: 'time'; readonly ms: number } | { readonly kind: 'laps'; readonly laps: number },
    isGiven: boolean,
  ): void {
    const { car, tell, clock } = this.#parts;
    tell({ type: 'penalty', atMs: clock.nowMs, id, car, state: isGiven ? 'given' : 'withdrawn', sanction });
  }
}
