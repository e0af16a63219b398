import type { TrackFlag } from '../domain/flag.ts';
import type { CarNumber, DriverId } from '../domain/names.ts';
import { type LapRecord, type PitVisit, until, visitAt } from '../race/race-history.ts';
import { carOf, isOut, type RaceView } from '../race/race-view.ts';
import { lapsOf } from './pace.ts';

export type LapsByFlag = Readonly<Partial<Record<TrackFlag, number>>>;

/** The laps between two stops; start and finish count as ends. */
export type Stint = {
  /** 1 for the first. */
  readonly number: number;
  readonly driver: DriverId | undefined;
  readonly fromLap: number;
  /** The last lap completed in it; `fromLap − 1` before the first is. */
  readonly toLap: number;
  /** How many of those laps saw which flag as their worst. */
  readonly lapsByFlag: LapsByFlag;
  readonly startMs: number;
  /** `undefined` while it goes on. */
  readonly endMs: number | undefined;
  /** The stop that ended it. */
  readonly visit: PitVisit | undefined;
};

/** Visits of a car to the pit lane, as known at the playhead; the last one may be in progress. */
export function visitsOf(view: RaceView, car: CarNumber): readonly PitVisit[] {
  return until(view.history.visits.get(car) ?? [], view.nowMs).map((visit) => visitAt(visit, view.nowMs));
}

/** The stints of a car, first one first. Empty for a car that did not start. */
export function stintsOf(view: RaceView, car: CarNumber): readonly Stint[] {
  const own = carOf(view.state, car);
  if (own === undefined || own.status === 'did-not-start') return [];
  const laps = lapsOf(view, car);
  const stints: Stint[] = [];
  let fromLap = 1;
  let startMs = 0;
  for (const visit of visitsOf(view, car)) {
    const toLap = Math.max(fromLap - 1, Math.min(visit.lap, own.lapsCompleted));
    const lapsByFlag = countByFlag(laps, fromLap, toLap);
    const { number, driverBefore: driver, atMs: endMs } = visit;
    stints.push({ number, driver, fromLap, toLap, lapsByFlag, startMs, endMs, visit });
    if (visit.exitAtMs === undefined) return stints;
    // The lap of the stop belongs to the stint that it ends, also where the lane does not cross the line.
    fromLap = Math.max(visit.lap, visit.exitLap ?? 0) + 1;
    startMs = visit.exitAtMs;
  }
  const toLap = Math.max(fromLap - 1, own.lapsCompleted);
  const over = isOut(own) || own.status === 'finished';
  stints.push({
    number: stints.length + 1,
    driver: own.driver,
    fromLap,
    toLap,
    lapsByFlag: countByFlag(laps, fromLap, toLap),
    startMs,
    endMs: over ? (own.outcome?.atMs ?? own.crossedAtMs) : undefined,
    visit: undefined,
  });
  return stints;
}

/** [P12] Laps by the worst flag that each saw. */
function countByFlag(laps: readonly LapRecord[], fromLap: number, toLap: number): LapsByFlag {
  const counts: Partial<Record<TrackFlag, number>> = {};
  for (const { lap, flag } of laps) {
    if (lap >= fromLap && lap <= toLap) counts[flag] = (counts[flag] ?? 0) + 1;
  }
  return counts;
}
