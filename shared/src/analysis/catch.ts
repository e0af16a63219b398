import type { CarNumber } from '../domain/names.ts';
import { isGreen } from '../race/flag-severity.ts';
import { carOf, positionOf, type RaceView } from '../race/race-view.ts';
import { lapsToRun } from './distance.ts';
import { type GapTrend, gapTrend } from './gap-trend.ts';
import { cleanMedianMs } from './pace.ts';
import type { Range } from './pace-range.ts';
import { lapsSinceStop, stopsOwed } from './pit-cycle.ts';
import { stintsOf } from './stints.ts';

/** Close enough to attack. */
export const ATTACK_MS = 1000;

/** What may be said of a car that closes in on another. */
export type Catch =
  | {
      readonly kind: 'catch';
      /** Laps of the chaser from the last line until it is within a second. */
      readonly laps: Range;
      /** The laps at whose end that will be; "before lap `byLaps.to + 1`". */
      readonly atLap: Range;
      readonly trend: GapTrend;
    }
  /** It closes in, and the race is over first. */
  | { readonly kind: 'not-before-flag'; readonly trend: GapTrend };

/** A range wider than this share of its middle, and than two laps, says nothing. */
const WIDEST_SHARE = 0.5;
const WIDEST_LAPS = 2;
/** Nobody knows what comes further off. */
const FURTHEST_LAPS = 15;

/**
 * [A4] When a car will be within a second of another, as a range of laps; or silence: where the trend may as well be
 * nothing, where the range is too wide to be of use, where a stop comes between, and while no race is on.
 */
export function catchOf(view: RaceView, chaser: CarNumber, ahead: CarNumber): Catch | undefined {
  if (!isChase(view, chaser, ahead)) return undefined;
  const trend = gapTrend(view, chaser, ahead);
  if (trend === undefined || trend.gapMs <= ATTACK_MS) return undefined;
  const { low, high } = trend.msPerLap;
  // [A4] An interval that holds zero is noise.
  if (high >= 0) return undefined;
  const left = lapsToRun(view, chaser);
  if (left === undefined) return undefined;
  const missingMs = trend.gapMs - ATTACK_MS;
  const laps = { from: Math.ceil(missingMs / -low), to: Math.ceil(missingMs / -high) };
  if (laps.from > left.to) return { kind: 'not-before-flag', trend };
  const width = laps.to - laps.from;
  const isWide = width > WIDEST_LAPS && width > (WIDEST_SHARE * (laps.to + laps.from)) / 2;
  if (laps.to > left.from || laps.to > FURTHEST_LAPS || isWide) return undefined;
  if (isStopDue(view, chaser, laps.to) || isStopDue(view, ahead, laps.to)) return undefined;
  return { kind: 'catch', laps, atLap: { from: trend.lap + laps.from, to: trend.lap + laps.to }, trend };
}

/** Both on the track, in a race under green that goes on, one behind the other. */
function isChase({ state }: RaceView, chaser: CarNumber, ahead: CarNumber): boolean {
  const isOn = state.manifest.kind === 'race' && state.phase === 'running' && state.chequeredAtMs === undefined;
  if (!isOn || !isGreen(state.flag)) return false;
  const own = carOf(state, chaser);
  const other = carOf(state, ahead);
  if (own?.status !== 'running' || other?.status !== 'running') return false;
  return (positionOf(state, chaser) ?? 0) > (positionOf(state, ahead) ?? 0);
}

/** A stop comes within so many laps: it is owed and its window ends, or the car has never gone further without one. */
function isStopDue(view: RaceView, car: CarNumber, laps: number): boolean {
  const rules = view.state.manifest.pitRules;
  if ((rules?.mandatoryStops ?? 0) > 0) {
    const closesInMs = (rules?.windowClosesMs ?? Number.POSITIVE_INFINITY) - view.nowMs;
    return stopsOwed(view, car) > 0 && closesInMs < laps * (cleanMedianMs(view, car) ?? 0);
  }
  const lengths = stintsOf(view, car).flatMap((stint) =>
    stint.visit === undefined ? [] : [stint.toLap - stint.fromLap + 1],
  );
  const longest = Math.max(0, ...lengths);
  const driven = lapsSinceStop(view, car);
  return driven < longest && driven + laps > longest;
}
