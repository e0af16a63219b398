import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import { courseOf } from '@pitboard/shared/race/course.ts';
import { countUntil, until } from '@pitboard/shared/race/race-history.ts';
import { carOf, isOut, type RaceView } from '@pitboard/shared/race/race-view.ts';

/** Gap of a car to the reference when it ended a lap. `atMs`: when the later of the two crossed the line. */
export type GapPoint = { readonly lap: number; readonly atMs: number; readonly gapMs: number };

/** One car in the gap chart. Points in order of laps; negative gaps are ahead of the reference. */
export type GapLine = {
  readonly car: CarNumber;
  readonly points: readonly GapPoint[];
  /** Places in `points` of the laps that ended in the pit lane. */
  readonly stops: readonly number[];
  readonly out: boolean;
};

export type LapAxis = 'laps' | 'time';

/** Changes whenever a line of the chart could: a lap ended, a car left the grid, stopped or is out. */
export function gapLinesKey(view: RaceView): string {
  const { history, nowMs, state } = view;
  let started = 0;
  let stops = 0;
  for (const car of state.cars) {
    if (car.progress >= 0) started += 1;
    stops += car.stops + (car.pitEntryAtMs === undefined ? 0 : 1);
  }
  return [
    countUntil(history.allLaps, nowMs),
    countUntil(history.flags, nowMs),
    started,
    stops,
    state.running,
    state.order[0],
  ].join(' ');
}

/**
 * Gaps of `cars` to the reference, lap by lap: the difference of their crossing times at the finish line, known once
 * both have crossed it. [V20]
 */
export function gapLines(view: RaceView, cars: readonly CarNumber[], reference: CarNumber): readonly GapLine[] {
  const referenceTimes = lineTimes(view, reference);
  return cars.map((car) => gapLine(view, car, referenceTimes));
}

function gapLine(view: RaceView, car: CarNumber, referenceTimes: readonly (number | undefined)[]): GapLine {
  const points: GapPoint[] = [];
  for (const [lap, timeMs] of lineTimes(view, car).entries()) {
    const referenceMs = referenceTimes[lap];
    if (timeMs === undefined || referenceMs === undefined) continue;
    points.push({ lap, atMs: Math.max(timeMs, referenceMs), gapMs: timeMs - referenceMs });
  }
  const state = carOf(view.state, car);
  return { car, points, stops: stopPlaces(view, car, points), out: state !== undefined && isOut(state) };
}

function stopPlaces(view: RaceView, car: CarNumber, points: readonly GapPoint[]): readonly number[] {
  const visits = until(view.history.visits.get(car) ?? [], view.nowMs);
  const places: number[] = [];
  for (const visit of visits) {
    const place = points.findIndex((point) => point.lap === visit.lap);
    if (place >= 0) places.push(place);
  }
  return places;
}

/** When a car crossed the finish line, by laps completed; nothing later than the playhead. */
export function lineTimes(view: RaceView, car: CarNumber): readonly (number | undefined)[] {
  const { loops } = courseOf(view.state.manifest);
  const all = view.history.crossings.get(car)?.timesMs ?? [];
  const times: (number | undefined)[] = [];
  for (let progress = 0; progress < all.length; progress += loops) {
    const timeMs = all[progress];
    if (timeMs !== undefined && timeMs > view.nowMs) break;
    times.push(timeMs);
  }
  return times;
}

/** Where a session time lies on an axis of laps, by the crossings of one car: 2.5 is half way through its third lap. */
export function lapsAt(times: readonly (number | undefined)[], atMs: number): number {
  let before = { lap: 0, timeMs: Number.NEGATIVE_INFINITY };
  for (const [lap, timeMs] of times.entries()) {
    if (timeMs === undefined) continue;
    if (timeMs <= atMs) before = { lap, timeMs };
    else if (before.timeMs === Number.NEGATIVE_INFINITY) return lap;
    else return before.lap + ((lap - before.lap) * (atMs - before.timeMs)) / (timeMs - before.timeMs);
  }
  return before.lap;
}

/** Value of a point on the horizontal axis: laps, or seconds of the session. */
export function axisValue(point: GapPoint, axis: LapAxis): number {
  return axis === 'laps' ? point.lap : point.atMs / 1000;
}

/** The last point at or before a place on the axis; `undefined` before the first. */
export function pointAt(line: GapLine, axis: LapAxis, value: number): GapPoint | undefined {
  return line.points.findLast((point) => axisValue(point, axis) <= value);
}

/** The car whose line is nearest to a place in the chart, and no further from it than `withinMs`. */
export function nearestCar(
  lines: readonly GapLine[],
  axis: LapAxis,
  at: { readonly value: number; readonly gapMs: number; readonly withinMs: number },
): CarNumber | undefined {
  let nearest: CarNumber | undefined;
  let distanceMs = at.withinMs;
  for (const line of lines) {
    const gapMs = gapBetween(line, axis, at.value);
    if (gapMs === undefined || Math.abs(gapMs - at.gapMs) > distanceMs) continue;
    distanceMs = Math.abs(gapMs - at.gapMs);
    nearest = line.car;
  }
  return nearest;
}

/** Where a line is drawn at a place on the axis, between its points too; `undefined` beyond its ends. */
function gapBetween(line: GapLine, axis: LapAxis, value: number): number | undefined {
  const next = line.points.findIndex((point) => axisValue(point, axis) >= value);
  const after = line.points[next];
  if (after === undefined) return undefined;
  const before = line.points[next - 1] ?? after;
  const span = axisValue(after, axis) - axisValue(before, axis);
  const share = span === 0 ? 1 : (value - axisValue(before, axis)) / span;
  return before.gapMs + (after.gapMs - before.gapMs) * share;
}

/** A line as an SVG path in chart units: laps or seconds to the right, seconds of gap downward. */
export function linePath(line: GapLine, axis: LapAxis): string {
  let path = '';
  for (const point of line.points) {
    path += `${path === '' ? 'M' : 'L'}${round(axisValue(point, axis))},${round(point.gapMs / 1000)}`;
  }
  return path;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
