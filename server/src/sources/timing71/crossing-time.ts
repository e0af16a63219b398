import type { FrameMoment } from './moment.ts';

/** When a car crossed the line. */
export type Crossing = {
  readonly lap: number;
  readonly atMs: number;
  /** Known from official times, not from the frame that showed it. */
  readonly isExact: boolean;
};

const LATEST_MS = 10_000;

type Clues = {
  readonly lap: number;
  readonly lapTimeMs: number | undefined;
  /** The crossing before of the same car. */
  readonly previous: Crossing | undefined;
  /** The leader's crossing that ended the same lap, and the gap to it that came with this one. */
  readonly leader: Crossing | undefined;
  readonly gapMs: number | undefined;
  /** The frame that showed the lap. */
  readonly shown: FrameMoment;
};

/**
 * When a lap ended that a frame shows. Frames come a second or more apart; lap times and gaps are exact. In order of
 * trust: an exact crossing plus the lap time, the leader's crossing plus the gap, lap 1 of a race from the signal, any
 * crossing plus the lap time. What contradicts the frame is not believed.
 */
export function crossingOf({ lap, lapTimeMs, previous, leader, gapMs, shown }: Clues): Crossing {
  const before = previous?.lap === lap - 1 ? previous : undefined;
  const afterLap = before === undefined || lapTimeMs === undefined ? undefined : before.atMs + lapTimeMs;
  const afterLeader = leader === undefined || gapMs === undefined || gapMs === 0 ? undefined : leader.atMs + gapMs;
  const afterSignal = shown.isRace && lap === 1 ? lapTimeMs : undefined;
  const fits = (atMs: number | undefined): atMs is number =>
    atMs !== undefined && atMs >= shown.afterMs && atMs <= shown.beforeMs;
  if (before?.isExact === true && (fits(afterLap) || isShownLate(afterLap, shown)))
    return { lap, atMs: afterLap, isExact: true };
  if (fits(afterLeader)) return { lap, atMs: afterLeader, isExact: leader?.isExact === true };
  if (fits(afterSignal)) return { lap, atMs: afterSignal, isExact: true };
  if (afterLap === undefined) return { lap, atMs: shown.atMs, isExact: false };
  // A chain of lap times that began with a frame comes nearer to the truth with every frame that it would leave. What the
  // service lags behind is left out: it is the same for all cars.
  return { lap, atMs: Math.max(shown.fromMs, Math.min(shown.atMs, afterLap)), isExact: false };
}

/** Frames are lost, and services think before they show a lap: what follows from official times alone may be older. */
function isShownLate(atMs: number | undefined, { afterMs }: FrameMoment): atMs is number {
  return atMs !== undefined && atMs < afterMs && atMs >= afterMs - LATEST_MS;
}
