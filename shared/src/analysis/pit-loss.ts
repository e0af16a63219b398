import type { TrackFlag } from '../domain/flag.ts';
import type { CarNumber } from '../domain/names.ts';
import { isGreen } from '../race/flag-severity.ts';
import type { LapRecord, PitVisit } from '../race/race-history.ts';
import type { RaceState } from '../race/race-state.ts';
import type { RaceView } from '../race/race-view.ts';
import { flagPhase, raceSpeedShare, raceTimeMs } from './flag-phase.ts';
import { median } from './pace.ts';
import {
  completedStops,
  isUsualStop,
  type PitEntry,
  type PitStopKind,
  pitStopKind,
  usualPitTimeMs,
} from './pit-time.ts';
import { recentLapMs } from './recent-pace.ts';

// By out-lap: a record is made anew whenever something before it changes.
const losses = new WeakMap<LapRecord, { readonly inLap: LapRecord; readonly ms: number | undefined }>();

/**
 * [P8] What a stop cost: in-lap and out-lap less two recent clean laps of the drivers who drove them; one lap less one
 * where the lane does not cross the line. `undefined` until the out-lap is done, without clean laps before it, or under
 * any flag but green. Once known it stays.
 */
export function pitLossMs(view: RaceView, visit: PitVisit): number | undefined {
  if (visit.exitLap === undefined) return undefined;
  const inLap = lapNumbered(view, visit.car, visit.lap);
  const outLap = lapNumbered(view, visit.car, visit.exitLap + 1);
  if (inLap === undefined || outLap === undefined) return undefined;
  let known = losses.get(outLap);
  if (known?.inLap !== inLap) {
    known = { inLap, ms: lossOf(view, inLap, outLap) };
    losses.set(outLap, known);
  }
  return known.ms;
}

function lossOf(view: RaceView, inLap: LapRecord, outLap: LapRecord): number | undefined {
  const laps = inLap === outLap ? [inLap] : [inLap, outLap];
  let lossMs = 0;
  for (const lap of laps) {
    const usualMs = recentLapMs(view, lap, outLap.atMs);
    if (lap.lapTimeMs === undefined || usualMs === undefined || !isGreen(lap.flag)) return undefined;
    lossMs += lap.lapTimeMs - usualMs;
  }
  return Math.round(lossMs);
}

function lapNumbered({ history, nowMs }: RaceView, car: CarNumber, lap: number): LapRecord | undefined {
  const laps = history.laps.get(car) ?? [];
  const expected = laps[lap - 1];
  const found = expected?.lap === lap ? expected : laps.find((record) => record.lap === lap);
  return found !== undefined && found.atMs <= nowMs ? found : undefined;
}

/** `bypassMs`: race time from pit entry to pit exit on the track, as pit times less losses tell it. */
type Learnt = { readonly lossMs: number | undefined; readonly bypassMs: number | undefined };

const learntByState = new WeakMap<RaceState, Learnt>();

function learntOf(view: RaceView): Learnt {
  let learnt = learntByState.get(view.state);
  if (learnt === undefined) {
    const known = completedStops(view).flatMap((stop) => {
      const lossMs = isUsualStop(view, stop) ? pitLossMs(view, stop.visit) : undefined;
      return lossMs === undefined ? [] : [{ lossMs, bypassMs: stop.visit.pitTimeMs - lossMs }];
    });
    learnt = { lossMs: median(known.map((one) => one.lossMs)), bypassMs: median(known.map((one) => one.bypassMs)) };
    learntByState.set(view.state, learnt);
  }
  return learnt;
}

/**
 * What a stop costs in this race while a flag is out, in race time. [P8] Green: the median of all so far, else what the
 * circuit is known for. [P15] Slowed: `share × (loss + bypass) − bypass`, never below 0, for all that time the others
 * cover only their share of the way.
 */
export function learntPitLossMs(view: RaceView, flag: TrackFlag = 'green'): number | undefined {
  const greenMs = learntOf(view).lossMs ?? view.state.manifest.circuit.pitLane?.lossMs;
  if (greenMs === undefined) return undefined;
  const share = raceSpeedShare(view, flagPhase(flag));
  return share === 1 ? greenMs : atLeastNothing(share * (greenMs + bypassMs(view)) - bypassMs(view));
}

/**
 * Time that the others take past the lane at race speed; by the map of the circuit before a stop has shown it, else 0.
 * Below 0 where cold tyres cost more than that.
 */
export function bypassMs(view: RaceView): number {
  const measured = learntOf(view).bypassMs;
  if (measured !== undefined) return measured;
  const { lengthMetres, pitLane } = view.state.manifest.circuit;
  const lapMs = view.state.bestLap?.ms;
  if (lengthMetres === undefined || lapMs === undefined) return 0;
  if (pitLane?.entryMetres === undefined || pitLane.exitMetres === undefined) return 0;
  const metres = (pitLane.exitMetres - pitLane.entryMetres + lengthMetres) % lengthMetres;
  return (metres / lengthMetres) * lapMs;
}

/** What is to be expected of a visit to the lane. */
export type ExpectedStop = {
  readonly kind: PitStopKind;
  readonly pitTimeMs: number | undefined;
  /** In race time. */
  readonly lossMs: number;
};

/** [P18] Pit time and loss of a visit under the flags so far and the one that is out; `undefined` before anything is known of stops here. */
export function expectedStop(view: RaceView, entry: PitEntry): ExpectedStop | undefined {
  const kind = pitStopKind(view, entry);
  const pitTimeMs = usualPitTimeMs(view, entry);
  const isMeasured = pitTimeMs !== undefined && learntOf(view).bypassMs !== undefined;
  if (isMeasured) return { kind, pitTimeMs, lossMs: lossOfTimeMs(view, entry.atMs, entry.atMs + pitTimeMs) };
  const lossMs = kind === 'stop' ? learntPitLossMs(view, view.state.flag) : undefined;
  return lossMs === undefined ? undefined : { kind, pitTimeMs, lossMs };
}

/** What a visit to the lane costs, in race time, that lasts from one moment to another; what lies ahead passes under the flag that is out. */
export function lossOfTimeMs(view: RaceView, fromMs: number, toMs: number): number {
  const soFarMs = raceTimeMs(view, fromMs, Math.min(toMs, view.nowMs));
  const stillMs = Math.max(0, toMs - view.nowMs) * raceSpeedShare(view, flagPhase(view.state.flag));
  return atLeastNothing(soFarMs + stillMs - bypassMs(view));
}

function atLeastNothing(ms: number): number {
  return Math.max(0, Math.round(ms));
}
