import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import type { CarRow } from './car-row.ts';
import type { FrameMoment } from './moment.ts';

type Condition = 'running' | 'in-pit' | 'stopped' | 'retired' | 'finished' | 'not-started' | 'disqualified';

/** The states of the common timing format, and what services write besides. */
const CONDITIONS: ReadonlyMap<string, Condition> = new Map([
  ['RUN', 'running'],
  ['OUT', 'running'],
  ['PIT', 'in-pit'],
  ['PITS', 'in-pit'],
  ['BOX', 'in-pit'],
  ['FUEL', 'in-pit'],
  ['STOP', 'stopped'],
  ['RET', 'retired'],
  ['DNF', 'retired'],
  ['FIN', 'finished'],
  ['N/S', 'not-started'],
  ['DNS', 'not-started'],
  ['DSQ', 'disqualified'],
]);
/** A stop that is counted and of which the lane shows nothing for so long was too short for the frames. */
const UNSEEN_STOP_MS = 30_000;

/** Where one car is, told from its state and its count of stops. */
export class ConditionWatch {
  readonly #car: string;
  #condition: Condition | undefined;
  /** Since the start or the first look, told or not. */
  #visits = 0;
  /** Stops counted before the car was first seen. */
  #stopsBefore: number | undefined;
  #unseenSinceMs: number | undefined;
  /** It had been racing when it was first seen, and how often it has stopped is not told yet. */
  #owesCount = false;

  constructor(car: string) {
    this.#car = car;
  }

  get hasNotStarted(): boolean {
    return this.#condition === 'not-started';
  }

  take(row: CarRow, moment: FrameMoment, facts: RaceFact[]): void {
    const now = CONDITIONS.get(row.state);
    const before = this.#condition;
    if (now !== undefined && now !== before) {
      this.#condition = now;
      this.#leave(before, now, moment.atMs, facts);
      // A car that is first seen in the lane of a race that goes on is on a visit; at other times that is where cars begin.
      const isVisit = before !== undefined || (moment.isRace && moment.isStarted && (row.laps ?? 0) > 0);
      if (isVisit || now !== 'in-pit') this.#enter(now, moment, facts);
      else if (moment.isStarted) this.#visits++;
    }
    this.#takeStops(row, moment, facts);
  }

  #leave(before: Condition | undefined, now: Condition, atMs: number, facts: RaceFact[]): void {
    const car = this.#car;
    const isBack = now === 'running' || now === 'in-pit';
    // Who retires in the lane, or is home when it stands there, does not leave it.
    if (before === 'in-pit' && (now === 'running' || now === 'stopped')) facts.push({ type: 'pit-exit', atMs, car });
    if (before === 'stopped' && isBack) facts.push({ type: 'car-resumed', atMs, car });
    if ((before === 'retired' || before === 'disqualified') && isBack)
      facts.push({ type: 'car-reinstated', atMs, car });
  }

  #enter(now: Condition, { atMs, isStarted }: FrameMoment, facts: RaceFact[]): void {
    const car = this.#car;
    if (now === 'in-pit') {
      facts.push({ type: 'pit-entry', atMs, car });
      if (isStarted) this.#visits++;
    } else if (now === 'stopped' && isStarted) {
      facts.push({ type: 'car-stopped', atMs, car });
    } else if (now === 'retired' && isStarted) {
      facts.push({ type: 'car-retired', atMs, car });
    } else if (now === 'disqualified') {
      facts.push({ type: 'car-disqualified', atMs, car });
    }
  }

  /** A visit between two frames leaves no trace but the count. */
  #takeStops({ pits }: CarRow, { atMs, isStarted }: FrameMoment, facts: RaceFact[]): void {
    if (pits === undefined) return;
    if (isStarted && this.#stopsBefore === undefined) this.#owesCount = true;
    if (!isStarted || this.#stopsBefore === undefined) this.#stopsBefore = pits;
    // Whether a stop that goes on is counted already differs between services.
    if (this.#owesCount && this.#condition !== 'in-pit') {
      this.#owesCount = false;
      if (pits > 0) facts.push({ type: 'stops-reported', atMs, car: this.#car, stops: Math.min(pits, 1000) });
    }
    const unseen = pits - this.#stopsBefore - this.#visits;
    if (unseen <= 0 || this.#condition === 'in-pit') {
      this.#unseenSinceMs = undefined;
      return;
    }
    this.#unseenSinceMs ??= atMs;
    if (atMs - this.#unseenSinceMs < UNSEEN_STOP_MS) return;
    const car = this.#car;
    facts.push(
      { type: 'pit-entry', atMs: this.#unseenSinceMs, car },
      { type: 'pit-exit', atMs: this.#unseenSinceMs + 1, car },
    );
    this.#visits++;
    this.#unseenSinceMs = undefined;
  }
}
