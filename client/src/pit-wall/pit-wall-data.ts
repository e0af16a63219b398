import {
  lapsSinceStop,
  type NetPlace,
  netOrder,
  type PitCycleState,
  pitCycleState,
  stopsOwed,
} from '@pitboard/shared/analysis/pit-cycle.ts';
import { pitLossMs } from '@pitboard/shared/analysis/pit-loss.ts';
import { visitsOf } from '@pitboard/shared/analysis/stints.ts';
import type { CarNumber, DriverId } from '@pitboard/shared/domain/names.ts';
import type { CarState } from '@pitboard/shared/race/race-state.ts';
import { carOf, isOut, positionOf, type RaceView, runningOrder } from '@pitboard/shared/race/race-view.ts';

/** One car in the table of the pit cycle. */
export type PitRow = {
  readonly car: CarNumber;
  /** Place in the running order; `undefined` for a car that is out of the race. */
  readonly position: number | undefined;
  readonly driver: DriverId | undefined;
  readonly cycle: PitCycleState;
  readonly stops: number;
  readonly owed: number;
  readonly lapsSinceStop: number;
  readonly inLaneSinceMs: number | undefined;
  readonly lastPitTimeMs: number | undefined;
  /** What the last stop cost against laps on the track. */
  readonly stopLossMs: number | undefined;
  readonly netPosition: number | undefined;
  /** Places that the car stands to gain (positive) or lose until all stops are paid. */
  readonly netChange: number | undefined;
  readonly netGapMs: number | undefined;
};

/** The pit cycle of every car: the running order first, cars that are out of the race after it. */
export function pitRows(view: RaceView): readonly PitRow[] {
  const net = new Map(netOrder(view).map((place) => [place.car, place]));
  return view.state.order.flatMap((car) => {
    const state = carOf(view.state, car);
    return state === undefined ? [] : [pitRow(view, state, net.get(car))];
  });
}

function pitRow(view: RaceView, state: CarState, net: NetPlace | undefined): PitRow {
  const { car } = state;
  const out = isOut(state);
  const position = out ? undefined : positionOf(view.state, car);
  const netPosition = out ? undefined : net?.netPosition;
  return {
    car,
    position,
    driver: state.driver,
    cycle: pitCycleState(view, car),
    stops: state.stops,
    owed: out ? 0 : stopsOwed(view, car),
    lapsSinceStop: lapsSinceStop(view, car),
    inLaneSinceMs: out ? undefined : state.pitEntryAtMs,
    lastPitTimeMs: state.lastPitTimeMs,
    stopLossMs: lastLossMs(view, car),
    netPosition,
    netChange: position === undefined || netPosition === undefined ? undefined : position - netPosition,
    netGapMs: out ? undefined : net?.netGapMs,
  };
}

/** What the last completed stop of a car cost, once its out-lap is done. */
function lastLossMs(view: RaceView, car: CarNumber): number | undefined {
  const visit = visitsOf(view, car).findLast((candidate) => candidate.exitAtMs !== undefined);
  return visit === undefined ? undefined : pitLossMs(view, visit);
}

/** How far the field is with its stops. */
export type PitTally = {
  readonly inLane: number;
  /** Cars in the race that still owe a stop. */
  readonly owing: number;
  /** Cars whose window shut before they had stopped. */
  readonly missed: readonly CarNumber[];
};

export function pitTally(view: RaceView): PitTally {
  const running = runningOrder(view.state);
  return {
    inLane: running.filter((car) => carOf(view.state, car)?.pitEntryAtMs !== undefined).length,
    owing: running.filter((car) => stopsOwed(view, car) > 0).length,
    missed: running.filter((car) => pitCycleState(view, car) === 'missed'),
  };
}
