import type { CarNumber } from '../domain/names.ts';
import type { CarStatus } from '../domain/status.ts';
import type { Entry } from '../protocol/manifest.ts';
import { classBests } from './best-laps.ts';
import { copyCar, type MutableCar } from './copy-car.ts';
import { type Course, courseOf } from './course.ts';
import { initialCarState } from './initial-state.ts';
import { shownOrder } from './official-order.ts';
import type { CarState, Outcome, RaceState } from './race-state.ts';
import { entryIndexes, isOut } from './race-view.ts';
import type { Recorder } from './recorder.ts';
import { compareCars, countRunning, sortedOrder } from './running-order.ts';

type MutableState = { -readonly [K in keyof RaceState]: RaceState[K] };

/**
 * A state in the making: the base is never touched, a car is copied the first time it changes, and lists likewise.
 * One draft serves a whole batch of events, which is what makes folding fast.
 */
export class RaceDraft {
  readonly state: MutableState;
  readonly recorder: Recorder | undefined;
  course: Course;
  #indexes: ReadonlyMap<CarNumber, number>;
  #cars: CarState[] | undefined;
  #copied: boolean[] = [];
  #order: number[] | undefined;

  constructor(base: RaceState, recorder?: Recorder) {
    this.state = { ...base };
    this.recorder = recorder;
    this.course = courseOf(base.manifest);
    this.#indexes = entryIndexes(base.manifest);
  }

  /** Place of a car in `state.cars`. A car that nobody entered is entered now: its laps count all the same. */
  indexOf(car: CarNumber): number {
    const index = this.#indexes.get(car);
    if (index !== undefined) return index;
    this.enter({ car, drivers: [] });
    return this.state.cars.length - 1;
  }

  peek(index: number): CarState {
    return this.state.cars[index] as CarState;
  }

  /** The car's own copy, to write to. */
  car(index: number): MutableCar {
    const cars = this.#ownCars();
    if (this.#copied[index] !== true) {
      this.#copied[index] = true;
      cars[index] = copyCar(cars[index] as CarState);
    }
    return cars[index] as MutableCar;
  }

  get order(): readonly number[] {
    return this.#order ?? this.state.orderIndexes;
  }

  /** Adds an entry, or replaces the one with its number. */
  enter(entry: Entry): void {
    const index = this.#indexes.get(entry.car);
    const entries = [...this.state.manifest.entries];
    entries[index ?? entries.length] = entry;
    this.setManifest({ ...this.state.manifest, entries });
    if (index === undefined) {
      const cars = this.#ownCars();
      cars.push(initialCarState(this.state.manifest, entry, cars.length));
      this.car(cars.length - 1).part = this.state.part;
      if (this.state.phase === 'running' && this.state.manifest.kind === 'race') {
        this.car(cars.length - 1).status = 'running';
      }
    } else {
      const car = this.car(index);
      if (car.class !== entry.class) this.#changeClass(car, entry.class);
      if (car.progress < 0 && entry.startingDriver !== undefined) car.driver = entry.startingDriver;
    }
    this.resort();
  }

  /** [L10] A class that becomes known late takes the car's best lap with it. */
  #changeClass(car: MutableCar, to: CarState['class']): void {
    const classes = [car.class, to];
    car.class = to;
    this.state.classBestLaps = classBests(this.state, classes);
  }

  setManifest(manifest: RaceState['manifest']): void {
    this.state.manifest = manifest;
    this.course = courseOf(manifest);
    this.#indexes = entryIndexes(manifest);
  }

  /** Moves a car up past every car that it now stands ahead of; `onPass` hears of each, nearest first. */
  moveUp(index: number, onPass?: (passed: number, place: number) => void): void {
    const kind = this.state.manifest.kind;
    const car = this.peek(index);
    let place = this.order.indexOf(index);
    while (place > 0) {
      const ahead = this.order[place - 1] as number;
      if (compareCars(car, this.peek(ahead), kind) >= 0) return;
      if (this.#order === undefined) this.#order = [...this.state.orderIndexes];
      this.#order[place] = ahead;
      place--;
      this.#order[place] = index;
      onPass?.(ahead, place);
    }
  }

  /** Sorts everything anew: after a change that can move a car back. */
  resort(): void {
    this.#order = sortedOrder(this.state.cars, this.state.manifest.kind);
    this.state.running = countRunning(this.state.cars, this.state.manifest.kind);
  }

  /** Changes what a car is doing, and takes it down. */
  setStatus(index: number, status: CarStatus, outcome: Outcome | undefined): void {
    const before = this.peek(index);
    if (before.status === status && outcome === undefined) return;
    const place = this.order.indexOf(index);
    const leader = this.order[0];
    // Before the change: the car may be a copy of this draft already.
    const wasOut = isOut(before);
    const car = this.car(index);
    const from = car.status;
    car.status = status;
    car.outcome = outcome;
    if (wasOut !== isOut(car)) this.resort();
    const atMs = this.state.atMs;
    this.recorder?.status({ atMs, car: car.car, from, to: status, outcome, position: place + 1 });
    if (this.order[0] !== leader) this.recordLead(leader, false);
  }

  /** Takes down that the lead has changed hands. */
  recordLead(from: number | undefined, atLine: boolean): void {
    const index = this.order[0];
    if (this.recorder === undefined || index === undefined) return;
    const leader = this.peek(index);
    if (leader.progress < 0) return;
    this.recorder.lead({
      atMs: this.state.atMs,
      car: leader.car,
      from: from === undefined ? undefined : this.peek(from).car,
      lap: atLine ? leader.lapsCompleted : leader.lapsCompleted + 1,
      atLine,
    });
  }

  close(): RaceState {
    const order = this.#order;
    const moved = order?.some((index, place) => index !== this.state.orderIndexes[place]) === true;
    if (order !== undefined && moved) this.state.orderIndexes = order;
    if (moved || this.state.reportedOrder !== undefined) {
      const shown = shownOrder(this.state, this.state.orderIndexes);
      if (shown.some((index, place) => this.peek(index).car !== this.state.order[place])) {
        this.state.order = shown.map((index) => this.peek(index).car);
      }
    }
    return this.state;
  }

  #ownCars(): CarState[] {
    if (this.#cars === undefined) {
      this.#cars = [...this.state.cars];
      this.state.cars = this.#cars;
    }
    return this.#cars;
  }
}
