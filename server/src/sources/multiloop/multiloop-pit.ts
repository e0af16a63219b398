import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import type { LapMessage, Tell } from './multiloop-message.ts';

/** A lap in which a car stopped takes a second more than its best at least. */
const SHORTEST_VISIT_MS = 1000;

/** Visits of a car to the pit lane, from the lines that it crossed there, else from its laps and its number of stops. */
export class MultiloopPit {
  readonly #car: CarNumber;
  readonly #tell: Tell;
  readonly #onEstimate: () => void;
  #inPit: boolean | undefined;
  #entryAtMs = 0;
  #entries = 0;
  /** Stops that the feed counted before anybody listened. */
  #stopsBefore: number | undefined;
  /** The lap in progress has seen the pit lane. */
  #isPitLap = false;
  /** A line at the entry or exit has told of this car. */
  #hasLines = false;

  constructor(car: CarNumber, tell: Tell, onEstimate: () => void) {
    this.#car = car;
    this.#tell = tell;
    this.#onEstimate = onEstimate;
  }

  /** A line of the lane that is its entry or its exit. */
  onPitLine(atMs: number, kind: 'in' | 'out'): void {
    this.#hasLines = true;
    // Who crosses the entry came from the track.
    this.#inPit ??= kind === 'out';
    if (kind === 'in') this.#enter(atMs);
    else this.#leave(atMs);
  }

  /** Any other line saw the car, in the lane or on the track. */
  onSeen(atMs: number, inPit: boolean): void {
    if (inPit) this.#enter(atMs);
    else if (this.#inPit !== false) this.#leaveUnseen(atMs);
  }

  /** A car in the lane ended a lap. */
  beforeLap({ inPit }: LapMessage, atMs: number): void {
    if (inPit) this.#enter(atMs);
  }

  /** @returns whether the lap that ended saw nothing of the lane */
  afterLap({ inPit, pitStops, lastLapMs, fastestMs }: LapMessage, atMs: number): boolean {
    const excessMs = Math.max(SHORTEST_VISIT_MS, lastLapMs - fastestMs);
    // Not by a line: it left its box in the lap that has ended, and lost there what it lost.
    if (!inPit && this.#inPit === true) this.#leaveUnseen(Math.min(atMs, this.#entryAtMs + excessMs));
    else this.#inPit ??= inPit;
    if (pitStops !== undefined) this.#count(pitStops, { atMs, lastLapMs, excessMs });
    const isClean = !this.#isPitLap && !inPit;
    this.#isPitLap = inPit;
    return isClean;
  }

  /** More stops than entries: one was seen by no line. */
  #count(pitStops: number, lap: { atMs: number; lastLapMs: number; excessMs: number }): void {
    const before = this.#stopsBefore ?? this.#sawBefore(pitStops - this.#entries, lap.atMs);
    const isMissed = pitStops === before + this.#entries + 1;
    if (!isMissed || this.#inPit === true) {
      if (pitStops > before + this.#entries) this.#sawBefore(pitStops - this.#entries, lap.atMs);
      return;
    }
    const entryAtMs = Math.max(0, Math.round(lap.atMs - (lap.lastLapMs + lap.excessMs) / 2));
    this.#enter(entryAtMs);
    this.#leaveUnseen(Math.min(lap.atMs, entryAtMs + lap.excessMs));
  }

  /** The feed counts so many stops that were told by nothing else. */
  #sawBefore(stops: number, atMs: number): number {
    this.#stopsBefore = Math.max(0, stops);
    const isStopping = this.#inPit === true && this.#entries > 0;
    const completed = this.#stopsBefore + this.#entries - (isStopping ? 1 : 0);
    if (this.#stopsBefore > 0) {
      this.#tell({ type: 'stops-reported', atMs, car: this.#car, stops: Math.min(completed, 1000) });
    }
    return this.#stopsBefore;
  }

  #enter(atMs: number): void {
    this.#isPitLap = true;
    // Seen in the lane at first: it came from its box, and has not stopped.
    if (this.#inPit === false) {
      this.#entries++;
      this.#tell({ type: 'pit-entry', atMs, car: this.#car });
    }
    this.#inPit = true;
    this.#entryAtMs = atMs;
  }

  #leave(atMs: number): void {
    this.#isPitLap = true;
    if (this.#inPit !== false) this.#tell({ type: 'pit-exit', atMs, car: this.#car });
    this.#inPit = false;
  }

  #leaveUnseen(atMs: number): void {
    if (this.#inPit !== true) {
      this.#inPit = false;
      return;
    }
    if (!this.#hasLines) this.#onEstimate();
    this.#leave(Math.max(atMs, this.#entryAtMs));
  }
}
