import type { CarNumber, DriverId } from '@pitboard/shared/domain/names.ts';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import type { Rain } from './rain.ts';
import type { Script } from './script.ts';

/** A race to be simulated: what stands before it, who drives how fast, and what is bound to happen. */
export type Scenario = {
  readonly manifest: Manifest;
  readonly track: Track;
  readonly model: LapModel;
  /** The starters, in any order. */
  readonly cars: readonly CarPlan[];
  /** Facts that do not depend on the race: weather, announcements, cars that do not start. */
  readonly facts: readonly RaceFact[];
  readonly script: Script;
  readonly chances: Chances;
  readonly rain?: Rain;
};

/** How a lap and a visit to the pit lane are made up. The boxes lie behind the finish line. */
export type Track = {
  /** Share of the lap time from each loop to the next; together 1. */
  readonly sectorShares: readonly number[];
  /** Share of the last sector that is driven before the pit entry. */
  readonly pitEntryShare: number;
  /** Share of the first sector that lies behind a car at the pit exit. */
  readonly pitExitShare: number;
  readonly entryToLineMs: number;
  readonly lineToBoxMs: number;
  readonly boxToExitMs: number;
  /** Cars keep their order up to the pit entry too, while the field is slowed down. The older races do without. */
  readonly queuesForPits?: true;
};

/** What makes a lap slower or faster than the pace of car and driver. */
export type LapModel = {
  /** Lost with each lap on the same tyres. */
  readonly wearMsPerLap: number;
  /** Gained with each lap of burnt fuel. */
  readonly fuelMsPerLap: number;
  readonly refuels: boolean;
  /** Gained from the start to the end of the race, as rubber goes down. */
  readonly evolutionMs: number;
  readonly night: { readonly fromMs: number; readonly toMs: number; readonly lossMs: number } | undefined;
  /** Nobody laps faster, but to order. */
  readonly limitLapMs: number;
  /** Lost on lap 1 against a flying lap. */
  readonly launchMs: number;
};

export type DriverPace = {
  readonly driver: DriverId;
  /** Against the pace of the car; negative is faster. */
  readonly paceMs: number;
  /** Typical scatter of the lap times. */
  readonly noiseMs: number;
};

export type CarPlan = {
  readonly car: CarNumber;
  /** Lap time on fresh tyres in clean air. */
  readonly paceMs: number;
  /** In the order in which they drive. */
  readonly crew: readonly DriverPace[];
  /** When it crosses the start line after the signal. */
  readonly startOffsetMs: number;
  readonly strategy: Strategy;
};

/** A stop at the end of `lap`. `next`: place in the crew of the driver who takes over. */
export type PlannedStop = {
  readonly lap: number;
  readonly stationaryMs: number;
  readonly next: number;
  /** What goes wrong, for the spectators. */
  readonly trouble?: string;
  /** From this lap on the car stops as soon as the safety car is out. */
  readonly underSafetyCarFromLap?: number;
};

export type Strategy =
  | { readonly kind: 'planned'; readonly stops: readonly PlannedStop[] }
  | {
      readonly kind: 'fuel';
      readonly tankLaps: number;
      readonly firstStintLaps: number;
      readonly stintsPerDriver: number;
      readonly refuelMs: number;
      readonly driverChangeMs: number;
    };

/** How often what nobody plans happens; the seed decides when and to whom. */
export type Chances = {
  readonly spins: number;
  readonly failures: number;
  /** Crashes that bring out the safety car, and those that bring a full-course yellow. */
  readonly safetyCars: number;
  readonly fullCourseYellows: number;
  readonly driveThroughs: number;
};
