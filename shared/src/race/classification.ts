import type { Gap } from '../domain/gap.ts';
import type { CarNumber, ClassId } from '../domain/names.ts';
import type { ResultStatus } from '../domain/status.ts';
import { until } from './race-history.ts';
import type { CarState, Outcome } from './race-state.ts';
import type { RaceView } from './race-view.ts';

/** A line of a classification on the road: before penalties, which are a layer of their own. */
export type ClassifiedCar = {
  readonly car: CarNumber;
  /** `undefined` for cars that are not classified. */
  readonly position: number | undefined;
  readonly status: ResultStatus;
  /** False for a car that stands in the result without having taken the flag. */
  readonly tookFlag: boolean;
  readonly class: ClassId | undefined;
  readonly classPosition: number | undefined;
  readonly laps: number;
  /** Session time of the last crossing of the finish line. */
  readonly totalTimeMs: number | undefined;
  readonly gap: Gap;
  readonly bestLapTimeMs: number | undefined;
  readonly bestLap: number | undefined;
  readonly pitStops: number;
  readonly outcome: Outcome | undefined;
};

/** Share of the winner's laps that a car must have completed, unless the manifest says otherwise. */
const DEFAULT_CLASSIFIED_SHARE = 0.7;

type Tally = { readonly car: CarState; readonly totalTimeMs: number | undefined };

/**
 * The result on the road, or as it stands while the race runs: laps, then the time of the last crossing of the line;
 * out of a race the best laps. Winner first; cars that are not classified stand behind.
 */
export function classify(view: RaceView): readonly ClassifiedCar[] {
  const { state } = view;
  const tallies = state.orderIndexes.map((index): Tally => {
    const car = state.cars[index] as CarState;
    return { car, totalTimeMs: until(view.history.laps.get(car.car) ?? [], view.nowMs).at(-1)?.atMs };
  });
  const isRace = state.manifest.kind === 'race';
  if (isRace) tallies.sort(compareTallies);
  const needed = lapsNeeded(view, tallies);
  const lines = tallies.map((tally) => ({
    tally,
    status: isRace ? statusOf(view, tally.car, needed) : timedStatusOf(tally.car),
  }));
  const classified = lines.filter((line) => line.status === 'classified');
  const winner = classified[0]?.tally;
  const places = new Map<ClassId | undefined, number>();
  return [...classified, ...lines.filter((line) => line.status !== 'classified')].map(({ tally, status }, index) => {
    const counts = status === 'classified';
    const classPosition = (places.get(tally.car.class) ?? 0) + 1;
    if (counts) places.set(tally.car.class, classPosition);
    return {
      ...lineOf(tally, status),
      position: counts ? index + 1 : undefined,
      classPosition: counts && tally.car.class !== undefined ? classPosition : undefined,
      gap: counts && winner !== undefined ? gapBehind(winner, tally, isRace) : { kind: 'unknown' },
    };
  });
}

/** [C3] A share of the winner's laps, cut to whole laps; a car that is shut out won nothing. */
function lapsNeeded({ state }: RaceView, tallies: readonly Tally[]): number {
  const winner = tallies.find(({ car }) => car.status !== 'disqualified' && car.status !== 'did-not-start');
  const share = state.manifest.rules?.classifiedShare ?? DEFAULT_CLASSIFIED_SHARE;
  // 0.57 × 100 is 56.99…: a hair more than the product, so that whole laps stay whole.
  return Math.floor((winner?.car.lapsCompleted ?? 0) * share + 1e-9);
}

function compareTallies(one: Tally, other: Tally): number {
  const byLaps = other.car.lapsCompleted - one.car.lapsCompleted;
  // [C4] Equal laps: who crossed the line first. Cars without a lap keep the running order.
  return byLaps !== 0 ? byLaps : (one.totalTimeMs ?? 0) - (other.totalTimeMs ?? 0);
}

function lineOf({ car, totalTimeMs }: Tally, status: ResultStatus) {
  return {
    car: car.car,
    status,
    tookFlag: car.status === 'finished',
    class: car.class,
    laps: car.lapsCompleted,
    totalTimeMs,
    bestLapTimeMs: car.bestLapTimeMs,
    bestLap: car.bestLapNumber,
    pitStops: car.stops,
    outcome: car.outcome,
  };
}

/** [C3] Enough of the winner's laps make a car classified, running or not, unless the rules want it to take the flag. */
function statusOf(view: RaceView, car: CarState, needed: number): ResultStatus {
  if (car.status === 'disqualified') return 'disqualified';
  if (car.status === 'did-not-start') return 'did-not-start';
  const isOver = view.state.chequeredAtMs !== undefined;
  const mustTakeFlag = view.state.manifest.rules?.mustTakeFlag === true;
  const isRetired = car.status === 'retired';
  if (isRetired && (!isOver || mustTakeFlag || car.lapsCompleted < needed)) return 'did-not-finish';
  if (!isOver) return 'classified';
  if (car.status !== 'finished' && view.state.phase === 'closed' && mustTakeFlag) return 'not-classified';
  return car.lapsCompleted >= needed && car.lapsCompleted > 0 ? 'classified' : 'not-classified';
}

/** [C6] In practice and qualifying a lap time is a result. */
function timedStatusOf(car: CarState): ResultStatus {
  if (car.status === 'disqualified' || car.status === 'did-not-start') return car.status;
  return car.bestLapTimeMs === undefined ? 'not-classified' : 'classified';
}

function gapBehind(winner: Tally, tally: Tally, isRace: boolean): Gap {
  if (tally.car === winner.car) return { kind: 'leader', lap: winner.car.lapsCompleted };
  if (!isRace) {
    const ms = (tally.car.bestLapTimeMs ?? 0) - (winner.car.bestLapTimeMs ?? 0);
    return { kind: 'time', ms, provenance: 'measured' };
  }
  const laps = winner.car.lapsCompleted - tally.car.lapsCompleted;
  if (laps > 0) return { kind: 'laps', laps, ms: undefined, provenance: 'measured' };
  if (winner.totalTimeMs === undefined || tally.totalTimeMs === undefined) return { kind: 'unknown' };
  return { kind: 'time', ms: tally.totalTimeMs - winner.totalTimeMs, provenance: 'measured' };
}
