import type { CarNumber } from '../domain/names.ts';
import { isGreen } from '../race/flag-severity.ts';
import { gapToLeader, measuredGapToLeaderMs } from '../race/gaps.ts';
import type { LapRecord, PitVisit } from '../race/race-history.ts';
import type { RaceState } from '../race/race-state.ts';
import { carOf, isOut, type RaceView, runningOrder } from '../race/race-view.ts';
import { cleanMedianMs, lapsOf, median } from './pace.ts';
import { visitsOf } from './stints.ts';

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

/**
 * What a stop cost: in-lap and out-lap less two clean laps of the drivers who drove them; one lap less one where the
 * lane does not cross the line. `undefined` until the out-lap is done, without clean laps, or under any flag but green.
 */
export function pitLossMs(view: RaceView, visit: PitVisit): number | undefined {
  if (visit.exitLap === undefined) return undefined;
  const inLap = lapNumbered(view, visit.car, visit.lap);
  const outLap = lapNumbered(view, visit.car, visit.exitLap + 1);
  if (inLap?.lapTimeMs === undefined || outLap?.lapTimeMs === undefined) return undefined;
  if (!isGreen(inLap.flag) || !isGreen(outLap.flag)) return undefined;
  const usual = (lap: LapRecord) =>
    cleanMedianMs(view, visit.car, lap.driver) ?? cleanMedianMs(view, visit.car) ?? Number.NaN;
  const laps = inLap === outLap ? [inLap] : [inLap, outLap];
  const loss = laps.reduce((sum, lap) => sum + (lap.lapTimeMs as number) - usual(lap), 0);
  return Number.isNaN(loss) ? undefined : Math.round(loss);
}

function lapNumbered(view: RaceView, car: CarNumber, lap: number): LapRecord | undefined {
  const laps = lapsOf(view, car);
  const expected = laps[lap - 1];
  return expected?.lap === lap ? expected : laps.find((record) => record.lap === lap);
}

const learntLosses = new WeakMap<RaceState, { readonly ms: number | undefined }>();

/** [P8] What a stop costs in this race: the median of all so far, else what the circuit is known for. Kept for each state. */
export function learntPitLossMs(view: RaceView): number | undefined {
  let learnt = learntLosses.get(view.state);
  if (learnt === undefined) {
    learnt = { ms: learnPitLossMs(view) };
    learntLosses.set(view.state, learnt);
  }
  return learnt.ms;
}

function learnPitLossMs(view: RaceView): number | undefined {
  const losses: number[] = [];
  const hasRules = (view.state.manifest.pitRules?.mandatoryStops ?? 0) > 0;
  for (const car of view.history.visits.keys()) {
    for (const visit of visitsOf(view, car)) {
      const loss = hasRules && !visit.mandatory ? undefined : pitLossMs(view, visit);
      if (loss !== undefined) losses.push(loss);
    }
  }
  return median(losses) ?? view.state.manifest.circuit.pitLane?.lossMs;
}

export type NetPlace = {
  readonly car: CarNumber;
  readonly netPosition: number;
  /** Behind the net leader; `undefined` where the gap is not known. */
  readonly netGapMs: number | undefined;
};

/**
 * [P9] The order once every owed stop is paid: gap to the leader plus the loss of each owed stop. For a car in the lane
 * the gap counts as it stood at its last loop, less what of the stop shows in it already. Net leader first; cars
 * without a known gap stand behind in running order.
 */
export function netOrder(view: RaceView): readonly NetPlace[] {
  const lossMs = learntPitLossMs(view) ?? 0;
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
  const owed = stopsOwed(view, car);
  if (own?.pitEntryAtMs === undefined || owed === 0) {
    const gapMs = gapMsToLeader(view, car);
    return gapMs === undefined ? undefined : gapMs + owed * lossMs;
  }
  const gapMs = measuredGapToLeaderMs(view, car);
  if (gapMs === undefined) return undefined;
  const shownMs = Math.max(0, own.crossedAtMs - own.pitEntryAtMs);
  const overspentMs = Math.max(0, view.nowMs - own.pitEntryAtMs - lossMs);
  return gapMs + owed * lossMs - Math.min(lossMs, shownMs) + overspentMs;
}

function gapMsToLeader(view: RaceView, car: CarNumber): number | undefined {
  const gap = gapToLeader(view, car);
  if (gap.kind === 'leader') return 0;
  return gap.kind === 'unknown' ? undefined : gap.ms;
}
