import type { CarNumber, DriverId } from '../domain/names.ts';
import { isGreen } from '../race/flag-severity.ts';
import { type LapRecord, until } from '../race/race-history.ts';
import type { RaceState } from '../race/race-state.ts';
import type { RaceView } from '../race/race-view.ts';

const NO_LAPS: readonly LapRecord[] = [];

/** Completed laps of a car at the playhead, first lap first. */
export function lapsOf(view: RaceView, car: CarNumber): readonly LapRecord[] {
  return until(view.history.laps.get(car) ?? NO_LAPS, view.nowMs);
}

/** [A1] A lap that tells pace: timed, valid, green, neither in- nor out-lap, not the first. */
export function isCleanLap(lap: LapRecord, nowMs: number): boolean {
  const valid = lap.invalidatedAtMs === undefined || lap.invalidatedAtMs > nowMs;
  return lap.lapTimeMs !== undefined && valid && lap.lap > 1 && !lap.isInLap && !lap.isOutLap && isGreen(lap.flag);
}

/** Medians by state: whoever looks at a race asks for the same few again and again, and laps change with the state alone. */
const medians = new WeakMap<RaceState, Map<string, number | undefined>>();

/** Median of the clean laps of a car, of one driver's where one is named. `undefined` without any. Kept for each state. */
export function cleanMedianMs(view: RaceView, car: CarNumber, driver?: DriverId): number | undefined {
  const known = medians.get(view.state) ?? new Map<string, number | undefined>();
  medians.set(view.state, known);
  const key = `${car} ${driver ?? ''}`;
  if (!known.has(key)) known.set(key, medianOfCleanLaps(view, car, driver));
  return known.get(key);
}

function medianOfCleanLaps(view: RaceView, car: CarNumber, driver: DriverId | undefined): number | undefined {
  const times: number[] = [];
  for (const lap of lapsOf(view, car)) {
    if (!isCleanLap(lap, view.nowMs)) continue;
    if (driver === undefined || lap.driver === driver) times.push(lap.lapTimeMs as number);
  }
  return median(times);
}

/** The middle value, the mean of the middle two for an even count. Sorts by number. */
export function median(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  const high = sorted[middle] as number;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] as number) + high) / 2;
}
