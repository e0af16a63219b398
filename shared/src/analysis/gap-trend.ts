import type { CarNumber } from '../domain/names.ts';
import type { RaceView } from '../race/race-view.ts';
import { isCleanLap, lapAmong, lapsOf } from './pace.ts';
import { type Estimate, hodgesLehmann, type Point, theilSen } from './theil-sen.ts';

/** Fewer laps tell nothing, more laps tell of another race: the last five to eight. */
const FEWEST_LAPS = 5;
const MOST_LAPS = 8;

/** How the gap between two cars changes. Negative: it shrinks. */
export type GapTrend = {
  /** ms per lap: Theil–Sen over the gaps at the line, in an interval that the lap times bear out as well. */
  readonly msPerLap: Estimate;
  /** Gap at the end of the last lap that both have done; positive where `chaser` is behind. */
  readonly gapMs: number;
  /** The lap that gap was measured at, and how many clean laps in a row the trend goes by. */
  readonly lap: number;
  readonly laps: number;
};

/**
 * [A3] The trend of the gap between two cars over the last five to eight laps that were clean for both, without a
 * break. `undefined` where there are fewer: a stop, a flag or a missed line begins the count anew.
 */
export function gapTrend(view: RaceView, chaser: CarNumber, ahead: CarNumber): GapTrend | undefined {
  const gaps = gapsAtLine(view, chaser, ahead);
  if (gaps.length <= FEWEST_LAPS) return undefined;
  const slope = theilSen(gaps);
  const drift = hodgesLehmann(gaps.slice(1).map(({ y }, index) => y - (gaps[index] as Point).y));
  const last = gaps.at(-1);
  if (slope === undefined || drift === undefined || last === undefined) return undefined;
  // A gap is a sum of laps, each with its own chance: a line through it looks surer than it is. The wider word holds.
  const low = Math.min(slope.low, drift.low);
  const high = Math.max(slope.high, drift.high);
  return { msPerLap: { value: slope.value, low, high }, gapMs: last.y, lap: last.x, laps: gaps.length - 1 };
}

/** Gaps at the line by lap: the start of the clean run, then the end of each of its laps. */
function gapsAtLine(view: RaceView, chaser: CarNumber, ahead: CarNumber): Point[] {
  const own = lapsOf(view, chaser);
  const others = lapsOf(view, ahead);
  const last = Math.min(own.at(-1)?.lap ?? 0, others.at(-1)?.lap ?? 0);
  const gaps: Point[] = [];
  for (let lap = last; lap >= last - MOST_LAPS; lap--) {
    const one = lapAmong(own, lap);
    const other = lapAmong(others, lap);
    if (one === undefined || other === undefined) break;
    gaps.unshift({ x: lap, y: one.atMs - other.atMs });
    if (!isCleanLap(one, view.nowMs) || !isCleanLap(other, view.nowMs)) break;
  }
  return gaps;
}
