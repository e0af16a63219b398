import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import type { CarRow } from './car-row.ts';
import type { FrameMoment } from './moment.ts';

type TimedLap = { readonly lap: number; readonly ms: number };

const KEPT_LAP_TIMES = 3000;
/** A best that has not followed a faster lap by then never will. */
const SETTLED_MS = 30_000;
/** A screen may round a lap and a best in different ways. */
const ROUNDING_MS = 1;
/** Some screens show the best of the driver at the wheel: what another one drove says nothing against it. */
const NEW_DRIVER_MS = 600_000;
/** In the lane, or just out of it: such a lap is no best in any case. */
const LANE_STATES = new Set(['PIT', 'PITS', 'BOX', 'FUEL', 'OUT']);

/** The best lap of one car as the screen has it, and the laps that it leaves out. */
export class BestWatch {
  readonly #car: string;
  readonly #lapOfTime = new Map<number, number>();
  #bestMs: number | undefined;
  #driver = '';
  #driverSinceMs = Number.NEGATIVE_INFINITY;
  #pits: number | undefined;
  /** The lap in progress has seen the lane. */
  #hasSeenLane = false;
  /** The newest lap, until the best has followed it or has had time to. */
  #unsettled: (TimedLap & { readonly shownMs: number }) | undefined;

  constructor(car: string) {
    this.#car = car;
  }

  /** What stands there before the start is of an earlier session. */
  pass({ bestMs }: CarRow): void {
    this.#bestMs = bestMs;
  }

  /** What the lap in progress has seen, and who drives it: before its end is told. */
  look({ state, pits, driver }: CarRow, { atMs }: FrameMoment): void {
    if (LANE_STATES.has(state) || (pits !== undefined && this.#pits !== undefined && pits !== this.#pits)) {
      this.#hasSeenLane = true;
    }
    this.#pits = pits ?? this.#pits;
    if (driver === '' || driver === this.#driver) return;
    if (this.#driver !== '') this.#driverSinceMs = atMs;
    this.#driver = driver;
  }

  /** A lap has ended. */
  lapEnded(lap: number, ms: number | undefined, { atMs, isRace }: FrameMoment): void {
    const counts = !this.#hasSeenLane && !(isRace && lap === 1);
    this.#hasSeenLane = false;
    this.#unsettled = ms !== undefined && counts ? { lap, ms, shownMs: atMs } : undefined;
    if (ms === undefined || this.#lapOfTime.has(ms) || this.#lapOfTime.size >= KEPT_LAP_TIMES) return;
    this.#lapOfTime.set(ms, lap);
  }

  take({ bestMs }: CarRow, { atMs }: FrameMoment, facts: RaceFact[]): void {
    if (bestMs === undefined) return;
    this.#settle(bestMs, atMs, facts);
    if (bestMs === this.#bestMs) return;
    const before = this.#bestMs ?? bestMs;
    const deleted = bestMs > before + ROUNDING_MS ? this.#lapOfTime.get(before) : undefined;
    if (deleted !== undefined && atMs - this.#driverSinceMs >= NEW_DRIVER_MS) this.#leaveOut(deleted, atMs, facts);
    this.#bestMs = bestMs;
    const lapNumber = this.#lapOfTime.get(bestMs);
    const lap = lapNumber === undefined ? {} : { lapNumber };
    facts.push({ type: 'best-lap-reported', atMs, car: this.#car, lapTimeMs: bestMs, ...lap });
  }

  #settle(bestMs: number, atMs: number, facts: RaceFact[]): void {
    const newest = this.#unsettled;
    if (newest === undefined) return;
    const isFollowed = bestMs <= newest.ms + ROUNDING_MS;
    if (!isFollowed && atMs - newest.shownMs < SETTLED_MS) return;
    this.#unsettled = undefined;
    if (!isFollowed) this.#leaveOut(newest.lap, atMs, facts);
  }

  #leaveOut(lapNumber: number, atMs: number, facts: RaceFact[]): void {
    facts.push({ type: 'lap-invalidated', atMs, car: this.#car, lapNumber, reason: 'No best of the timing screen' });
  }
}
