import { countUntil, type LapRecord } from '../race/race-history.ts';
import type { RaceView } from '../race/race-view.ts';
import { isCleanLap, median } from './pace.ts';

/** Laps that show how fast a car has been going lately, whatever the weather and the hour; a driver's own need three among them. */
const RECENT_LAPS = 8;
const OWN_LAPS = 3;

/** What the car would have taken for a lap at racing speed: the median of its newest clean laps up to `untilMs`, of the driver's own where there are three. */
export function recentLapMs({ history }: RaceView, { car, driver }: LapRecord, untilMs: number): number | undefined {
  const laps = history.laps.get(car) ?? [];
  const recent: LapRecord[] = [];
  for (let index = countUntil(laps, untilMs) - 1; index >= 0 && recent.length < 2 * RECENT_LAPS; index--) {
    const lap = laps[index] as LapRecord;
    if (isCleanLap(lap, untilMs)) recent.push(lap);
  }
  const own = recent.filter((lap) => lap.driver === driver).slice(0, RECENT_LAPS);
  const taken = own.length < OWN_LAPS ? recent.slice(0, RECENT_LAPS) : own;
  return median(taken.map((lap) => lap.lapTimeMs as number));
}
