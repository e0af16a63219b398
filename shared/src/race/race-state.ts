import type { CarFlag, TrackFlag } from '../domain/flag.ts';
import type { CarNumber, ClassId, DriverId } from '../domain/names.ts';
import type { CarStatus, SessionPhase } from '../domain/status.ts';
import type { Manifest } from '../protocol/manifest.ts';
import type { RaceFactOf } from '../protocol/race-event.ts';

/** How a lap or sector time stands against what the car, and everybody, has done so far. */
export type TimeRank = 'overall-best' | 'personal-best' | 'none';

export type SectorTime = { readonly ms: number; readonly rank: TimeRank };

/** A best lap or sector, and whose it is. */
export type Best = {
  readonly ms: number;
  readonly car: CarNumber;
  readonly driver: DriverId | undefined;
  /** `undefined` for a lap that only the feed knows of. */
  readonly lap: number | undefined;
  readonly atMs: number;
};

/** A lap that may be somebody's best, and the ones before it: a list that grows without a copy. */
export type TimedLap = {
  /** `undefined` for a lap that only the feed knows of. */
  readonly lap: number | undefined;
  readonly ms: number;
  readonly driver: DriverId | undefined;
  readonly atMs: number;
  /** Of a knock-out session; 0 where there are none. */
  readonly part: number;
  readonly previous: TimedLap | undefined;
};

/** The best lap of a part of a knock-out session. */
export type PartBest = { readonly ms: number; readonly atMs: number };

/** A gap that the feed claims. */
export type ReportedGap = {
  readonly atMs: number;
  /** The car that the gap is to. */
  readonly to: CarNumber;
  readonly ms: number | undefined;
  readonly laps: number;
  /** `progress` of the claimed car when it was claimed. */
  readonly progress: number;
};

export type Outcome = {
  readonly atMs: number;
  /** Lap in progress when it happened; 0 before the start. */
  readonly lap: number;
  readonly reason: string | undefined;
  /** The other car where one incident ties two. */
  readonly otherCar: CarNumber | undefined;
  /** Inferred by us, not stated by the feed. */
  readonly presumed: boolean;
};

export type Penalty = RaceFactOf<'penalty'>;

/** A flag as shown to one car; white: a slow car ahead, or the last lap. */
export type ShownFlag = CarFlag | 'white';

/** A suspension in progress: since when, and the running order then, in which the race resumes. */
export type Suspension = { readonly atMs: number; readonly order: readonly CarNumber[] };

/** One car now. Small and flat: a copy is made of each car that a batch of events touches. */
export type CarState = {
  readonly car: CarNumber;
  /** Place in `RaceState.cars`, the order of entry. */
  readonly index: number;
  readonly class: ClassId | undefined;
  readonly gridPosition: number | undefined;
  readonly status: CarStatus;
  readonly outcome: Outcome | undefined;
  readonly driver: DriverId | undefined;
  readonly flag: ShownFlag | undefined;

  readonly lapsCompleted: number;
  /** Loops crossed since the start: laps × loops + place of the last loop in the lap; −1 before the first passing. */
  readonly progress: number;
  /** When the car crossed its last loop. */
  readonly crossedAtMs: number;
  /** Start of the lap in progress; the start signal for lap 1 of a race; `undefined` where the line was missed. */
  readonly lapStartedAtMs: number | undefined;
  /** When the lap in progress was first known of: its start, or the first loop seen where that was missed. */
  readonly lapKnownAtMs: number;
  /** Start of the sector in progress; `undefined` where the loop before it was missed. */
  readonly sectorStartedAtMs: number | undefined;

  readonly lastLapTimeMs: number | undefined;
  readonly lastLapRank: TimeRank;
  readonly bestLapTimeMs: number | undefined;
  readonly bestLapNumber: number | undefined;
  /** The newest lap that counts for a best. */
  readonly timedLaps: TimedLap | undefined;
  readonly invalidatedLaps: readonly number[];
  /** The last part of a knock-out session that the car takes part in; 0 where there are none. */
  readonly part: number;
  /** Best laps by part, the first part first. */
  readonly partBests: readonly (PartBest | undefined)[];
  /** Times of the sectors of the lap in progress, and of the last lap for sectors still to come; first sector first. */
  readonly sectors: readonly (SectorTime | undefined)[];
  /** Sectors of `sectors` that belong to the lap in progress. */
  readonly sectorsDone: number;
  readonly bestSectorsMs: readonly (number | undefined)[];
  /** The worst flag that the lap in progress has seen. */
  readonly lapFlag: TrackFlag;
  /** The worst flag shown in any sector during the lap in progress. */
  readonly lapLocalFlag: TrackFlag;
  /** The lap in progress has seen the pit entry. */
  readonly isInLap: boolean;
  /** The lap in progress began in the pit lane, or has seen the pit exit. */
  readonly isOutLap: boolean;

  /** When the car entered the pit lane, while it is in there. */
  readonly pitEntryAtMs: number | undefined;
  /** The visit in progress has seen a driver change. */
  readonly driverChangedInPit: boolean;
  /** Completed visits to the pit lane. */
  readonly stops: number;
  readonly lastPitTimeMs: number | undefined;
  readonly pitTimeTotalMs: number;
  /** Mandatory stops served. */
  readonly stopsServed: number;
  /** Laps completed when the stint began. */
  readonly stintStartLap: number;
  readonly stintStartedAtMs: number;
  readonly stationaryMs: number | undefined;
  readonly tyre: string | undefined;

  /** Fraction of the lap, from `position` events only; never used for order or gaps. */
  readonly lapFraction: number | undefined;
  /** When that was stated. */
  readonly lapFractionAtMs: number | undefined;
  readonly speedKph: number | undefined;
  readonly penalties: readonly Penalty[];
  /** What the feed claims, kept beside what is measured. */
  readonly reportedGap: ReportedGap | undefined;
  readonly reportedInterval: ReportedGap | undefined;
};

