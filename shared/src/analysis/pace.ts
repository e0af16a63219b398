import type { CarNumber, DriverId } from '../domain/names.ts';
import { flagSeverity, isGreen } from '../race/flag-severity.ts';
import { type LapRecord, until } from '../race/race-history.ts';
import type { RaceState } from '../race/race-state.ts';
import type { RaceView } from '../race/race-view.ts';

const NO_LAPS: readonly LapRecord[] = [];

/** Completed laps of a car at the playhead, first lap first. */
export function lapsOf(view: RaceView, car: CarNumber): readonly LapRecord[] {
  return until(view.history.laps.get(car) ?? NO_LAPS, view.nowMs);
}

/** A car's lap by its number, among its laps. */
export function lapAmong(laps: readonly LapRecord[], lap: number): LapRecord | undefined {
  const expected = laps[lap - 1];
  return expected?.lap === lap ? expected : laps.find((record) => record.lap === lap);
}

/** [A1] A lap that tells pace: timed, valid, green, neither in- nor out-lap, not the first; [A16] nor through a slow zone. */
export function isCleanLap(lap: LapRecord, nowMs: number): boolean {
  const isRacing = isGreen(lap.flag) && flagSeverity(lap.localFlag) <= flagSeverity('yellow');
  const isOwnPace = lap.lap > 1 && !lap.isInLap && !lap.isOutLap && isRacing;
  return lap.lapTimeMs !== undefined && isOwnPace && isValidLap(lap, nowMs);
}

/** False for a lap that had been invalidated at `nowMs`. */
export function isValidLap(lap: LapRecord, nowMs: number): boolean {
  return lap.invalidatedAtMs === undefined || lap.invalidatedAtMs > nowMs;
}

/** A lap that tells pace, and so has a time. */
export type CleanLap = LapRecord & { readonly lapTimeMs: number };

/** The clean laps of a car at the playhead, of one driver's where one is named, first lap first. */
export function cleanLapsOf(view: RaceView, car: CarNumber, driver?: DriverId): readonly CleanLap[] {
  return lapsOf(view, car).filter(
    (lap): lap is CleanLap => isCleanLap(lap, view.nowMs) && (driver === undefined || lap.driver === driver),
  );
}

/** Medians by state: whoever looks at a race asks for the same few again and again, and laps change with the state alone. */
const medians = new WeakMap<RaceState, Map<string, number | undefined>>();

/** Median of the clean laps of a car, of one driver's where one is named. `undefined` without any. Kept for each state. */
export function cleanMedianMs(view: RaceView, car: CarNumber, driver?: DriverId): number | undefined {
  const known = medians.get(view.state) ?? new Map<string, number | undefined>();
  medians.set(view.state, known);
  const key = `${car} ${driver ?? ''}`;
  if (!known.has(key)) known.set(key, median(cleanLapsOf(view, car, driver).map((lap) => lap.lapTimeMs)));
  return known.get(key);
}

/** The middle value, the mean of the middle two for an even count. Sorts by number. */
export function median(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  const high = sorted[middle] as number;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] as number) + high) / 2;
}

/** A standard deviation is this many median absolute deviations, where chance is normal. */
const NORMAL_MAD = 1.4826;

/** Scatter of values as a standard deviation that outliers do not move. 0 without any. */
export function spreadOf(values: readonly number[]): number {
  const middle = median(values) ?? 0;
  return NORMAL_MAD * (median(values.map((value) => Math.abs(value - middle))) ?? 0);
}
