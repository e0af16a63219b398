import type { TrackFlag } from '../domain/flag.ts';
import type { CarNumber, DriverId } from '../domain/names.ts';
import type { CarStatus, SessionPhase } from '../domain/status.ts';
import type { RaceFactOf } from '../protocol/race-event.ts';
import type { Outcome, SectorTime, ShownFlag, TimeRank } from './race-state.ts';

/** A completed lap. */
export type LapRecord = {
  readonly atMs: number;
  readonly car: CarNumber;
  readonly lap: number;
  /** `undefined` where the line was missed at one of its ends. */
  readonly lapTimeMs: number | undefined;
  readonly rank: TimeRank;
  readonly sectors: readonly (SectorTime | undefined)[];
  /** Running position at the line, and the car's rank in its class. */
  readonly position: number;
  readonly classPosition: number;
  readonly driver: DriverId | undefined;
  /** The worst flag of the lap that was shown to the whole track. */
  readonly flag: TrackFlag;
  /** The worst flag of the lap that was shown in any sector. */
  readonly localFlag: TrackFlag;
  readonly isInLap: boolean;
  readonly isOutLap: boolean;
  readonly invalidatedAtMs: number | undefined;
};

/** A visit to the pit lane. What comes after `exitAtMs` is `undefined` while the car is in there. */
export type PitVisit = {
  readonly atMs: number;
  readonly car: CarNumber;
  /** 1 for the first visit. */
  readonly number: number;
  /** Lap in progress at the entry. */
  readonly lap: number;
  readonly driverBefore: DriverId | undefined;
  readonly driverAfter: DriverId | undefined;
  readonly stationaryMs: number | undefined;
  readonly exitAtMs: number | undefined;
  /** Laps completed at the exit. */
  readonly exitLap: number | undefined;
  /** Pit entry to pit exit, whatever happens in between. */
  readonly pitTimeMs: number | undefined;
  /** Counts as a mandatory stop. */
  readonly mandatory: boolean;
};

export type FlagPeriod = {
  readonly atMs: number;
  readonly flag: TrackFlag;
  readonly sector: number | undefined;
  readonly endMs: number | undefined;
  /** Leader's lap in progress when it began. */
  readonly lap: number;
};

export type StatusChange = {
  readonly atMs: number;
  readonly car: CarNumber;
  readonly from: CarStatus;
  readonly to: CarStatus;
  readonly outcome: Outcome | undefined;
  /** Running position before the change. */
  readonly position: number;
};

export type DriverChange = {
  readonly atMs: number;
  readonly car: CarNumber;
  readonly from: DriverId | undefined;
  readonly to: DriverId;
  readonly lap: number;
};

/** A car went ahead of another at a loop. `inPit`: the car that lost the place was in the pit lane. */
export type Overtake = {
  readonly atMs: number;
  readonly car: CarNumber;
  readonly passed: CarNumber;
  /** The new position of `car`. */
  readonly position: number;
  readonly lap: number;
  readonly inPit: boolean;
};

export type LeadChange = {
  readonly atMs: number;
  readonly car: CarNumber;
  readonly from: CarNumber | undefined;
  readonly lap: number;
  readonly atLine: boolean;
};

/** A flag shown to one car; `undefined`: taken back. */
export type CarFlagChange = { readonly atMs: number; readonly car: CarNumber; readonly flag: ShownFlag | undefined };

/** The race was suspended, or resumed. */
export type SuspensionChange = { readonly atMs: number; readonly suspended: boolean };

export type PhaseChange = { readonly atMs: number; readonly phase: SessionPhase };

export type BestLapChange = {
  readonly atMs: number;
  readonly car: CarNumber;
  readonly driver: DriverId | undefined;
  readonly lap: number;
  readonly lapTimeMs: number;
  readonly position: number;
};

export type FeedMessage = RaceFactOf<'race-control-message'> | RaceFactOf<'incident'>;

/** When a car crossed its loops: `timesMs[progress]`, `undefined` for a loop that it missed. */
export type Crossings = { readonly timesMs: readonly (number | undefined)[] };

/**
 * The past of a race: append-only lists, each in order of `atMs`, so that a viewer at time `t` reads a prefix
 * (see `until`). Never part of a state or a keyframe.
 */
export type RaceHistory = {
  /** Raised by every change: what is derived from history may be kept as long as this stays. */
  readonly version: number;
  readonly crossings: ReadonlyMap<CarNumber, Crossings>;
  readonly laps: ReadonlyMap<CarNumber, readonly LapRecord[]>;
  /** Laps of all cars, as they were completed. */
  readonly allLaps: readonly LapRecord[];
  readonly visits: ReadonlyMap<CarNumber, readonly PitVisit[]>;
  readonly flags: readonly FlagPeriod[];
  readonly carFlags: readonly CarFlagChange[];
  readonly suspensions: readonly SuspensionChange[];
  readonly statusChanges: readonly StatusChange[];
  readonly driverChanges: readonly DriverChange[];
  readonly overtakes: readonly Overtake[];
  readonly leadChanges: readonly LeadChange[];
  readonly bestLaps: readonly BestLapChange[];
  readonly phases: readonly PhaseChange[];
  readonly messages: readonly FeedMessage[];
  readonly penalties: readonly RaceFactOf<'penalty'>[];
};

/** The entries of a list in time order that had happened at `nowMs`. Returns the list itself when that is all of it. */
export function until<T extends { readonly atMs: number }>(list: readonly T[], nowMs: number): readonly T[] {
  const count = countUntil(list, nowMs);
  return count === list.length ? list : list.slice(0, count);
}

/** How many entries of a list in time order had happened at `nowMs`. */
export function countUntil(list: readonly { readonly atMs: number }[], nowMs: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle] as { readonly atMs: number }).atMs <= nowMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A visit as it was known at `nowMs`: without its exit while the car was still in the lane. */
export function visitAt(visit: PitVisit, nowMs: number): PitVisit {
  if (visit.exitAtMs === undefined || visit.exitAtMs <= nowMs) return visit;
  return {
    ...visit,
    driverAfter: undefined,
    stationaryMs: undefined,
    exitAtMs: undefined,
    exitLap: undefined,
    pitTimeMs: undefined,
    mandatory: false,
  };
}
