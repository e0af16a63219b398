import type { CarStatus } from '../domain/status.ts';
import { until } from './race-history.ts';
import type { CarState } from './race-state.ts';
import type { RaceView } from './race-view.ts';
import { tookFlag } from './status.ts';

/** What a result goes by, of one car. */
export type Tally = {
  readonly car: CarState;
  readonly status: CarStatus;
  readonly laps: number;
  /** Session time of the last crossing of the finish line, with what was added to it. */
  readonly totalTimeMs: number | undefined;
  readonly tookFlag: boolean;
  /** The flag is out, and this car will not take it. */
  readonly missedFlag: boolean;
};

/** What the road says, best car first. Cars that were shut out keep what they drove. */
export function tallyRoad(view: RaceView): readonly Tally[] {
  const { state, history, nowMs } = view;
  const tallies = state.orderIndexes.map((index): Tally => {
    const car = state.cars[index] as CarState;
    const isHome = tookFlag(state, car);
    const mayCome = (car.status === 'running' || car.status === 'in-pit') && state.phase !== 'closed';
    return {
      car,
      status: car.status,
      laps: car.lapsCompleted,
      totalTimeMs: until(history.laps.get(car.car) ?? [], nowMs).at(-1)?.atMs,
      tookFlag: isHome,
      missedFlag: state.chequeredAtMs !== undefined && !isHome && !mayCome,
    };
  });
  return state.manifest.kind === 'race' ? tallies.sort(compareTallies) : tallies;
}

/** Better first; equal ones stay as they are. */
export function compareTallies(one: Tally, other: Tally): number {
  if (one.laps !== other.laps) return other.laps - one.laps;
  // [C10] Of the same number of laps the flag is worth more than having been there earlier.
  if (one.missedFlag !== other.missedFlag) return Number(one.missedFlag) - Number(other.missedFlag);
  // [C4] Equal laps: who crossed the line first. Cars without a lap keep the running order.
  return (one.totalTimeMs ?? 0) - (other.totalTimeMs ?? 0);
}