export type WeatherNow = Omit<RaceFactOf<'weather'>, 'type'>;
export type OfficialClock = Omit<RaceFactOf<'clock'>, 'type'>;
export type SectorFlag = { readonly sector: number; readonly flag: TrackFlag; readonly atMs: number };

/**
 * All that a viewer needs to know of one moment, but for the past. Immutable: a batch of events makes a new one that
 * shares what did not change, so selectors may compare with `Object.is`.
 */
export type RaceState = {
  /** Session time of the last event that was folded. */
  readonly atMs: number;
  readonly manifest: Manifest;
  readonly phase: SessionPhase;
  /** Part of a knock-out session that runs or ran last, 1 for the first; 0 where there are none. */
  readonly part: number;
  readonly startEpochMs: number | undefined;
  readonly flag: TrackFlag;
  readonly flagSinceMs: number;
  /** Flags of single sectors, first sector first. */
  readonly sectorFlags: readonly SectorFlag[];
  readonly suspension: Suspension | undefined;
  /** Length of all suspensions that are over. */
  readonly suspendedMs: number;
  readonly clock: OfficialClock | undefined;
  /** Length of all suspensions when `clock` was stated. */
  readonly clockSuspendedMs: number;
  readonly weather: WeatherNow | undefined;
  /** When the leader took the chequered flag. */
  readonly chequeredAtMs: number | undefined;
  /** The lap that ends a race by time: known once the leader has crossed the line with the time over. */
  readonly lastLapByTime: number | undefined;
  /** When the leader crossed the line with the distance done. */
  readonly distanceDoneAtMs: number | undefined;
  /** Grid places lost since the grid was stated. */
  readonly gridPenalties: readonly Penalty[];
  readonly cars: readonly CarState[];
  /**
   * Running order to show, leader first: the measured one, or the feed's where that rules [O10]. Cars that are out of the
   * race stand behind all others. Keeps its reference while nothing moves.
   */
  readonly order: readonly CarNumber[];
  /** The measured order, as places in `cars`. */
  readonly orderIndexes: readonly number[];
  /** Cars of `order` that are still in the race. */
  readonly running: number;
  /** The order that the feed itself claims. */
  readonly reportedOrder: readonly CarNumber[] | undefined;
  /** When it claimed that last. */
  readonly reportedOrderAtMs: number | undefined;
  readonly bestLap: Best | undefined;
  readonly classBestLaps: ReadonlyMap<ClassId, Best>;
  readonly bestSectors: readonly (Best | undefined)[];
};
