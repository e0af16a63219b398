import type { CarNumber } from '../domain/names.ts';
import { courseOf } from '../race/course.ts';
import { isGreen } from '../race/flag-severity.ts';
import type { LapRecord, PitVisit } from '../race/race-history.ts';
import type { CarState } from '../race/race-state.ts';
import { carOf, isOut, type RaceView } from '../race/race-view.ts';
import type { RaceTimeline } from '../timeline/race-timeline.ts';
import { expectedStop } from './pit-loss.ts';
import { rejoinGaps } from './rejoin.ts';

/** A stop, where it was expected to rejoin at its pit entry, and where it did, among the cars that can be compared. */
export type RejoinGrade = {
  readonly car: CarNumber;
  readonly entryAtMs: number;
  readonly predicted: number;
  readonly actual: number;
  readonly compared: number;
};

export type RejoinBacktest = {
  readonly grades: readonly RejoinGrade[];
  /** Green stops before which nothing was known of what stops cost here. */
  readonly unpredicted: number;
  /** Shares of the grades, 0 to 1; 0 without any. */
  readonly withinOne: number;
  readonly exact: number;
};

/**
 * [P17] How good rejoin predictions are. Every completed visit whose in-lap, out-lap and lap after that were green throughout
 * is predicted at its pit entry, from facts up to then, and compared with the order when the car crosses the line two laps
 * after the stop: the end of the lap that follows its out-lap. Among the cars that raced from the one moment to the other:
 * neither out nor in the pit lane at any time between, and a lap further at least.
 */
export function rejoinBacktest(timeline: RaceTimeline): RejoinBacktest {
  const grades: RejoinGrade[] = [];
  let unpredicted = 0;
  for (const { visit, endMs } of greenStops(timeline)) {
    const grade = gradeStop(timeline, visit, endMs);
    if (grade === undefined) unpredicted++;
    else grades.push(grade);
  }
  const share = (places: number) =>
    grades.filter((grade) => Math.abs(grade.predicted - grade.actual) <= places).length / Math.max(1, grades.length);
  return { grades, unpredicted, withinOne: share(1), exact: share(0) };
}

type GreenStop = { readonly visit: PitVisit; readonly endMs: number };

function greenStops({ history }: RaceTimeline): GreenStop[] {
  const stops = [...history.visits.values()].flat().flatMap((visit): GreenStop[] => {
    if (visit.exitLap === undefined) return [];
    const last = visit.exitLap + 2;
    const laps = (history.laps.get(visit.car) ?? []).filter(({ lap }) => lap >= visit.lap && lap <= last);
    const endMs = laps.at(-1)?.atMs;
    const isWhole = laps.length === last - visit.lap + 1 && laps.every((lap: LapRecord) => isGreen(lap.flag));
    if (!isWhole || endMs === undefined || visitsBetween(history.visits, visit.car, visit.atMs, endMs) > 1) return [];
    return [{ visit, endMs }];
  });
  return stops.sort((one, other) => one.visit.atMs - other.visit.atMs);
}

function gradeStop(timeline: RaceTimeline, visit: PitVisit, endMs: number): RejoinGrade | undefined {
  const before = timeline.viewAt(visit.atMs);
  const own = carOf(before.state, visit.car);
  const stop = expectedStop(before, visit);
  if (own === undefined || stop === undefined) return undefined;
  const gaps = rejoinGaps(before, own, stop);
  const after = timeline.viewAt(endMs);
  const compared = gaps.filter(({ car }) => racedOn(before, after, car));
  return {
    car: visit.car,
    entryAtMs: visit.atMs,
    predicted: 1 + compared.filter((gap) => gap.behindMs <= 0).length,
    actual: 1 + compared.filter(({ car }) => isAhead(after, car.car, visit.car)).length,
    compared: compared.length,
  };
}

function racedOn(before: RaceView, after: RaceView, car: CarState): boolean {
  const later = carOf(after.state, car.car);
  if (later === undefined || isOut(later)) return false;
  const isMoving = later.progress - car.progress >= courseOf(after.state.manifest).loops;
  return isMoving && visitsBetween(after.history.visits, car.car, before.nowMs, after.nowMs) === 0;
}

/** Visits of a car that lie, with any part of them, between two moments. */
function visitsBetween(
  visits: ReadonlyMap<CarNumber, readonly PitVisit[]>,
  car: CarNumber,
  fromMs: number,
  toMs: number,
): number {
  const touches = (visit: PitVisit) => visit.atMs <= toMs && (visit.exitAtMs ?? Number.POSITIVE_INFINITY) >= fromMs;
  return (visits.get(car) ?? []).filter(touches).length;
}

/** By crossings alone, whatever order a feed claims. */
function isAhead({ state }: RaceView, car: CarNumber, other: CarNumber): boolean {
  const one = carOf(state, car) as CarState;
  const two = carOf(state, other) as CarState;
  return one.progress === two.progress ? one.crossedAtMs < two.crossedAtMs : one.progress > two.progress;
}
