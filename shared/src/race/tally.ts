import type { CarStatus } from '../domain/status.ts';
import { lapLeaders } from './lap-leaders.ts';
import { type LapRecord, until } from './race-history.ts';
import type { CarState } from './race-state.ts';
import type { RaceView } from './race-view.ts';
import { tookFlag } from './status.ts';
import { stoppedAtMs } from './suspension.ts';

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
  /** It missed the flag with as many laps as the car that won under it. */
  readonly missedWin: boolean;
};

/** What the road says, best car first. Cars that were shut out keep what they drove. */
export function tallyRoad(view: RaceView): readonly Tally[] {
  const { state, history, nowMs } = view;
  const stoppedMs = stoppedAtMs(view);
  const endMs = stoppedMs === undefined ? undefined : countedUntilMs(view, stoppedMs);
  const tallies = state.orderIndexes.map((index): Tally => {
    const car = state.cars[index] as CarState;
    const isHome = tookFlag(state, car);
    const mayCome = (car.status === 'running' || car.status === 'in-pit') && state.phase !== 'closed';
    return {
      car,
      status: car.status,
      ...lapsOf(car, until(history.laps.get(car.car) ?? [], nowMs), endMs),
      tookFlag: isHome,
      missedFlag: state.chequeredAtMs !== undefined && stoppedMs === undefined && !isHome && !mayCome,
      missedWin: false,
    };
  });
  return state.manifest.kind === 'race' ? withMissedWins(tallies).sort(compareTallies) : tallies;
}

function withMissedWins(tallies: readonly Tally[]): Tally[] {
  const winnerLaps = Math.max(...tallies.map(({ tookFlag, laps }) => (tookFlag ? laps : Number.NEGATIVE_INFINITY)));
  return tallies.map((tally) => ({ ...tally, missedWin: tally.missedFlag && tally.laps >= winnerLaps }));
}

function lapsOf(
  car: CarState,
  laps: readonly LapRecord[],
  endMs: number | undefined,
): Pick<Tally, 'laps' | 'totalTimeMs'> {
  if (endMs === undefined) return { laps: car.lapsCompleted, totalTimeMs: laps.at(-1)?.atMs };
  const last = laps.find((record) => record.atMs >= endMs) ?? laps.at(-1);
  return { laps: last?.lap ?? 0, totalTimeMs: last?.atMs };
}

/** [C23] When the leader ended the lap that a stopped race counts up to; `undefined` where it counts as it stands. */
function countedUntilMs(view: RaceView, stoppedMs: number): number | undefined {
  const lapsBack = view.state.manifest.rules?.stoppedRaceLapsBack;
  if (lapsBack === undefined) return undefined;
  const before = until(lapLeaders(view), stoppedMs);
  return before.at(-1 - lapsBack)?.atMs;
}

/** Better first; equal ones stay as they are. */
export function compareTallies(one: Tally, other: Tally): number {
  if (one.laps !== other.laps) return other.laps - one.laps;
  // [C10] On the lead lap the flag is worth more than having been there earlier.
  if (one.missedWin !== other.missedWin) return Number(one.missedWin) - Number(other.missedWin);
  // [C4] Equal laps: who crossed the line first. Cars without a lap keep the running order.
  return (one.totalTimeMs ?? 0) - (other.totalTimeMs ?? 0);
}
