import { lapOf, type RaceRun, type RunningCar } from './race-run.ts';
import { type Tyre, tyreOrder } from './rain.ts';
import type { PlannedStop, Strategy } from './scenario.ts';

/** Why a car turns into the pit lane, and what happens there. */
export type PitOrder =
  | {
      readonly kind: 'stop';
      readonly stationaryMs: number;
      readonly next: number;
      readonly trouble?: string;
      readonly tyre?: Tyre;
    }
  | { readonly kind: 'drive-through'; readonly penaltyId: string }
  | { readonly kind: 'retire'; readonly reason: string };

type FuelStrategy = Extract<Strategy, { kind: 'fuel' }>;

/** Share of a tank after which a neutralisation is worth a stop. */
const CHEAP_STOP_SHARE = 0.75;
/** No full stop this close to the flag: the fuel lasts. */
const LAST_STOP_MARGIN_LAPS = 1.5;

/** What the car does at the end of the lap it is on; `undefined` stays out. */
export function pitOrder(run: RaceRun, car: RunningCar): PitOrder | undefined {
  if (run.chequeredAtMs !== undefined || run.neutral === 'red') return undefined;
  const lap = lapOf(run, car);
  const retirement = run.scenario.script.pitRetirements.find((end) => end.car === car.plan.car && end.lap === lap);
  if (retirement !== undefined) return { kind: 'retire', reason: retirement.reason };
  if (car.penaltyId !== undefined) return { kind: 'drive-through', penaltyId: car.penaltyId };
  const { strategy } = car.plan;
  if (strategy.kind === 'fuel') return fuelStop(run, car, strategy);
  const stop = strategy.stops[car.stops];
  if (stop !== undefined && isDue(run, stop, lap)) return { kind: 'stop', ...stop };
  const tyres = tyreOrder(run, car);
  return tyres && { kind: 'stop', next: car.driver, ...tyres };
}

function isDue(run: RaceRun, stop: PlannedStop, lap: number): boolean {
  if (lap >= stop.lap) return true;
  return run.neutral === 'safety-car' && stop.underSafetyCarFromLap !== undefined && lap >= stop.underSafetyCarFromLap;
}

function fuelStop(run: RaceRun, car: RunningCar, strategy: FuelStrategy): PitOrder | undefined {
  const tankLaps = car.stops === 0 ? strategy.firstStintLaps : strategy.tankLaps;
  const lapsLeft = (run.endsAtMs - run.nowMs) / car.plan.paceMs;
  const lapsDone = car.stintLaps + 1;
  const isEmpty = lapsDone >= tankLaps;
  const isCheap = run.neutral !== undefined && lapsDone >= tankLaps * CHEAP_STOP_SHARE;
  if (!isEmpty && !isCheap) return undefined;
  if (lapsLeft < LAST_STOP_MARGIN_LAPS) return undefined;
  const changes = car.driverStints >= strategy.stintsPerDriver;
  const tankShare = Math.min(1, lapsDone / strategy.tankLaps, (lapsLeft + 1) / strategy.tankLaps);
  const workMs = changes ? strategy.driverChangeMs : 0;
  return {
    kind: 'stop',
    stationaryMs: Math.round(strategy.refuelMs * tankShare + workMs + run.random.between(0, 6000)),
    next: changes ? (car.driver + 1) % car.plan.crew.length : car.driver,
  };
}
