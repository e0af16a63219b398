import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import type { LapMessage, Scene, Tell } from './multiloop-message.ts';

const MOST_LAPS = 5000;

/** Keeps what follows from the laps of a car and what the feed calls its best the same. */
export class MultiloopBests {
  readonly #car: CarNumber;
  readonly #tell: Tell;
  readonly #scene: Scene;
  /** Times of laps that count, ms. */
  readonly #laps = new Map<number, number>();
  #reported: { readonly lap: number; readonly ms: number } | undefined;

  constructor(car: CarNumber, tell: Tell, scene: Scene) {
    this.#car = car;
    this.#tell = tell;
    this.#scene = scene;
  }

  add(lap: number, ms: number): void {
    if (ms > 0 && lap > 0) this.#laps.set(lap, ms);
    if (this.#laps.size > MOST_LAPS) this.#laps.delete(this.#laps.keys().next().value ?? 0);
  }

  drop(lap: number): void {
    this.#laps.delete(lap);
  }

  /** The lap counts, its time does not. */
  invalidate(lap: number): void {
    this.#laps.delete(lap);
    if (this.#reported?.lap === lap) this.#reported = undefined;
    this.#tell({ type: 'lap-invalidated', atMs: this.#scene.nowMs(), car: this.#car, lapNumber: lap });
  }

  /**
   * A record of the car names its best: a better one is reported, laps that are better were taken out. Its newest lap may be
   * newer than the best that the record names.
   */
  onRecord({ laps, fastestMs, fastestLap }: LapMessage, isUpdate: boolean): void {
    if (fastestMs === 0) return;
    for (const [lap, ms] of [...this.#laps]) {
      if (ms < fastestMs && (lap !== laps || isUpdate)) this.invalidate(lap);
    }
    if (this.#reported !== undefined && this.#reported.ms < fastestMs) this.invalidate(this.#reported.lap);
    if (fastestMs >= Math.min(this.#reported?.ms ?? Number.POSITIVE_INFINITY, ...this.#laps.values())) return;
    if (fastestLap < 1 || fastestLap > 100_000) return;
    this.#reported = { lap: fastestLap, ms: fastestMs };
    const best = { lapTimeMs: fastestMs, lapNumber: fastestLap };
    this.#tell({ type: 'best-lap-reported', atMs: this.#scene.nowMs(), car: this.#car, ...best });
  }
}
