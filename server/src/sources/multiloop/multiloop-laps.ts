import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import { MultiloopBests } from './multiloop-bests.ts';
import { FINISH_LOOP } from './multiloop-course.ts';
import type { LapMessage, Scene, Tell } from './multiloop-message.ts';

/** A crossing of the finish line that was told. */
type ToldLap = {
  /** As the feed has it, with time that was added. */
  readonly elapsedMs: number;
  readonly atMs: number;
  readonly lapTimeMs: number;
  /** Place among the facts of the session, from 1. */
  readonly fact: number;
};

type Crossing = { readonly inPit: boolean; readonly lapNumber?: number; readonly lapTimeMs?: number };

const SAME_MOMENT_MS = 5;
/** Laps that can still be corrected. */
const MOST_LAPS = 5000;

/** The laps of a car: each is told once, told anew when it is updated, and taken back when the feed counts fewer. */
export class MultiloopLaps {
  /** Laps completed; `undefined` before the first word of it. */
  laps: number | undefined;
  readonly #car: CarNumber;
  readonly #tell: Tell;
  readonly #scene: Scene;
  readonly #bests: MultiloopBests;
  readonly #told = new Map<number, ToldLap>();
  /** Time that the feed has added to the total of the car. */
  #addedMs = 0;
  /** The finish line as a timing line saw it last; `fact` where that was told without a lap. */
  #line: { readonly atMs: number; readonly fact: number | undefined } | undefined;
  #invalid: { readonly lap: number; readonly elapsedMs: number } | undefined;

  constructor(car: CarNumber, tell: Tell, scene: Scene) {
    this.#car = car;
    this.#tell = tell;
    this.#scene = scene;
    this.#bests = new MultiloopBests(car, tell, scene);
  }

  /** The crossing of the newest lap; `undefined` before it. */
  get lastAtMs(): number | undefined {
    return this.#told.get(this.laps ?? -1)?.atMs;
  }

