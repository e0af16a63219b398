import type { CarNumber } from '../domain/names.ts';
import { isGreen } from '../race/flag-severity.ts';
import type { CarState, RaceState } from '../race/race-state.ts';
import { carOf, isOut, type RaceView } from '../race/race-view.ts';
import { cleanLapsOf, median, spreadOf } from './pace.ts';
import { learntPitLossMs, stopsOwed } from './pit-cycle.ts';

/** The least and the most that it may be. */
export type Range = { readonly from: number; readonly to: number };

/** What is left of a race. */
export type Distance = {
  /** Session time left until the flag may fall, 0 once it is up; `undefined` in a race over laps. */
  readonly timeLeftMs: number | undefined;
  /** Crossings of the line that the leader has still to make, the one at the flag included; 0 after it. */
  readonly lapsToGo: Range;
  /** Session time at which the leader takes the flag. */
  readonly finishMs: Range;
};

/** Pace is judged by this many of the newest clean laps. */
const PACE_LAPS = 8;
/** Nobody's pace is known better than to this share: tyres, fuel, traffic. */
export const LEAST_SPREAD = 0.0015;
/** Where stops are free, what they and slower laps may cost of a long race, before its first stop has taught it. */
const UNKNOWN_STOPS_SHARE = 0.08;
/** A flag that has just been shown may last this many laps; later, as long again as it has. */
const FLAG_LAPS = 3;

/**
 * Distance still to run. [A8] The leader's clean pace says how many laps fit into the time that is left, as a range;
 * stops that it owes take their time. `undefined` out of a race, before the leader has three clean laps, and where
 * neither time nor laps are known.
 */
export function distanceToRun(view: RaceView): Distance | undefined {
  const { state } = view;
  const leader = leaderOf(state);
  if (leader === undefined || state.manifest.kind !== 'race') return undefined;
  const timeLeftMs = remainingMs(view);
  if (state.chequeredAtMs !== undefined) return afterFlag(timeLeftMs, state.chequeredAtMs);
  const lapsLeft = lapsLeftByNumber(state, leader);
  const lineMs = leader.lapStartedAtMs;
  if (lineMs === undefined || (timeLeftMs === undefined && lapsLeft === Number.POSITIVE_INFINITY)) return undefined;
  const endMs = timeLeftMs === undefined ? Number.POSITIVE_INFINITY : view.nowMs + timeLeftMs;
  const pace = paceRange(view, leader, endMs - lineMs);
  if (pace === undefined) return undefined;
  const fromMs = lineMs + stopsOwed(view, leader.car) * (learntPitLossMs(view) ?? 0);
  const slowedMs = flagLossMs(view, leader, pace.from);
  const lapsIn = (spanMs: number, paceMs: number) => Math.min(lapsLeft, Math.max(1, Math.ceil(spanMs / paceMs)));
  const lapsToGo = { from: lapsIn(endMs - fromMs - slowedMs, pace.to), to: lapsIn(endMs - fromMs, pace.from) };
  const quickestMs = fromMs + lapsToGo.from * pace.from;
  // The flag falls with the first crossing after time is up: never before that, unless the laps are done.
  const soonestMs = lapsToGo.from === lapsLeft ? quickestMs : Math.max(endMs, quickestMs);
  const isSettled = lapsToGo.from === lapsToGo.to;
  const latestMs = isSettled ? fromMs + slowedMs + lapsToGo.to * pace.to : endMs + pace.to;
  return { timeLeftMs, lapsToGo, finishMs: inFuture(view, soonestMs, latestMs) };
}

function inFuture({ nowMs }: RaceView, fromMs: number, toMs: number): Range {
  const from = Math.max(nowMs, Math.round(fromMs));
  return { from, to: Math.max(from, Math.round(toMs)) };
}

/**
 * Crossings of the line that a car has still to make until its own race is over: as many as the leader on the lead lap,
 * fewer for a car that is lapped, and 0 for one that is home or out. `undefined` as `distanceToRun`, and where the car
 * itself has no pace or has been away for two laps.
 */
