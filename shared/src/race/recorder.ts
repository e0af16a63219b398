import type { CarNumber } from '../domain/names.ts';
import type {
  BestLapChange,
  CarFlagChange,
  DriverChange,
  FeedMessage,
  FlagPeriod,
  LapRecord,
  LeadChange,
  Overtake,
  PhaseChange,
  PitVisit,
  StatusChange,
  SuspensionChange,
} from './race-history.ts';
import type { Penalty } from './race-state.ts';

/** Takes down what the reducer sees happen, for the history. The reducer does the same with and without one. */
export type Recorder = {
  crossing(car: CarNumber, progress: number, atMs: number): void;
  lap(record: LapRecord): void;
  lapInvalidated(car: CarNumber, lap: number, atMs: number): void;
  pitEntry(visit: PitVisit): void;
  /** Completes the newest visit of the car. */
  pitExit(car: CarNumber, changes: Partial<PitVisit>): void;
  /** Ends the open period of the same sector (or track) and opens this one. */
  flag(period: FlagPeriod): void;
  carFlag(change: CarFlagChange): void;
  suspension(change: SuspensionChange): void;
  status(change: StatusChange): void;
  driver(change: DriverChange): void;
  overtake(overtake: Overtake): void;
  lead(change: LeadChange): void;
  bestLap(change: BestLapChange): void;
  phase(change: PhaseChange): void;
  message(message: FeedMessage): void;
  penalty(penalty: Penalty): void;
};
