import type { CarNumber } from '../domain/names.ts';
import type { CarState } from '../race/race-state.ts';
import { carOf, isOut, type RaceView, runningOrder } from '../race/race-view.ts';
import { learntPitLossMs } from './pit-loss.ts';
import { pitStopKind } from './pit-time.ts';
import { timeBehindMs } from './time-between.ts';

export type WindowState =
  | { readonly kind: 'none' }
  | { readonly kind: 'closed'; readonly opensInMs: number }
  | { readonly kind: 'open'; readonly closesInMs: number }
  | { readonly kind: 'closing'; readonly closesInMs: number }
  | { readonly kind: 'shut' };

/** The last two minutes of a window are called out. */
const CLOSING_MS = 120_000;

/** The state of the window for mandatory stops at the playhead. */
export function windowState(view: RaceView): WindowState {
  const rules = view.state.manifest.pitRules;
  if (rules?.windowOpensMs === undefined || rules.windowClosesMs === undefined) return { kind: 'none' };
  if (view.nowMs < rules.windowOpensMs) return { kind: 'closed', opensInMs: rules.windowOpensMs - view.nowMs };
  const closesInMs = rules.windowClosesMs - view.nowMs;
  if (closesInMs < 0) return { kind: 'shut' };
  return { kind: closesInMs <= CLOSING_MS ? 'closing' : 'open', closesInMs };
}

/** Mandatory stops that a car has still to make. [P7] A car that is out, or home, owes none. */
export function stopsOwed(view: RaceView, car: CarNumber): number {
  const own = carOf(view.state, car);
  if (own === undefined || isOut(own) || own.status === 'finished') return 0;
  return Math.max(0, (view.state.manifest.pitRules?.mandatoryStops ?? 0) - own.stopsServed);
}

export type PitCycleState = 'none' | 'owes' | 'in-lane' | 'served' | 'missed';

/** Where a car stands in the pit cycle. */
export function pitCycleState(view: RaceView, car: CarNumber): PitCycleState {
  const own = carOf(view.state, car);
  if (own === undefined || isOut(own)) return 'none';
  if (own.pitEntryAtMs !== undefined) return 'in-lane';
  const mandatory = view.state.manifest.pitRules?.mandatoryStops ?? 0;
  if (mandatory === 0) return 'none';
  if (own.stopsServed >= mandatory) return 'served';
  return windowState(view).kind === 'shut' ? 'missed' : 'owes';
}

/** Laps completed since the last stop, or since the start. */
export function lapsSinceStop(view: RaceView, car: CarNumber): number {
  const own = carOf(view.state, car);
  return own === undefined ? 0 : own.lapsCompleted - own.stintStartLap;
}

export type NetPlace = {
  readonly car: CarNumber;
  readonly netPosition: number;
  /** Behind the net leader; `undefined` where the gap is not known. */
  readonly netGapMs: number | undefined;
};

/**
 * [P9] The order once every owed stop is paid: time behind the leader plus the loss of each owed stop, under the flag that
 * is out. A stop under way is paid for as far as its time shows, on the road or in the lane. Net leader first, ties as on
 * the road; cars without a known time stand behind in running order.
 */
export function netOrder(view: RaceView): readonly NetPlace[] {
  const lossMs = learntPitLossMs(view, view.state.flag) ?? 0;
  const known: { car: CarNumber; netMs: number }[] = [];
  const unknown: CarNumber[] = [];
  for (const car of runningOrder(view.state)) {
    const netMs = netTimeMs(view, car, lossMs);
    if (netMs === undefined) unknown.push(car);
    else known.push({ car, netMs });
  }
  known.sort((one, other) => one.netMs - other.netMs);
  const leaderMs = known[0]?.netMs ?? 0;
  return [
    ...known.map(({ car, netMs }, index) => ({ car, netPosition: index + 1, netGapMs: Math.round(netMs - leaderMs) })),
    ...unknown.map((car, index) => ({ car, netPosition: known.length + index + 1, netGapMs: undefined })),
  ];
}

function netTimeMs(view: RaceView, car: CarNumber, lossMs: number): number | undefined {
  const own = carOf(view.state, car);
  const leader = carOf(view.state, view.state.order[0] ?? '');
  if (own === undefined || leader === undefined) return undefined;
  const behindMs = timeBehindMs(view, own, leader);
  if (behindMs === undefined) return undefined;
  const owed = stopsOwed(view, car) - (isServing(view, own) ? 1 : 0);
  return behindMs + Math.max(0, owed) * lossMs;
}

/** In the lane for a stop that may count: one outside the window or for a penalty pays nothing. */
function isServing(view: RaceView, { car, pitEntryAtMs, lapsCompleted }: CarState): boolean {
  if (pitEntryAtMs === undefined) return false;
  const { windowOpensMs = pitEntryAtMs, windowClosesMs = pitEntryAtMs } = view.state.manifest.pitRules ?? {};
  if (pitEntryAtMs < windowOpensMs || pitEntryAtMs > windowClosesMs) return false;
  return pitStopKind(view, { car, atMs: pitEntryAtMs, lap: lapsCompleted + 1 }) === 'stop';
}
