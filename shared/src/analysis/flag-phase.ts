import type { TrackFlag } from '../domain/flag.ts';
import { countUntil, type FlagPeriod, type LapRecord, until } from '../race/race-history.ts';
import type { RaceState } from '../race/race-state.ts';
import type { RaceView } from '../race/race-view.ts';
import { median } from './pace.ts';
import { recentLapMs } from './recent-pace.ts';

/**
 * How fast the field goes past a car in the pit lane: racing, warned, slowed each for itself, or behind the safety car. What
 * a yellow for the whole track means differs: a moment's care here, a pace car there.
 */
export type FlagPhase = 'green' | 'yellow' | 'full-course-yellow' | 'safety-car';

/** The phase that a flag for the whole track stands for. Under red nobody stops: what counts is the race after it. */
export function flagPhase(flag: TrackFlag): FlagPhase {
  switch (flag) {
    case 'green':
    case 'white':
    case 'chequered':
    case 'red':
      return 'green';
    case 'yellow':
    case 'double-yellow':
      return 'yellow';
    case 'slow-zone':
    case 'virtual-safety-car':
    case 'full-course-yellow':
    case 'code-60':
      return 'full-course-yellow';
    case 'safety-car':
      return 'safety-car';
  }
}

/** Before this race has shown it: 80 km/h where GT cars average 160, and a safety car at three fifths of their speed. */
const USUAL_SHARE: Readonly<Record<FlagPhase, number>> = {
  green: 1,
  yellow: 1,
  'full-course-yellow': 0.5,
  'safety-car': 0.6,
};
const FEWEST_LAPS = 5;

const shares = new WeakMap<RaceState, Map<FlagPhase, number>>();

/**
 * [P15] Share of its race speed at which the field runs in a phase: the median, over this race's laps that lay wholly in
 * it, of the car's usual lap divided by that lap. Kept for each state.
 */
export function raceSpeedShare(view: RaceView, phase: FlagPhase): number {
  if (phase === 'green') return 1;
  const known = shares.get(view.state) ?? new Map<FlagPhase, number>();
  shares.set(view.state, known);
  let share = known.get(phase);
  if (share === undefined) {
    const measured = measuredShares(view, phase);
    share = measured.length < FEWEST_LAPS ? USUAL_SHARE[phase] : (median(measured) as number);
    known.set(phase, share);
  }
  return share;
}

function measuredShares(view: RaceView, phase: FlagPhase): number[] {
  const periods = until(view.history.flags, view.nowMs);
  return periods.flatMap((period) => {
    if (period.sector !== undefined || flagPhase(period.flag) !== phase) return [];
    return lapsWithin(view, period).flatMap((lap) => shareOfLap(view, lap) ?? []);
  });
}

// By lap: a record is made anew whenever something before it changes.
const lapShares = new WeakMap<LapRecord, number | undefined>();

function shareOfLap(view: RaceView, lap: LapRecord): number | undefined {
  if (!lapShares.has(lap)) {
    const usualMs = recentLapMs(view, lap, lap.atMs);
    lapShares.set(lap, usualMs === undefined ? undefined : Math.min(1, usualMs / (lap.lapTimeMs as number)));
  }
  return lapShares.get(lap);
}

/** Phases so far in which the field was slow, and how much of its race speed it kept. */
type SlowPeriod = { readonly fromMs: number; readonly toMs: number; readonly share: number };

const slowPeriods = new WeakMap<RaceState, readonly SlowPeriod[]>();

/**
 * [P15] A stretch of session time up to the playhead in race time: what is slowed counts by the share of race speed. So are
 * gaps and losses compared, whatever flag they were measured under.
 */
export function raceTimeMs(view: RaceView, fromMs: number, toMs: number): number {
  let slow = slowPeriods.get(view.state);
  if (slow === undefined) {
    slow = until(view.history.flags, view.nowMs).flatMap((period) => slowPeriod(view, period));
    slowPeriods.set(view.state, slow);
  }
  let timeMs = toMs - fromMs;
  for (const period of slow) {
    const overlapMs = Math.min(toMs, period.toMs) - Math.max(fromMs, period.fromMs);
    if (overlapMs > 0) timeMs -= overlapMs * (1 - period.share);
  }
  return timeMs;
}

function slowPeriod(view: RaceView, { atMs, endMs, flag, sector }: FlagPeriod): SlowPeriod[] {
  if (sector !== undefined) return [];
  // Nobody gains or loses while the race stands.
  const share = flag === 'red' ? 0 : raceSpeedShare(view, flagPhase(flag));
  // A state may be looked at for as long as no fact follows it: a flag that is out has no end yet.
  const isOver = endMs !== undefined && endMs <= view.state.atMs;
  return share === 1 ? [] : [{ fromMs: atMs, toMs: isOver ? endMs : Number.POSITIVE_INFINITY, share }];
}

/** Laps on the track that began and ended in a period. */
function lapsWithin({ history, nowMs }: RaceView, { atMs, endMs }: FlagPeriod): readonly LapRecord[] {
  const { allLaps } = history;
  const ended = allLaps.slice(countUntil(allLaps, atMs), countUntil(allLaps, Math.min(endMs ?? nowMs, nowMs)));
  return ended.filter(
    (lap) => lap.lapTimeMs !== undefined && !lap.isInLap && !lap.isOutLap && lap.atMs - lap.lapTimeMs >= atMs,
  );
}
