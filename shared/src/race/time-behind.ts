import type { RaceHistory } from './race-history.ts';
import type { CarState } from './race-state.ts';
import { suspendedMsBetween, wasSuspended } from './suspension.ts';

/** When a car crossed its loops, by progress. */
export type Crossed = readonly (number | undefined)[];
export const NOTHING: Crossed = [];

/** Two cars, the one ahead having got further, and all that is needed to tell the time between them. */
export type Pair = {
  readonly chaser: CarState;
  readonly ahead: CarState;
  /** Crossings of the chaser and of the car ahead. */
  readonly own: Crossed;
  readonly crossed: Crossed;
  readonly loops: number;
  readonly history: RaceHistory;
};

/** [G1] Difference at the last loop that both crossed, at most a lap back where one of them missed a loop. */
export function measuredMs(pair: Pair): number | undefined {
  const { own, crossed, loops, chaser } = pair;
  const last = lastRacingPlace(pair);
  let ms: number | undefined;
  for (let place = last; place >= Math.max(0, last - loops) && ms === undefined; place--) {
    ms = differenceAt(pair, own[place], crossed[place]);
  }
  // [G12] Loops crossed since the race was suspended tell how far back the chaser was by then, if it was further.
  for (let place = last + 1; place <= chaser.progress; place++) {
    const later = differenceAt(pair, own[place], crossed[place]);
    if (later !== undefined && (ms === undefined || later > ms)) ms = later;
  }
  return ms;
}

function differenceAt(pair: Pair, ownAtMs: number | undefined, aheadAtMs: number | undefined): number | undefined {
  return ownAtMs === undefined || aheadAtMs === undefined ? undefined : racingMs(pair, aheadAtMs, ownAtMs);
}

/** [G12] The chaser's last loop, but for those that it crossed while the race was suspended. */
function lastRacingPlace({ chaser, own, history }: Pair): number {
  if (history.suspensions.length === 0) return chaser.progress;
  for (let place = chaser.progress; place >= 0; place--) {
    const atMs = own[place];
    if (atMs !== undefined && !wasSuspended(history, atMs)) return place;
  }
  return chaser.progress;
}

/** [G12] From one crossing to another, without the time that the race was suspended. */
function racingMs({ history }: Pair, fromMs: number, toMs: number): number {
  if (history.suspensions.length === 0 || toMs <= fromMs) return toMs - fromMs;
  return toMs - fromMs - suspendedMsBetween(history, fromMs, toMs);
}

/** [G3] Time since the car ahead crossed the loop that the chaser has still to cross, or the one after where it missed that. */
export function lowerBoundMs(nowMs: number, pair: Pair): number | undefined {
  const { chaser, crossed, loops } = pair;
  if (chaser.status === 'finished') return undefined;
  for (let place = chaser.progress + 1; place <= chaser.progress + loops; place++) {
    const aheadAtMs = crossed[place];
    if (aheadAtMs !== undefined) return aheadAtMs > nowMs ? undefined : racingMs(pair, aheadAtMs, nowMs);
  }
  return undefined;
}

/**
 * [G14] Where the car ahead missed the chaser's last loop and they share none within a lap: when it must have been there,
 * between the loops around it that it did cross, by the way that the cars divided the same stretch a lap earlier.
 */
export function estimatedMs(pair: Pair): number | undefined {
  const { chaser, crossed, loops } = pair;
  const place = chaser.progress;
  const before = nearest(crossed, place, { step: -1, limit: Math.max(0, place - loops) });
  const after = nearest(crossed, place, { step: 1, limit: place + loops });
  if (before === undefined || after === undefined) return undefined;
  const stretch = { before, place, after };
  const share =
    shareOf(pair.own, stretch, loops) ?? shareOf(crossed, stretch, loops) ?? (place - before) / (after - before);
  const fromMs = crossed[before] as number;
  return Math.round(racingMs(pair, fromMs + share * ((crossed[after] as number) - fromMs), chaser.crossedAtMs));
}

function nearest(
  crossed: Crossed,
  from: number,
  { step, limit }: { readonly step: 1 | -1; readonly limit: number },
): number | undefined {
  for (let place = from; step > 0 ? place <= limit : place >= limit; place += step) {
    if (crossed[place] !== undefined) return place;
  }
  return undefined;
}

type Stretch = { readonly before: number; readonly place: number; readonly after: number };

/** The part of a stretch's time that lay before a place in it, one lap earlier. */
function shareOf(times: Crossed, { before, place, after }: Stretch, loops: number): number | undefined {
  const [fromMs, atMs, toMs] = [times[before - loops], times[place - loops], times[after - loops]];
  if (fromMs === undefined || atMs === undefined || toMs === undefined || toMs <= fromMs) return undefined;
  return (atMs - fromMs) / (toMs - fromMs);
}

/** [G11] Since its last loop the chaser has had time for a whole lap of its own, and the feed has spoken after that. */
export function isUnseen({ chaser, own, loops }: Pair, claimedAtMs: number): boolean {
  const lapAgoMs = own[chaser.progress - loops];
  return lapAgoMs !== undefined && claimedAtMs - chaser.crossedAtMs > chaser.crossedAtMs - lapAgoMs;
}
