import { isCleanLap, lapsOf } from '@pitboard/shared/analysis/pace.ts';
import { stintsOf } from '@pitboard/shared/analysis/stints.ts';
import type { CarNumber, DriverId } from '@pitboard/shared/domain/names.ts';
import { type LapRecord, until } from '@pitboard/shared/race/race-history.ts';
import { carOf, isOut, positionOf, type RaceView } from '@pitboard/shared/race/race-view.ts';

/** One lap of a car in its table. */
export type LapRow = {
  readonly record: LapRecord;
  /** Taken away by race control, as far as is known at the playhead. */
  readonly deleted: boolean;
  /** Time behind the first car that ended this lap; 0 for that car itself. */
  readonly gapMs: number;
  /** Tells the car's pace. */
  readonly clean: boolean;
};

/** A stint with what its laps say. */
export type StintRow = {
  readonly number: number;
  readonly driver: DriverId | undefined;
  readonly fromLap: number;
  readonly toLap: number;
  readonly laps: number;
  readonly averageMs: number | undefined;
  readonly pitTimeMs: number | undefined;
};

/** The laps of a car up to the playhead, newest first. */
export function lapRows(view: RaceView, car: CarNumber): readonly LapRow[] {
  const firstMs = firstAtLine(view);
  return lapsOf(view, car)
    .map((record) => lapRow(record, firstMs.get(record.lap) ?? record.atMs, view.nowMs))
    .reverse();
}

function lapRow(record: LapRecord, firstMs: number, nowMs: number): LapRow {
  const deleted = record.invalidatedAtMs !== undefined && record.invalidatedAtMs <= nowMs;
  return { record, deleted, gapMs: record.atMs - firstMs, clean: isCleanLap(record, nowMs) };
}

/** When the first car ended each lap. */
function firstAtLine(view: RaceView): ReadonlyMap<number, number> {
  const first = new Map<number, number>();
  for (const record of until(view.history.allLaps, view.nowMs)) {
    if (!first.has(record.lap)) first.set(record.lap, record.atMs);
  }
  return first;
}

/** Average of the clean laps; `undefined` where there is none. [V75] */
export function averageMs(laps: readonly LapRow[]): number | undefined {
  const times = laps.flatMap((lap) => (lap.clean && lap.record.lapTimeMs !== undefined ? [lap.record.lapTimeMs] : []));
  return times.length === 0 ? undefined : times.reduce((sum, time) => sum + time, 0) / times.length;
}

/** The stints of a car, newest first. `laps`: its rows, in any order. */
export function stintRows(view: RaceView, car: CarNumber, laps: readonly LapRow[]): readonly StintRow[] {
  return stintsOf(view, car)
    .map((stint) => {
      const own = laps.filter((lap) => lap.record.lap >= stint.fromLap && lap.record.lap <= stint.toLap);
      return {
        number: stint.number,
        driver: stint.driver,
        fromLap: stint.fromLap,
        toLap: stint.toLap,
        laps: own.length,
        averageMs: averageMs(own),
        pitTimeMs: stint.visit?.pitTimeMs,
      };
    })
    .reverse();
}

/** The car that the panel shows: the selected one while it is entered, else the leader. */
export function shownCar(view: RaceView, selected: CarNumber | undefined): CarNumber | undefined {
  if (selected !== undefined && carOf(view.state, selected) !== undefined) return selected;
  return view.state.order[0];
}

/** From the grid to now: places gained are positive. A car that is out has no place now. */
export function placesOf(view: RaceView, car: CarNumber): { readonly grid?: number; readonly now?: number } {
  const state = carOf(view.state, car);
  const now = state === undefined || isOut(state) ? undefined : positionOf(view.state, car);
  return {
    ...(state?.gridPosition === undefined ? {} : { grid: state.gridPosition }),
    ...(now === undefined ? {} : { now }),
  };
}

/** A bar of the lap-time strip: its height as a share of the strip, slower is higher. */
export type PaceBar = {
  readonly lap: number;
  readonly lapTimeMs: number;
  readonly share: number;
  readonly kind: 'best' | 'clean' | 'other';
};

/** Slower than the best by this much fills the strip: pit laps and neutralised laps would hide all others. */
const PACE_SPAN = 0.06;
const MOST_BARS = 120;

/** Lap times as bars over the best lap, oldest first; the newest that have room. */
export function paceBars(laps: readonly LapRow[]): readonly PaceBar[] {
  const timed = laps.slice(0, MOST_BARS).filter((lap) => lap.record.lapTimeMs !== undefined && !lap.deleted);
  const bestMs = Math.min(...timed.map((lap) => lap.record.lapTimeMs as number));
  return timed
    .map((lap): PaceBar => {
      const lapTimeMs = lap.record.lapTimeMs as number;
      const over = (lapTimeMs - bestMs) / (bestMs * PACE_SPAN);
      const kind = lapTimeMs === bestMs ? 'best' : lap.clean ? 'clean' : 'other';
      return { lap: lap.record.lap, lapTimeMs, share: Math.min(1, 0.15 + over * 0.85), kind };
    })
    .reverse();
}
