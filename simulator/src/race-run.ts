import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import type { Loop } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import type { Tyre } from './rain.ts';
import { createRandom, type Random } from './random.ts';
import type { CarPlan, DriverPace, Scenario } from './scenario.ts';
import type { Neutralisation } from './script.ts';
import { createTaskQueue, type TaskQueue } from './task-queue.ts';

/** A car in the simulation. Times are whole milliseconds of session time. */
export type RunningCar = {
  readonly plan: CarPlan;
  /** When it crossed each loop since the start, by progress. */
  readonly crossings: number[];
  /** Loops crossed since the start; −1 before the start line. */
  progress: number;
  /** `out`: retired, or home. */
  place: 'grid' | 'track' | 'lane' | 'out';
  /** When it reaches the next loop, while on the track. */
  arriveAtMs: number;
  /** Names what is planned for the car: an older plan is void. */
  ticket: number;
  /** Place in the crew. */
  driver: number;
  /** Stints of the driver at the wheel, counting this one. */
  driverStints: number;
  stintLaps: number;
  stops: number;
  /** How well it goes at present: drifts from lap to lap. */
  formMs: number;
  penaltyId: string | undefined;
  tyre: Tyre;
};

/** A car reaches the next loop; void when its ticket has changed. */
export type Arrival = { readonly car: RunningCar; readonly ticket: number };

/** A car that stands while the race is stopped, and what it does when the race goes on. */
export type WaitingCar = { readonly car: RunningCar; readonly goOn: () => void };

/** A race under way. */
export type RaceRun = {
  readonly scenario: Scenario;
  readonly loops: readonly Loop[];
  readonly durationMs: number;
  readonly random: Random;
  readonly queue: TaskQueue<Arrival | (() => void)>;
  readonly facts: RaceFact[];
  readonly cars: ReadonlyMap<CarNumber, RunningCar>;
  /** Cars between a loop and the next, next to arrive first. */
  readonly sectors: readonly RunningCar[][];
  nowMs: number;
  neutral: Neutralisation | 'red' | undefined;
  /** The field is released when the leader next comes to the line. */
  endsNeutralAtLine: boolean;
  /** When the last car turned into the pit lane, or will. */
  pitEntryAtMs: number;
  /** Numbers of the sectors that are slow zones. */
  readonly slowZones: Set<number>;
  /** Cars that a red flag keeps standing, in any order. */
  readonly waiting: WaitingCar[];
  /** The leader who comes to the line from now on takes the flag; never while the race is stopped. */
  endsAtMs: number;
  leader: RunningCar | undefined;
  /** Progress of the leader. */
  headProgress: number;
  chequeredAtMs: number | undefined;
  /** Cars that are neither out nor home. */
  racing: number;
};

export function createRun(scenario: Scenario, seed: number): RaceRun {
  const { loops } = scenario.manifest.circuit;
  const durationMs = scenario.manifest.distance?.durationMs;
  if (durationMs === undefined) throw new RangeError('the simulator knows timed races only');
  return {
    scenario,
    loops,
    durationMs,
    random: createRandom(seed),
    queue: createTaskQueue(),
    facts: [...scenario.facts],
    cars: new Map(scenario.cars.map((plan) => [plan.car, createCar(plan)])),
    sectors: loops.map(() => []),
    nowMs: 0,
    neutral: undefined,
    endsNeutralAtLine: false,
    pitEntryAtMs: Number.NEGATIVE_INFINITY,
    slowZones: new Set(),
    waiting: [],
    endsAtMs: durationMs,
    leader: undefined,
    headProgress: -1,
    chequeredAtMs: undefined,
    racing: scenario.cars.length,
  };
}

function createCar(plan: CarPlan): RunningCar {
  return {
    plan,
    crossings: [],
    progress: -1,
    place: 'grid',
    arriveAtMs: plan.startOffsetMs,
    ticket: 0,
    driver: 0,
    driverStints: 1,
    stintLaps: 0,
    stops: 0,
    formMs: 0,
    penaltyId: undefined,
    tyre: 'slick',
  };
}

/** The lap that a car is on, from 1. */
export function lapOf(run: RaceRun, car: RunningCar): number {
  return Math.floor(Math.max(0, car.progress) / run.loops.length) + 1;
}

/** The sector that a car is in: the place of the last loop it crossed. */
export function sectorOf(run: RaceRun, car: RunningCar): number {
  return Math.max(0, car.progress) % run.loops.length;
}

/** Number of the sector in which a car is, from 1: intermediate loops lie within a sector. */
export function sectorNumberOf(run: RaceRun, car: RunningCar): number {
  return run.loops.slice(0, sectorOf(run, car) + 1).filter((loop) => loop.kind === 'finish' || loop.kind === 'sector')
    .length;
}

export function isInSlowZone(run: RaceRun, car: RunningCar): boolean {
  return run.slowZones.size > 0 && run.slowZones.has(sectorNumberOf(run, car));
}

/** @throws {RangeError} for a crew without that driver: a fault of the scenario. */
export function driverOf(car: RunningCar): DriverPace {
  const driver = car.plan.crew[car.driver];
  if (driver === undefined) throw new RangeError(`car ${car.plan.car} has no driver ${car.driver}`);
  return driver;
}

/** Runs `then` after `delayMs`. */
export function after(run: RaceRun, delayMs: number, then: () => void): void {
  run.queue.push(Math.round(run.nowMs + delayMs), then);
}
