import type { CarNumber } from '../domain/names.ts';
import { type Course, courseOf } from '../race/course.ts';
import { isGreen } from '../race/flag-severity.ts';
import { countUntil } from '../race/race-history.ts';
import type { CarState } from '../race/race-state.ts';
import { carOf, isOut, type RaceView } from '../race/race-view.ts';
import { median } from './pace.ts';

/** Where on the lap a car is: for the eye alone, never for order or gaps. */
export type TrackPosition = {
  /** Of the lap from the finish line, 0 to below 1. */
  readonly fraction: number;
  /** `reported` by the feed just now, or `estimated` from times. */
  readonly source: 'reported' | 'estimated';
  readonly inPitLane: boolean;
};

/** A place that a car was at, in laps since the start, and when. */
type Anchor = { readonly laps: number; readonly atMs: number };

/** A reported place that is older is no longer where the car is. */
const FRESH_MS = 5000;
/** The same stretch of so many laps before tells how long it takes. */
const LAPS_BACK = 5;
/** [K1] A car that is due at a loop waits just short of it until it has crossed. */
const SHORT_OF_LOOP = 0.99;
/** Of a stop, before anybody has made one. */
const UNKNOWN_PIT_MS = 60_000;
/** A lap at racing speed takes about so many of the shortest laps that anybody could drive. */
const LAP_IN_MINIMUMS = 2.2;

/** [K1] Where a car is now; `undefined` before its first loop, after its last, and for cars that are out. */
export function trackPosition(view: RaceView, car: CarNumber): TrackPosition | undefined {
  const own = carOf(view.state, car);
  if (own === undefined) return undefined;
  const inPitLane = own.pitEntryAtMs !== undefined;
  const reported = reportedFraction(view, own);
  if (reported !== undefined) return { fraction: reported % 1, source: 'reported', inPitLane };
  if (own.progress < 0 || isOut(own) || own.status === 'finished') return undefined;
  const laps = lapsInLane(view, own) ?? lapsOnTrack(view, own);
  return { fraction: laps - Math.floor(laps), source: 'estimated', inPitLane };
}

/** [K2] What the feed said, while nothing newer is known of the car. */
function reportedFraction({ nowMs }: RaceView, car: CarState): number | undefined {
  const { lapFraction, lapFractionAtMs } = car;
  if (lapFraction === undefined || lapFractionAtMs === undefined) return undefined;
  const isNewest = car.progress < 0 || lapFractionAtMs >= car.crossedAtMs;
  return isNewest && nowMs - lapFractionAtMs <= FRESH_MS ? lapFraction : undefined;
}

/** From the last loop, or the pit exit, towards the next loop at the usual pace, and not beyond it. */
function lapsOnTrack(view: RaceView, car: CarState): number {
  const course = courseOf(view.state.manifest);
  const anchor = anchorOf(view, car, course);
  let place = car.progress + 1;
  while (lapsAt(course, place) <= anchor.laps) place++;
  const stretch = lapsAt(course, place) - lapsAt(course, place - 1);
  const toGo = lapsAt(course, place) - anchor.laps;
  const passedMs = Math.max(0, lastMoveMs(view, car) - anchor.atMs);
  const neededMs = (usualMs(view, car, { place, course }) * toGo) / stretch;
  return anchor.laps + toGo * Math.min(SHORT_OF_LOOP, passedMs / neededMs);
}

function anchorOf({ history, nowMs }: RaceView, car: CarState, course: Course): Anchor {
  const loop = { laps: lapsAt(course, car.progress), atMs: car.crossedAtMs };
  const visits = history.visits.get(car.car) ?? [];
  const exitAtMs = visits[countUntil(visits, nowMs) - 1]?.exitAtMs;
  const exit = course.pitLane?.exit;
  if (exit === undefined || exitAtMs === undefined || exitAtMs <= loop.atMs) return loop;
  return { laps: ahead(loop.laps, exit), atMs: exitAtMs };
}

/** [K3] A car that stands, or is in the lane, or under a red flag, has moved until then. */
function lastMoveMs({ state, nowMs }: RaceView, car: CarState): number {
  const stoppedAtMs = car.status === 'stopped' ? car.outcome?.atMs : undefined;
  return Math.min(nowMs, stoppedAtMs ?? nowMs, car.pitEntryAtMs ?? nowMs, state.suspension?.atMs ?? nowMs);
}