  /** A timing line saw the car at start and finish. Where laps are told, they tell it themselves. */
  onLine(atMs: number, inPit: boolean, hasLaps: boolean): void {
    if (this.#line?.atMs === atMs) return;
    this.#line = { atMs, fact: hasLaps ? undefined : this.#passing(atMs, { inPit }) };
  }

  /** What a record of the car's last lap changes. @returns whether its newest lap is another than before */
  onLap(message: LapMessage, kind: 'N' | 'R' | 'U', isCleanLap: boolean): boolean {
    const { laps, elapsedMs } = message;
    this.#settleAdded(message);
    const isOlder = this.laps !== undefined && laps < this.laps;
    const isCorrection = isOlder && kind !== 'R' && (kind === 'U' || elapsedMs > this.#newestElapsedMs());
    if (isCorrection) this.#takeBack(laps);
    const isNewest = this.laps === undefined || laps > this.laps || isCorrection;
    const isChanged = this.#set(message, isCleanLap);
    if (isNewest) this.laps = laps;
    if (isNewest || laps === this.laps) {
      this.settleInvalid();
      this.#bests.onRecord(message, kind === 'U');
    }
    return isChanged && (isNewest || laps === this.laps);
  }

  /** A lap was taken out by race control; whether it still counts is told by the next record of the car. */
  onInvalidated(elapsedMs: number): void {
    for (const [lap, told] of this.#told) {
      if (Math.abs(told.elapsedMs - elapsedMs) <= SAME_MOMENT_MS && lap > 0) this.#invalid = { lap, elapsedMs };
    }
  }

  /** Tells that a lap is invalid, if it is still there. */
  settleInvalid(): void {
    const invalid = this.#invalid;
    this.#invalid = undefined;
    const told = invalid === undefined ? undefined : this.#told.get(invalid.lap);
    if (invalid === undefined || told === undefined) return;
    if (Math.abs(told.elapsedMs - invalid.elapsedMs) > SAME_MOMENT_MS) return;
    this.#bests.invalidate(invalid.lap);
  }

  #newestElapsedMs(): number {
    return this.#told.get(this.laps ?? -1)?.elapsedMs ?? 0;
  }

  /** Tells the crossing that ended a lap, if it is new or another than was told. */
  #set({ laps, elapsedMs, lastLapMs, inPit }: LapMessage, isCleanLap: boolean): boolean {
    const atMs = Math.max(0, elapsedMs - this.#addedMs);
    const told = this.#told.get(laps);
    if (told?.atMs === atMs && told.lapTimeMs === lastLapMs) return false;
    // A row of a car that has not begun.
    if (laps === 0 && elapsedMs === 0) return false;
    if (told !== undefined) this.#withdraw(told);
    else if (this.#line?.atMs === atMs && this.#line.fact !== undefined) {
      this.#withdraw({ atMs, fact: this.#line.fact });
      this.#line = { atMs, fact: undefined };
    }
    const fact = this.#passing(atMs, { inPit, lapNumber: laps, lapTimeMs: laps > 0 ? lastLapMs : 0 });
    this.#told.set(laps, { elapsedMs, atMs, lapTimeMs: lastLapMs, fact });
    // The first lap of a race is no best.
    if (isCleanLap && !(this.#scene.isRace() && laps === 1)) this.#bests.add(laps, lastLapMs);
    if (this.#told.size > MOST_LAPS) this.#told.delete(this.#told.keys().next().value ?? 0);
    return true;
  }

  #passing(atMs: number, { inPit, lapNumber, lapTimeMs = 0 }: Crossing): number {
    return this.#tell({
      type: 'passing',
      atMs,
      car: this.#car,
      loop: FINISH_LOOP.id,
      ...(lapNumber === undefined ? {} : { lapNumber }),
      ...(lapTimeMs > 0 ? { lapTimeMs } : {}),
      ...(inPit ? { inPitLane: true } : {}),
    });
  }

  #takeBack(laps: number): void {
    for (const [lap, told] of [...this.#told]) {
      if (lap <= laps) continue;
      this.#withdraw(told);
      this.#told.delete(lap);
      this.#bests.drop(lap);
    }
  }

  #withdraw({ atMs, fact }: Pick<ToldLap, 'atMs' | 'fact'>): void {
    this.#tell({ type: 'passing-withdrawn', atMs, car: this.#car, withdrawnSeq: fact });
  }

  /**
   * Whole seconds that come to a total and to no lap are a penalty, as this maker's timing adds them: told of the same lap
   * again, or seen between the lap and its crossing of the line.
   */
  #settleAdded({ laps, elapsedMs, lastLapMs }: LapMessage): void {
    const told = this.#told.get(laps);
    const isSameLap = told !== undefined && told.lapTimeMs === lastLapMs && laps > 0;
    const rawMs = isSameLap ? told.atMs : this.#lineOfLap(laps, lastLapMs);
    if (rawMs === undefined) return;
    const addedMs = elapsedMs - rawMs;
    if (addedMs === this.#addedMs || addedMs < 0 || addedMs % 1000 !== 0) return;
    if (isSameLap) this.#told.set(laps, { ...told, elapsedMs });
    const state = addedMs === 0 ? 'withdrawn' : 'given';
    const sanction = { kind: 'time', ms: addedMs === 0 ? this.#addedMs : addedMs } as const;
    this.#addedMs = addedMs;
    this.#tell({ type: 'penalty', atMs: this.#scene.nowMs(), id: 'added-time', car: this.#car, state, sanction });
  }

  /** Where a timing line saw the end of the lap that follows on the newest one. */
  #lineOfLap(laps: number, lapTimeMs: number): number | undefined {
    const { lastAtMs } = this;
    if (lastAtMs === undefined || this.#line === undefined || laps !== (this.laps ?? 0) + 1) return undefined;
    const isEnd = Math.abs(this.#line.atMs - lastAtMs - lapTimeMs) <= SAME_MOMENT_MS;
    return isEnd ? this.#line.atMs : undefined;
  }
}
