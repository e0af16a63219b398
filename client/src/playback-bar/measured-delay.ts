import type { RaceHistory } from '@pitboard/shared/race/race-history.ts';

/**
 * The delay of a picture in which the leader crosses the line at this very moment: the live edge less the leader's
 * crossing that is nearest to what is on screen. A viewer who has set no delay yet has the newest crossing in front of
 * him; who is a lap or more behind keeps to his lap. `undefined` before the leader's first lap.
 */
export function measuredDelayMs(history: RaceHistory, edgeMs: number, shownMs: number): number | undefined {
  let nearest: number | undefined;
  for (const lap of history.allLaps) {
    if (lap.position !== 1 || lap.atMs > edgeMs) continue;
    if (nearest === undefined || Math.abs(lap.atMs - shownMs) <= Math.abs(nearest - shownMs)) nearest = lap.atMs;
  }
  return nearest === undefined ? undefined : edgeMs - nearest;
}