/** [K3] Through the lane in the usual time of a stop; `undefined` on the track, and where nobody knows where the lane is. */
function lapsInLane(view: RaceView, car: CarState): number | undefined {
  const course = courseOf(view.state.manifest);
  const { pitEntryAtMs } = car;
  if (pitEntryAtMs === undefined || course.pitLane === undefined) return undefined;
  const atLoop = lapsAt(course, car.progress);
  const seenInLane = car.crossedAtMs > pitEntryAtMs;
  const from = seenInLane ? atLoop : ahead(atLoop, course.pitLane.entry);
  const to = Math.min(ahead(from, course.pitLane.exit), Math.max(from, lapsAt(course, car.progress + 1)));
  const leftMs = usualPitMs(view) - (seenInLane ? car.crossedAtMs - pitEntryAtMs : 0);
  const passedMs = view.nowMs - Math.max(pitEntryAtMs, car.crossedAtMs);
  return from + (to - from) * Math.min(SHORT_OF_LOOP, passedMs / Math.max(1000, leftMs));
}

/** Of the last stops of all cars; before there are any, what the circuit is known to cost. */
function usualPitMs({ state }: RaceView): number {
  const known = state.cars.flatMap(({ lastPitTimeMs }) => lastPitTimeMs ?? []);
  return median(known) ?? state.manifest.circuit.pitLane?.lossMs ?? UNKNOWN_PIT_MS;
}

type Target = { readonly place: number; readonly course: Course };

/** [K4] How long the stretch before a place takes: by the car's own last laps, its class, everybody, or a guess. */
function usualMs(view: RaceView, car: CarState, { place, course }: Target): number {
  const others = (isOne: (other: CarState) => boolean) =>
    median(view.state.cars.filter(isOne).flatMap((other) => newestMs(view, other, { place, course })?.ms ?? []));
  const usual =
    ownMs(view, car, { place, course }) ??
    others((other) => other.class === car.class) ??
    others(() => true) ??
    course.minimumLapMs * LAP_IN_MINIMUMS * (lapsAt(course, place) - lapsAt(course, place - 1));
  return Math.max(1, usual, slowedMs(view, { place, course }) ?? 0);
}

function ownMs({ history, nowMs }: RaceView, car: CarState, { place, course }: Target): number | undefined {
  const crossed = history.crossings.get(car.car)?.timesMs ?? [];
  const times: number[] = [];
  for (let lap = 1; lap <= LAPS_BACK; lap++) {
    const fromMs = crossed[place - 1 - lap * course.loops];
    const toMs = crossed[place - lap * course.loops];
    if (fromMs !== undefined && toMs !== undefined && toMs <= nowMs) times.push(toMs - fromMs);
  }
  return median(times);
}

/** The last time that a car drove that stretch of the lap. */
function newestMs({ history }: RaceView, car: CarState, { place, course }: Target) {
  const crossed = history.crossings.get(car.car)?.timesMs ?? [];
  const back = (((car.progress - place) % course.loops) + course.loops) % course.loops;
  const fromMs = crossed[car.progress - back - 1];
  const toMs = crossed[car.progress - back];
  return fromMs === undefined || toMs === undefined ? undefined : { ms: toMs - fromMs, atMs: toMs };
}

/** [K4] Under any flag but green: as long as the last car took that drove the whole stretch under it. */
function slowedMs(view: RaceView, target: Target): number | undefined {
  const { state } = view;
  if (isGreen(state.flag) || state.flag === 'chequered') return undefined;
  let newest: { readonly ms: number; readonly atMs: number } | undefined;
  for (const car of state.cars) {
    const driven = newestMs(view, car, target);
    if (driven === undefined || driven.atMs - driven.ms < state.flagSinceMs) continue;
    if (newest === undefined || driven.atMs > newest.atMs) newest = driven;
  }
  return newest?.ms;
}

/** Laps since the start at a place counted in loops. */
function lapsAt({ loops, fractions }: Course, place: number): number {
  return Math.floor(place / loops) + (fractions[place % loops] as number);
}

/** The next time, from `laps` on, that a car comes to a fraction of the lap. */
function ahead(laps: number, fraction: number): number {
  const next = Math.floor(laps) + fraction;
  return next >= laps ? next : next + 1;
}
