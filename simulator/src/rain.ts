import type { RaceRun, RunningCar } from './race-run.ts';

export type Tyre = 'slick' | 'wet';

/** A shower, and what it does to cars on either tyre. */
export type Rain = {
  /** Water on the track, 0 dry to 1 soaked, in order of time; between two moments it changes evenly. */
  readonly water: readonly { readonly atMs: number; readonly depth: number }[];
  /** Lost a lap on a soaked track. */
  readonly slickLossMs: number;
  readonly wetLossMs: number;
  /** Lost a lap by wet tyres on a dry track. */
  readonly dryingLossMs: number;
  readonly tyreStopMs: number;
  /** Spins that a car on slicks has in a lap of a soaked track. */
  readonly spinsPerLap: number;
};

/** A crew is sure that the other tyre is right once it is this much faster over a lap. */
const SURE_MS = 9000;
/** With fewer laps to go nobody stops for other tyres. */
const WORTH_LAPS = 3;

export function waterAt({ water }: Pick<Rain, 'water'>, atMs: number): number {
  const next = water.findIndex((mark) => mark.atMs > atMs);
  const to = water[next];
  const from = water[next - 1];
  if (to === undefined) return water.at(-1)?.depth ?? 0;
  if (from === undefined) return to.depth;
  return from.depth + ((to.depth - from.depth) * (atMs - from.atMs)) / (to.atMs - from.atMs);
}

/** Lost over a lap on the tyres that the car has, in the water that lies now. */
export function rainLossMs(run: RaceRun, car: RunningCar): number {
  return lossMs(run, car.tyre);
}

/** Where the other tyre would be faster by now: the crew gets surer, and calls the car in, as the difference grows. */
export function tyreOrder(run: RaceRun, car: RunningCar): { tyre: Tyre; stationaryMs: number } | undefined {
  const { rain } = run.scenario;
  if (rain === undefined) return undefined;
  const other: Tyre = car.tyre === 'slick' ? 'wet' : 'slick';
  const gainMs = lossMs(run, car.tyre) - lossMs(run, other);
  const lapsLeft = (run.endsAtMs - run.nowMs) / car.plan.paceMs;
  if (gainMs <= 0 || lapsLeft < WORTH_LAPS || run.random.next() * SURE_MS > gainMs) return undefined;
  return { tyre: other, stationaryMs: Math.round(rain.tyreStopMs + run.random.between(0, 3000)) };
}

/** True when a car on the wrong tyres loses its grip on the sector ahead, which is `share` of a lap. */
export function losesGrip(run: RaceRun, car: RunningCar, share: number): boolean {
  const { rain } = run.scenario;
  if (rain === undefined || car.tyre === 'wet') return false;
  return run.random.next() < rain.spinsPerLap * waterAt(rain, run.nowMs) * share;
}

function lossMs({ scenario: { rain }, nowMs }: RaceRun, tyre: Tyre): number {
  if (rain === undefined) return 0;
  const depth = waterAt(rain, nowMs);
  return tyre === 'slick' ? rain.slickLossMs * depth : rain.dryingLossMs * (1 - depth) + rain.wetLossMs * depth;
}
