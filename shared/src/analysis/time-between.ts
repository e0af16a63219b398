import type { CarNumber } from '../domain/names.ts';
import { courseOf } from '../race/course.ts';
import { gapTo } from '../race/gaps.ts';
import { countUntil, visitAt } from '../race/race-history.ts';
import type { CarState } from '../race/race-state.ts';
import type { RaceView } from '../race/race-view.ts';
import { raceTimeMs } from './flag-phase.ts';
import { bypassMs, expectedStop, lossOfTimeMs } from './pit-loss.ts';

/**
 * [P9] Time that a car will be behind another once visits to the lane, of either, that no loop has shown in full have
 * shown; negative when ahead. By the loop that both crossed last, never a sum of intervals, and in race time [P15].
 * `undefined` where it is not known.
 */
export function timeBehindMs(view: RaceView, car: CarState, other: CarState): number | undefined {
  if (car === other) return 0;
  const times = lastTimesMs(view, car, other);
  if (times === undefined) return undefined;
  const unseenMs = unseenLossMs(view, car.car, times.carMs) - unseenLossMs(view, other.car, times.otherMs);
  if (unseenMs !== 0) return signedRaceMs(view, times.otherMs, times.carMs) + unseenMs;
  const gap = gapTo(view, car.car, other.car);
  if (gap.kind !== 'time' && gap.kind !== 'laps') return undefined;
  if (gap.ms === undefined) return undefined;
  const endMs = gap.provenance === 'provisional' ? view.nowMs : Math.max(times.carMs, times.otherMs);
  return Math.sign(gap.ms) * raceTimeMs(view, endMs - Math.abs(gap.ms), endMs);
}

function signedRaceMs(view: RaceView, fromMs: number, toMs: number): number {
  return fromMs <= toMs ? raceTimeMs(view, fromMs, toMs) : -raceTimeMs(view, toMs, fromMs);
}

/** When both crossed the loop that the one further back crossed last, or the one before it that neither missed. */
function lastTimesMs(
  { history, state }: RaceView,
  car: CarState,
  other: CarState,
): { readonly carMs: number; readonly otherMs: number } | undefined {
  const own = history.crossings.get(car.car)?.timesMs ?? [];
  const others = history.crossings.get(other.car)?.timesMs ?? [];
  const last = Math.min(car.progress, other.progress);
  for (let place = last; place >= Math.max(0, last - courseOf(state.manifest).loops); place--) {
    const carMs = own[place];
    const otherMs = others[place];
    if (carMs !== undefined && otherMs !== undefined) return { carMs, otherMs };
  }
  return undefined;
}

/** What the newest visit of a car costs, as far as its crossing at `crossedAtMs` does not show it. */
function unseenLossMs(view: RaceView, car: CarNumber, crossedAtMs: number): number {
  const visits = view.history.visits.get(car) ?? [];
  const newest = visits[countUntil(visits, view.nowMs) - 1];
  if (newest === undefined) return 0;
  const visit = visitAt(newest, view.nowMs);
  if (visit.exitAtMs !== undefined && crossedAtMs >= visit.exitAtMs) return 0;
  const expected = visit.exitAtMs === undefined ? expectedStop(view, visit) : undefined;
  const lossMs = Math.max(expected?.lossMs ?? 0, lossOfTimeMs(view, visit.atMs, visit.exitAtMs ?? view.nowMs));
  // A part of the lane costs its part of the whole.
  const lossShare = lossMs === 0 ? 0 : Math.min(1, lossMs / (lossMs + bypassMs(view)));
  const shownMs = raceTimeMs(view, visit.atMs, Math.max(visit.atMs, crossedAtMs)) * lossShare;
  return lossMs - Math.min(lossMs, shownMs);
}
