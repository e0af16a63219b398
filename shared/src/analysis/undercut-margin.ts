import type { CarNumber, ClassId } from '../domain/names.ts';
import { isGreen } from '../race/flag-severity.ts';
import { gapTo } from '../race/gaps.ts';
import type { PitVisit } from '../race/race-history.ts';
import { carOf, type RaceView } from '../race/race-view.ts';
import { distanceToRun } from './distance.ts';
import { keptPerState } from './kept.ts';
import { isCleanLap, lapAmong, lapsOf, median } from './pace.ts';
import { lapsSinceStop, stopsOwed } from './pit-cycle.ts';
import { pitStopKind } from './pit-time.ts';
import { visitsOf } from './stints.ts';
import { type Estimate, hodgesLehmann } from './theil-sen.ts';

/** What stopping first would bring against a rival; an estimate. */
export type UndercutMargin = {
  /** Won for each lap that the rival stays out longer. */
  readonly perLapMs: Estimate;
  /** By how much it would come out ahead if the rival stopped one lap later; negative: it would not. */
  readonly marginMs: Estimate;
  /** Stops of the class that taught it. */
  readonly stops: number;
};

/** Laps before and after a stop that tell old tyres from fresh ones. */
const TYRE_LAPS = 3;
/** Tyres are not old before. */
const OLD_LAPS = 5;
/** With fewer laps to go nobody stops for tyres. */
const LEAST_TO_GO = 5;
/** Further away nobody undercuts. */
const FURTHEST_MS = 10_000;

/**
 * [A14] Whether a car would get past one ahead by stopping a lap earlier: what fresh tyres brought in this race, stop by
 * stop in its class, less the gap. In-lap, stop and out-lap cost both the same. `undefined` where the race has not
 * taught it (too few stops, or an interval that holds zero), under any flag but green, in the last five laps, and
 * unless both are on the track on old tyres and, where stops are owed by rule, both owe one.
 */
export function undercutMargin(view: RaceView, car: CarNumber, ahead: CarNumber): UndercutMargin | undefined {
  if (!isGreen(view.state.flag) || !isOnOldTyres(view, car) || !isOnOldTyres(view, ahead)) return undefined;
  if ((distanceToRun(view)?.lapsToGo.to ?? LEAST_TO_GO) < LEAST_TO_GO) return undefined;
  const gap = gapTo(view, car, ahead);
  if (gap.kind !== 'time' || gap.ms <= 0 || gap.ms > FURTHEST_MS) return undefined;
  const gains = tyreGainsMs(view, carOf(view.state, car)?.class ?? '');
  const perLapMs = hodgesLehmann(gains);
  if (perLapMs === undefined || (perLapMs.low <= 0 && perLapMs.high >= 0)) return undefined;
  const { value, low, high } = perLapMs;
  const marginMs = { value: value - gap.ms, low: low - gap.ms, high: high - gap.ms };
  return { perLapMs, marginMs, stops: gains.length };
}

function isOnOldTyres(view: RaceView, car: CarNumber): boolean {
  const own = carOf(view.state, car);
  const owes = (view.state.manifest.pitRules?.mandatoryStops ?? 0) === 0 || stopsOwed(view, car) > 0;
  return own?.status === 'running' && owes && lapsSinceStop(view, car) >= OLD_LAPS;
}

/** What each stop of a class brought: the pace before it less the pace after it. */
const tyreGainsMs = keptPerState((view, id: ClassId): readonly number[] => {
  const gains: number[] = [];
  for (const { car, class: own } of view.state.cars) {
    if ((own ?? '') !== id) continue;
    for (const visit of visitsOf(view, car)) {
      const gain = tyreGainMs(view, visit);
      if (gain !== undefined) gains.push(gain);
    }
  }
  return gains;
});

function tyreGainMs(view: RaceView, visit: PitVisit): number | undefined {
  const { car, lap, exitLap } = visit;
  if (exitLap === undefined || pitStopKind(view, visit) !== 'stop') return undefined;
  const before = cleanPaceMs(view, car, lap - TYRE_LAPS);
  const after = cleanPaceMs(view, car, exitLap + 2);
  return before === undefined || after === undefined ? undefined : before - after;
}

/** Median of so many laps from one on, if all of them are clean. */
function cleanPaceMs(view: RaceView, car: CarNumber, fromLap: number): number | undefined {
  const laps = lapsOf(view, car);
  const times: number[] = [];
  for (let number = fromLap; number < fromLap + TYRE_LAPS; number++) {
    const lap = lapAmong(laps, number);
    if (lap?.lapTimeMs === undefined || !isCleanLap(lap, view.nowMs)) return undefined;
    times.push(lap.lapTimeMs);
  }
  return median(times);
}
