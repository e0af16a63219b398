import { describe, expect, it } from 'vitest';
import { Chance } from '../../../random-race.ts';
import { beat, CUT, clock, hearOne, type Line, resultOf } from './hear-rmonitor.ts';

type Car = {
  readonly reg: string;
  laps: number;
  crossedMs: number;
  nextMs: number;
  addedMs: number;
  best: number;
  bestLap: number;
  /** Taken away by the officials. */
  removed: number;
  isHome: boolean;
};

const CARS = 8;
const LENGTH_SECONDS = 900;
const FLAG_SECONDS = 820;

/** A race that a timing computer tells with everything that goes wrong on the way, and what came of it. */
class RandomFeed {
  readonly lines: Line[] = [];
  readonly cars: readonly Car[];
  readonly #chance: Chance;
  #places: readonly string[] = [];
  #deafUntil = -1;
  #isFlaggedOff = false;

  constructor(seed: number) {
    this.#chance = new Chance(seed);
    this.cars = Array.from({ length: CARS }, (_, index) => {
      const crossedMs = 2000 + index * 613;
      const nextMs = crossedMs + 52_000 + this.#chance.below(9000);
      return {
        reg: String(index + 1),
        laps: 0,
        crossedMs,
        nextMs,
        addedMs: 0,
        best: 0,
        bestLap: 0,
        removed: 0,
        isHome: false,
      };
    });
    this.#say(...this.#list());
    for (let seconds = 0; seconds < LENGTH_SECONDS; seconds++) this.#second(seconds);
    this.#deafUntil = -1;
    this.#say(CUT, ...this.#list());
    for (let more = 0; more < 8; more++) this.#say(beat(LENGTH_SECONDS + more, { flag: 'Finish' }));
  }

  ranking(): readonly Car[] {
    const total = (car: Car) => car.crossedMs + car.addedMs;
    return [...this.cars].sort((one, other) => shownLaps(other) - shownLaps(one) || total(one) - total(other));
  }

  #say(...lines: readonly Line[]): void {
    if (this.#deafUntil < 0) this.lines.push(...lines);
  }

  #second(seconds: number): void {
    if (seconds >= this.#deafUntil && this.#deafUntil >= 0) {
      this.#deafUntil = -1;
      this.#say(CUT, ...this.#list());
    }
    // A flag within 3 s of the leader's crossing, whoever leads on the road, counts for that crossing.
    const isClear = this.cars.every(({ crossedMs }) => crossedMs < (seconds - 4) * 1000);
    this.#isFlaggedOff ||= seconds >= FLAG_SECONDS && isClear;
    const flag = this.#isFlaggedOff ? 'Finish' : 'Green ';
    this.#say(beat(seconds, { flag }));
    // Heartbeats overtake each other on some lines.
    if (seconds > 5 && this.#chance.below(40) === 0) this.#say(beat(seconds - 2));
    for (const car of this.cars) {
      if (car.isHome || car.nextMs >= seconds * 1000 + 1000) continue;
      this.#cross(car);
      car.isHome = this.#isFlaggedOff;
    }
    const what = this.#chance.below(120);
    if (what === 0) this.#say('$I, "00:00:00", "0/0/0000"', ...this.#list());
    else if (what === 1) this.#say(...this.#list());
    else if (what === 2) this.#deafUntil = seconds + this.#chance.below(90);
  }

  #cross(car: Car): void {
    const lapMs = car.nextMs - car.crossedMs;
    car.laps++;
    car.crossedMs = car.nextMs;
    car.nextMs += 52_000 + this.#chance.below(9000);
    const what = this.#chance.below(25);
    if (what === 0) {
      // Read twice, and taken back.
      this.#say(
        `$J,"${car.reg}","${clock(lapMs)}","${clock(car.crossedMs)}"`,
        this.#row(car),
        `$J,"${car.reg}","00:00:00.020","${clock(car.crossedMs + 20)}"`,
      );
      this.#say(this.#row({ ...car, laps: car.laps + 1, crossedMs: car.crossedMs + 20 }), this.#row(car));
    } else {
      this.#say(`$J,"${car.reg}","${clock(lapMs)}","${clock(car.crossedMs)}"`);
      // A penalty that nobody heard of is part of the time until the next crossing is heard.
      if (what === 1 && this.#deafUntil < 0) car.addedMs += 5000;
      if (what === 3) car.removed++;
      this.#say(this.#row(car));
    }
    if (what === 2) {
      // The photo of the line says that it was 2 ms earlier.
      car.crossedMs -= 2;
      this.#say(`$J,"${car.reg}","${clock(lapMs - 2)}","${clock(car.crossedMs)}"`, this.#row(car));
    }
    const shownMs = what === 2 ? lapMs - 2 : lapMs;
    if (car.best === 0 || shownMs < car.best) Object.assign(car, { best: shownMs, bestLap: car.laps });
    this.#say(this.#bestRow(car), ...this.#moved());
  }

  /** Places that have changed, each told once more. */
  #moved(): string[] {
    const now = this.ranking().map(({ reg }) => reg);
    const rows = this.ranking().filter((_, index) => now[index] !== this.#places[index]);
    this.#places = now;
    return rows.map((car) => this.#row(car));
  }

  #row(car: Car): string {
    const place = this.ranking().findIndex(({ reg }) => reg === car.reg) + 1;
    return `$G,${place},"${car.reg}",${shownLaps(car) || ''},"${clock(car.crossedMs + car.addedMs)}"`;
  }

  #bestRow(car: Car): string {
    return `$H,1,"${car.reg}",${car.bestLap},"${clock(car.best)}"`;
  }

  /** In any order, and now and then with an old place behind the new one. */
  #list(): string[] {
    const rows = this.cars.flatMap((car) => {
      const old = { ...car, laps: car.laps - 1, crossedMs: car.crossedMs - 55_000 };
      const isOld = car.laps > 2 && this.#chance.below(10) === 0;
      return [this.#row(car), ...(isOld ? [this.#row(old)] : []), this.#bestRow(car)];
    });
    const tables = [
      '$B,4,"Race 1"',
      ...this.cars.map(({ reg }) => `$A,"${reg}","${reg}",0,"Driver","Number${reg}","",1`),
    ];
    return this.#chance.below(2) === 0 ? [...tables, ...rows] : [...rows, ...tables];
  }
}

function shownLaps({ laps, removed }: Car): number {
  return laps - removed;
}

describe('N. RMonitor and Multiloop', () => {
  it('[N14] whatever goes wrong on the way, laps, times, penalties, bests and order come out as they were', () => {
    const first = Math.floor(Math.random() * 2 ** 31);
    for (let seed = first; seed < first + 25; seed++) {
      const feed = new RandomFeed(seed);
      const ours = resultOf(hearOne(feed.lines)).map((line) => ({
        car: line.car,
        laps: line.laps,
        totalMs: line.totalTimeMs,
        bestMs: line.bestLapTimeMs,
      }));
      const theirs = feed.ranking().map(({ reg, laps, removed, crossedMs, addedMs, best }) => ({
        car: reg,
        laps: laps - removed,
        totalMs: crossedMs + addedMs,
        bestMs: best,
      }));
      expect(ours, `seed ${seed}`).toEqual(theirs);
    }
  });
});
