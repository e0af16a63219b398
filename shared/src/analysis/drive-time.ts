import type { CarNumber, DriverId } from '../domain/names.ts';
import { until } from '../race/race-history.ts';
import { carOf, entryOf, isOut, type RaceView } from '../race/race-view.ts';
import { stintsOf } from './stints.ts';

export type DriveTimeState = 'ok' | 'below-minimum' | 'over-maximum';

/** How long a driver has been at the wheel, and what the rules say to it. */
export type DriveTime = {
  readonly driver: DriverId;
  /** Is at the wheel now, on the track. */
  readonly driving: boolean;
  readonly drivenMs: number;
  readonly state: DriveTimeState;
  /** Still to drive to reach the minimum; 0 once it is reached, or where there is none. */
  readonly missingMs: number;
  /** Until the maximum, below 0 when it is passed; `undefined` where there is none. */
  readonly leftMs: number | undefined;
  /** Of the stint at the wheel, until the longest that one may be; `undefined` where there is no limit, or out of the car. */
  readonly stintLeftMs: number | undefined;
};

/** The drive times of a crew. */
export type CrewDriveTimes = {
  /** As entered; who drove without being entered stands behind. */
  readonly drivers: readonly DriveTime[];
  /**
   * What the drivers miss fits into the time that is left, and what is left has drivers who may drive it. `undefined` where
   * no length in time is known.
   */
  readonly possible: boolean | undefined;
};

/**
 * [P13] Drive time: the time of a driver on the track, between visits to the pit lane, from the start signal on. The lane and
 * a red flag do not count. Compared with the limits of the manifest.
 */
export function driveTimesOf(view: RaceView, car: CarNumber): CrewDriveTimes {
  const spans = drivenSpans(view, car);
  const entered = entryOf(view.state, car)?.drivers.map((driver) => driver.id) ?? [];
  const crew = [...new Set([...entered, ...spans.map((span) => span.driver)])];
  const drivers = crew.map((driver) => driveTimeOf(view, driver, spans));
  return { drivers, possible: isPossible(view, car, drivers) };
}

type Span = { readonly driver: DriverId; readonly ms: number; readonly stintMs: number; readonly open: boolean };

function driveTimeOf(view: RaceView, driver: DriverId, spans: readonly Span[]): DriveTime {
  const { minimumDriveTimeMs = 0, maximumDriveTimeMs, maximumStintMs } = view.state.manifest.pitRules ?? {};
  const own = spans.filter((span) => span.driver === driver);
  const drivenMs = own.reduce((sum, span) => sum + span.ms, 0);
  const open = own.find((span) => span.open);
  const leftMs = maximumDriveTimeMs === undefined ? undefined : maximumDriveTimeMs - drivenMs;
  const missingMs = Math.max(0, minimumDriveTimeMs - drivenMs);
  return {
    driver,
    driving: open !== undefined,
    drivenMs,
    state: leftMs !== undefined && leftMs < 0 ? 'over-maximum' : missingMs > 0 ? 'below-minimum' : 'ok',
    missingMs,
    leftMs,
    stintLeftMs: open === undefined || maximumStintMs === undefined ? undefined : maximumStintMs - open.stintMs,
  };
}

/** Who drove for how long: stints, cut where the driver is said to have changed on the way. */
function drivenSpans(view: RaceView, car: CarNumber): readonly Span[] {
  const changes = until(view.history.driverChanges, view.nowMs).filter((change) => change.car === car);
  return stintsOf(view, car).flatMap((stint) => {
    const endMs = stint.endMs ?? Math.max(stint.startMs, view.nowMs);
    const within = changes.filter((change) => change.atMs > stint.startMs && change.atMs < endMs);
    const cuts = [stint.startMs, ...within.map((change) => change.atMs), endMs];
    const drivers = within.length === 0 ? [stint.driver] : [within[0]?.from, ...within.map((change) => change.to)];
    return drivers.flatMap((driver, index): Span[] => {
      const fromMs = cuts[index] as number;
      const toMs = cuts[index + 1] as number;
      const ms = drivingMs(view, fromMs, toMs);
      const open = stint.endMs === undefined && index === drivers.length - 1;
      return driver === undefined ? [] : [{ driver, ms, stintMs: ms, open }];
    });
  });
}

/** Time between two moments less that under red. */
function drivingMs(view: RaceView, fromMs: number, toMs: number): number {
  let ms = toMs - fromMs;
  for (const { atMs, endMs, flag, sector } of until(view.history.flags, view.nowMs)) {
    if (flag !== 'red' || sector !== undefined) continue;
    ms -= Math.max(0, Math.min(toMs, endMs ?? toMs) - Math.max(fromMs, atMs));
  }
  return ms;
}

function isPossible(view: RaceView, car: CarNumber, drivers: readonly DriveTime[]): boolean | undefined {
  const { durationMs } = view.state.manifest.distance ?? {};
  const own = carOf(view.state, car);
  if (durationMs === undefined || own === undefined) return undefined;
  if (drivers.some((driver) => driver.state === 'over-maximum')) return false;
  const isOver = isOut(own) || own.status === 'finished' || view.state.chequeredAtMs !== undefined;
  const leftMs = isOver ? 0 : Math.max(0, durationMs - Math.max(0, view.nowMs));
  const missingMs = drivers.reduce((sum, driver) => sum + driver.missingMs, 0);
  const mayDriveMs = drivers.reduce((sum, driver) => sum + (driver.leftMs ?? Number.POSITIVE_INFINITY), 0);
  return missingMs <= leftMs && (isOver || drivers.length === 0 || mayDriveMs >= leftMs);
}
