import type { CarNumber } from '../domain/names.ts';
import { isPresumedStopped } from '../race/presumed.ts';
import type { CarState } from '../race/race-state.ts';
import { carOf, isOut, positionOf, type RaceView, runningOrder } from '../race/race-view.ts';
import { type ExpectedStop, expectedStop } from './pit-loss.ts';
import type { PitStopKind } from './pit-time.ts';
import { timeBehindMs } from './time-between.ts';

/** A car beside which another would come out, and the time between them. */
export type RejoinNeighbour = { readonly car: CarNumber; readonly gapMs: number };

/** The visit of a car that is in the lane. */
export type LaneClock = {
  readonly enteredAtMs: number;
  /** Entry plus the usual pit time of such a visit; `undefined` before this race has shown one. */
  readonly expectedExitAtMs: number | undefined;
  /** Until the expected exit: below 0 once it is overdue. */
  readonly remainingMs: number | undefined;
};

/** Where a car comes out of the pits: if it stopped now, or from the visit that it is on. */
export type Rejoin = {
  readonly kind: PitStopKind;
  /** What the whole visit is expected to cost. */
  readonly lossMs: number;
  readonly position: number;
  readonly classPosition: number;
  /** Behind the first car of the projection; 0 for that car itself, `undefined` where its time is not known. */
  readonly gapToLeaderMs: number | undefined;
  readonly ahead: RejoinNeighbour | undefined;
  readonly behind: RejoinNeighbour | undefined;
  readonly lane: LaneClock | undefined;
};

/** A car and the time that it will be behind the one that rejoins, not above 0 when ahead. */
export type RejoinGap = { readonly car: CarState; readonly behindMs: number };

/**
 * [P16] Where a car rejoins. Its time with the loss of a stop under the flag that is out is compared with the time of
 * every other car; those in the lane count with what they have still to lose. `undefined` for a car that is out, home or
 * not under way, outside a race, while the race is suspended, and before anything is known of what stops cost.
 */
export function rejoinOf(view: RaceView, car: CarNumber): Rejoin | undefined {
  const own = stopper(view, car);
  const stop = own && expectedStop(view, entryOf(view, own));
  if (own === undefined || stop === undefined) return undefined;
  const gaps = rejoinGaps(view, own, stop);
  const ahead = gaps.filter((gap) => gap.behindMs <= 0);
  const sameClass = ahead.filter((gap) => gap.car.class === own.class);
  const first = ahead[0];
  return {
    kind: stop.kind,
    lossMs: stop.lossMs,
    position: ahead.length + 1,
    classPosition: sameClass.length + 1,
    gapToLeaderMs: first === undefined ? 0 : neighbour(first)?.gapMs,
    ahead: neighbour(ahead.at(-1)),
    behind: neighbour(gaps[ahead.length]),
    lane: own.pitEntryAtMs === undefined ? undefined : laneClock(view, own.pitEntryAtMs, stop),
  };
}

/** All others against the car that rejoins, the first of them first. Where no time is known the running order stands, without a finite time. */
export function rejoinGaps(view: RaceView, own: CarState, stop: ExpectedStop): readonly RejoinGap[] {
  // In the lane its own loss is in the time between already.
  const lossMs = own.pitEntryAtMs === undefined ? stop.lossMs : 0;
  const gaps = runningOrder(view.state).flatMap((number) => {
    const car = carOf(view.state, number) as CarState;
    if (car === own || car.status === 'stopped' || isPresumedStopped(view, number)) return [];
    const knownMs = timeBehindMs(view, car, own);
    return [{ car, behindMs: knownMs === undefined ? orderMs(view, car, own) : Math.round(knownMs - lossMs) }];
  });
  return gaps.sort((one, other) => (one.behindMs === other.behindMs ? 0 : one.behindMs - other.behindMs));
}

function orderMs({ state }: RaceView, car: CarState, own: CarState): number {
  const isAhead = (positionOf(state, car.car) ?? 0) < (positionOf(state, own.car) ?? 0);
  return isAhead ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/** The state of a car that may stop, or is stopping. */
function stopper({ state }: RaceView, car: CarNumber): CarState | undefined {
  const own = carOf(state, car);
  if (own === undefined || isOut(own) || own.status === 'finished' || own.progress < 0) return undefined;
  const isOn = state.manifest.kind === 'race' && state.chequeredAtMs === undefined;
  return isOn && state.phase !== 'suspended' && state.flag !== 'red' ? own : undefined;
}

/** The visit that a car is on, or would begin now. */
function entryOf(
  view: RaceView,
  own: CarState,
): { readonly car: CarNumber; readonly atMs: number; readonly lap: number } {
  const visit = own.pitEntryAtMs === undefined ? undefined : view.history.visits.get(own.car);
  const current = visit?.findLast((one) => one.atMs === own.pitEntryAtMs);
  return current ?? { car: own.car, atMs: view.nowMs, lap: own.lapsCompleted + 1 };
}

function laneClock(view: RaceView, enteredAtMs: number, { pitTimeMs }: ExpectedStop): LaneClock {
  const expectedExitAtMs = pitTimeMs === undefined ? undefined : enteredAtMs + pitTimeMs;
  const remainingMs = expectedExitAtMs === undefined ? undefined : expectedExitAtMs - view.nowMs;
  return { enteredAtMs, expectedExitAtMs, remainingMs };
}

function neighbour(gap: RejoinGap | undefined): RejoinNeighbour | undefined {
  return gap === undefined || !Number.isFinite(gap.behindMs)
    ? undefined
    : { car: gap.car.car, gapMs: Math.abs(gap.behindMs) };
}