export function lapsToRun(view: RaceView, car: CarNumber): Range | undefined {
  const own = carOf(view.state, car);
  const leader = leaderOf(view.state);
  const distance = distanceToRun(view);
  if (own === undefined || leader === undefined || distance === undefined) return undefined;
  if (isOut(own) || own.status === 'finished') return { from: 0, to: 0 };
  const { lapsToGo, finishMs } = distance;
  const down = leader.lapsCompleted - own.lapsCompleted;
  if (down === 0) return lapsToGo;
  const { lapStartedAtMs } = own;
  const pace = paceRange(view, own, finishMs.to - view.nowMs);
  if (lapStartedAtMs === undefined || pace === undefined) return undefined;
  // Nobody knows when a car that is long overdue will be back.
  if (view.nowMs - lapStartedAtMs > 2 * pace.to) return undefined;
  const lapsAt = (untilMs: number, paceMs: number) => Math.max(1, Math.ceil((untilMs - lapStartedAtMs) / paceMs));
  return {
    from: Math.min(lapsToGo.from + down, lapsAt(finishMs.from, pace.to)),
    to: Math.min(lapsToGo.to + down, lapsAt(finishMs.to, pace.from)),
  };
}

/** Session time left by the official clock, else by the planned length; `undefined` in a race over laps alone. */
export function remainingMs({ state, nowMs }: RaceView): number | undefined {
  const { clock } = state;
  const durationMs = state.manifest.distance?.durationMs;
  if (clock?.remainingMs === undefined) return durationMs === undefined ? undefined : Math.max(0, durationMs - nowMs);
  return Math.max(0, clock.remainingMs - (clock.running ? nowMs - clock.atMs : 0));
}

function lapsLeftByNumber(state: RaceState, leader: CarState): number {
  const { laps } = state.manifest.distance ?? {};
  return laps === undefined ? Number.POSITIVE_INFINITY : Math.max(1, laps - leader.lapsCompleted);
}

function leaderOf(state: RaceState): CarState | undefined {
  const car = state.order[0];
  return car === undefined ? undefined : carOf(state, car);
}

function afterFlag(timeLeftMs: number | undefined, flagMs: number): Distance {
  return { timeLeftMs, lapsToGo: { from: 0, to: 0 }, finishMs: { from: flagMs, to: flagMs } };
}

/** Mean lap time, as quick and as slow as it may turn out over that time. */
function paceRange(view: RaceView, car: CarState, spanMs: number): Range | undefined {
  const times = cleanLapsOf(view, car.car)
    .slice(-PACE_LAPS)
    .map((lap) => lap.lapTimeMs);
  const usualMs = median(times);
  if (usualMs === undefined || times.length < 3) return undefined;
  const ahead = Math.max(1, Math.min(1000, spanMs / usualMs));
  const chance = 2 * spreadOf(times) * Math.sqrt(1 / times.length + 1 / ahead);
  const spread = Math.max(chance, LEAST_SPREAD * usualMs);
  return { from: usualMs - spread, to: Math.max(usualMs + spread, paceWithStops(view, car, { usualMs, ahead })) };
}

/** Where nobody owes a stop by rule cars stop all the same: the mean of all laps knows what that costs. */
function paceWithStops(view: RaceView, car: CarState, { usualMs, ahead }: { usualMs: number; ahead: number }): number {
  const isFree = (view.state.manifest.pitRules?.mandatoryStops ?? 0) === 0;
  if (!isFree || ahead <= 2 * PACE_LAPS) return usualMs;
  if (car.stops === 0) return usualMs * (1 + UNKNOWN_STOPS_SHARE);
  return (car.lapStartedAtMs ?? 0) / car.lapsCompleted;
}

/** Time that the flag which is out may still cost. */
function flagLossMs({ state, nowMs }: RaceView, leader: CarState, usualMs: number): number {
  const { lastLapTimeMs } = leader;
  if (isGreen(state.flag) || lastLapTimeMs === undefined || lastLapTimeMs <= usualMs) return 0;
  const lastsMs = Math.max(nowMs - state.flagSinceMs, FLAG_LAPS * lastLapTimeMs);
  return lastsMs * (1 - usualMs / lastLapTimeMs);
}
