import { courseOf } from '../race/course.ts';
import { lastLapAt, remainingAt } from '../race/race-clock.ts';
import type { CarState } from '../race/race-state.ts';
import { carOf, type RaceView } from '../race/race-view.ts';
import { racedFromMs } from './distance.ts';
import { cleanLapsOf, median, spreadOf } from './pace.ts';
import { LEAST_SPREAD, type Range } from './pace-range.ts';

/** Whether the lap that the leader is on is the last one of a race against the clock. */
export type FinalLap = {
  readonly answer: 'last-lap' | 'one-more' | 'too-close';
  /** How long after time is up the leader crosses the line; negative: before, so that another lap follows. */
  readonly afterTimeMs: Range;
};

/** The newest clean laps tell how long the rest of the lap takes. */
const LAPS = 5;

/**
 * [A9] Will there be one more lap? Asked from the leader's last loop on, once time may be up before the next lap ends.
 * `undefined` before that, after the flag, while the race does not run, and in a race over laps alone.
 */
export function finalLap(view: RaceView): FinalLap | undefined {
  const { state, nowMs } = view;
  const leader = state.order[0] === undefined ? undefined : carOf(state, state.order[0]);
  const timeLeftMs = remainingAt(state, nowMs);
  if (leader === undefined || timeLeftMs === undefined || state.manifest.kind !== 'race') return undefined;
  if (state.chequeredAtMs !== undefined || state.phase !== 'running' || state.suspension !== undefined)
    return undefined;
  const atLine = nextLineMs(view, leader);
  const lapMs = median(cleanLapsOf(view, leader.car).map((lap) => lap.lapTimeMs));
  if (atLine === undefined || lapMs === undefined) return undefined;
  // Overdue at the line: it cannot have crossed it, and may be as late again.
  const lateMs = Math.max(0, nowMs - atLine.from);
  const endMs = nowMs + timeLeftMs;
  const from = Math.round(atLine.from + lateMs - endMs);
  const to = Math.round(Math.max(atLine.to, atLine.from + 2 * lateMs) - endMs);
  if (to < -lapMs) return undefined;
  return { answer: answerOf(view, leader, { from, to }), afterTimeMs: { from, to } };
}

function answerOf({ state, nowMs }: RaceView, { lapsCompleted }: CarState, { from, to }: Range): FinalLap['answer'] {
  const lastLap = lastLapAt(state, lapsCompleted, nowMs);
  if (lastLap === lapsCompleted + 1) return 'last-lap';
  // [F17] Laps that the rules add come after the one on which time runs out.
  const hasMore = (state.manifest.distance?.lapsAfterTime ?? 0) > 0;
  if (hasMore || to < 0) return 'one-more';
  return from >= 0 ? 'last-lap' : 'too-close';
}

/** When a car will next cross the line, by what its last clean laps took from its last loop on. */
function nextLineMs(view: RaceView, car: CarState): Range | undefined {
  const { loops } = courseOf(view.state.manifest);
  const crossed = view.history.crossings.get(car.car)?.timesMs ?? [];
  const place = Math.max(0, car.progress) % loops;
  const rests: number[] = [];
  for (const { lap } of cleanLapsOf(view, car.car).slice(-LAPS)) {
    const fromMs = crossed[(lap - 1) * loops + place];
    const lineMs = crossed[lap * loops];
    if (fromMs !== undefined && lineMs !== undefined) rests.push(lineMs - fromMs);
  }
  const usualMs = median(rests);
  if (usualMs === undefined || rests.length < 3) return undefined;
  const spread = Math.max(2 * spreadOf(rests) * Math.sqrt(1 + 1 / rests.length), LEAST_SPREAD * usualMs);
  const fromMs = racedFromMs(view, car.crossedAtMs) as number;
  return { from: fromMs + usualMs - spread, to: fromMs + usualMs + spread };
}
