import type { CarNumber } from '../domain/names.ts';
import { isGreen } from '../race/flag-severity.ts';
import { lastLapAt, remainingAt } from '../race/race-clock.ts';
import { countUntil } from '../race/race-history.ts';
import type { CarState, RaceState } from '../race/race-state.ts';
import { carOf, isOut, type RaceView } from '../race/race-view.ts';
import { suspendedMsBetween } from '../race/suspension.ts';
import { paceRange, type Range } from './pace-range.ts';
import { stopsOwed } from './pit-cycle.ts';
import { learntPitLossMs } from './pit-loss.ts';

/** What is left of a race. */
export type Distance = {
  /** Session time left until the flag may fall, 0 once it is up; `undefined` in a race over laps. */
  readonly timeLeftMs: number | undefined;
  /** Crossings of the line that the leader has still to make, the one at the flag included; 0 after it. */
  readonly lapsToGo: Range;
  /** Session time at which the leader takes the flag. */
  readonly finishMs: Range;
};

/** A flag that has just been shown may last this many laps; later, as long again as it has. */
const FLAG_LAPS = 3;

/**
 * Distance still to run. [A8] The leader's clean pace says how many laps fit into the time that is left, as a range;
 * stops that it owes take their time. `undefined` out of a race, before the leader has three clean laps, while the race
 * is suspended, and where neither time nor laps are known.
 */
export function distanceToRun(view: RaceView): Distance | undefined {
  const { state } = view;
  const leader = leaderOf(state);
  if (leader === undefined || state.manifest.kind !== 'race') return undefined;
  const timeLeftMs = remainingAt(state, view.nowMs);
  if (state.chequeredAtMs !== undefined) return afterFlag(timeLeftMs, state.chequeredAtMs);
  const lapsLeft = lapsLeftByNumber(view, leader);
  const lineMs = racedFromMs(view, leader.lapStartedAtMs);
  // Once time is up the laps that are left are known by number.
  const endMs = timeLeftMs === undefined || timeLeftMs === 0 ? Number.POSITIVE_INFINITY : view.nowMs + timeLeftMs;
  if (lineMs === undefined || state.suspension !== undefined || !Number.isFinite(Math.min(lapsLeft, endMs))) {
    return undefined;
  }
  const pace = paceRange(view, leader, { spanMs: endMs - lineMs, laps: lapsLeft });
  return pace === undefined
    ? undefined
    : { timeLeftMs, ...lapsWithin(view, leader, { lineMs, endMs, lapsLeft, pace }) };
}

type Goal = { readonly lineMs: number; readonly endMs: number; readonly lapsLeft: number; readonly pace: Range };

/** How many laps of that pace the leader begins before time is up, and when it will have done them. */
function lapsWithin(view: RaceView, leader: CarState, { lineMs, endMs, lapsLeft, pace }: Goal) {
  const fromMs = lineMs + stopsOwed(view, leader.car) * (learntPitLossMs(view) ?? 0);
  const slowedMs = flagLossMs(view, leader, pace.from);
  const { lapsAfterTime = 0 } = view.state.manifest.distance ?? {};
  const lapsIn = (spanMs: number, paceMs: number) =>
    Math.min(lapsLeft, Math.max(1, Math.ceil(spanMs / paceMs)) + lapsAfterTime);
  const lapsToGo = { from: lapsIn(endMs - fromMs - slowedMs, pace.to), to: lapsIn(endMs - fromMs, pace.from) };
  const quickestMs = fromMs + lapsToGo.from * pace.from;
  // The flag falls with a crossing after time is up: never before that, unless the laps are done.
  const soonestMs = lapsToGo.from === lapsLeft ? quickestMs : Math.max(endMs + lapsAfterTime * pace.from, quickestMs);
  const isSettled = lapsToGo.from === lapsToGo.to;
  const latestMs = isSettled ? fromMs + slowedMs + lapsToGo.to * pace.to : endMs + (1 + lapsAfterTime) * pace.to;
  return { lapsToGo, finishMs: inFuture(view, soonestMs, latestMs) };
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
  const lineMs = racedFromMs(view, own.lapStartedAtMs);
  const pace = paceRange(view, own, { spanMs: finishMs.to - view.nowMs, laps: lapsToGo.to + down });
  if (lineMs === undefined || pace === undefined) return undefined;
  // Nobody knows when a car that is long overdue will be back.
  if (view.nowMs - lineMs > 2 * pace.to) return undefined;
  const lapsAt = (untilMs: number, paceMs: number) => Math.max(1, Math.ceil((untilMs - lineMs) / paceMs));
  return {
    from: Math.min(lapsToGo.from + down, lapsAt(finishMs.from, pace.to)),
    to: Math.min(lapsToGo.to + down, lapsAt(finishMs.to, pace.from)),
  };
}

/** Laps that the leader has still to do, where they are known by number; infinite where time alone ends the race. */
function lapsLeftByNumber({ state, nowMs, history }: RaceView, leader: CarState): number {
  const lastLap = lastLapAt(state, leader.lapsCompleted, nowMs);
  if (lastLap !== undefined) return Math.max(1, lastLap - leader.lapsCompleted);
  const { lapsToGo, atMs = 0 } = state.clock ?? {};
  if (lapsToGo === undefined) return Number.POSITIVE_INFINITY;
  const laps = history.laps.get(leader.car) ?? [];
  // The feed said so a while ago: what the leader has done since comes off.
  return Math.max(1, lapsToGo - countUntil(laps, nowMs) + countUntil(laps, atMs));
}

/** A moment of the lap in progress, put off by as long as the race was suspended since. */
export function racedFromMs({ history, nowMs }: RaceView, atMs: number | undefined): number | undefined {
  return atMs === undefined ? undefined : atMs + suspendedMsBetween(history, atMs, nowMs);
}

function leaderOf(state: RaceState): CarState | undefined {
  const car = state.order[0];
  return car === undefined ? undefined : carOf(state, car);
}

function afterFlag(timeLeftMs: number | undefined, flagMs: number): Distance {
  return { timeLeftMs, lapsToGo: { from: 0, to: 0 }, finishMs: { from: flagMs, to: flagMs } };
}

/** Time that the flag which is out may still cost. */
function flagLossMs({ state, nowMs }: RaceView, leader: CarState, usualMs: number): number {
  const { lastLapTimeMs } = leader;
  if (isGreen(state.flag) || lastLapTimeMs === undefined || lastLapTimeMs <= usualMs) return 0;
  const lastsMs = Math.max(nowMs - state.flagSinceMs, FLAG_LAPS * lastLapTimeMs);
  return lastsMs * (1 - usualMs / lastLapTimeMs);
}
