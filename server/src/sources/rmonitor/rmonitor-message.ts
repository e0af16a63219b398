import type { TrackFlag } from '@pitboard/shared/domain/flag.ts';

/** What the heartbeat says: each second, and when the flag changes or the leader crosses the line. */
export type Heartbeat = {
  readonly kind: 'heartbeat';
  /** `undefined` in a race by time, or of no stated length. */
  readonly lapsToGo: number | undefined;
  readonly timeToGoMs: number | undefined;
  readonly timeOfDayMs: number | undefined;
  /** Negative while it counts down to the start. */
  readonly raceTimeMs: number | undefined;
  /** `undefined` for the blank one: before, between and after sessions. */
  readonly flag: TrackFlag | undefined;
};

export type Competitor = {
  readonly kind: 'competitor';
  /** What every other line calls the car. */
  readonly reg: string;
  readonly number: string;
  readonly transponder: string | undefined;
  readonly first: string;
  readonly last: string;
  readonly nationality: string;
  /** `undefined` in a line that has no such field. */
  readonly additional: string | undefined;
  /** Of the table of classes; `undefined` for none. */
  readonly class: number | undefined;
};

/** A place in the race: laps may be below zero, where a car was given laps before the start. */
export type RaceRow = {
  readonly kind: 'race-row';
  readonly position: number;
  readonly reg: string;
  readonly laps: number;
  /** Race clock at the last crossing, penalties included; `undefined` before the first. */
  readonly totalMs: number | undefined;
};

export type BestRow = {
  readonly kind: 'best-row';
  readonly reg: string;
  /** On which the best was driven. */
  readonly lap: number;
  readonly bestMs: number | undefined;
};

export type Crossing = {
  readonly kind: 'crossing';
  readonly reg: string;
  /** `undefined` for a crossing that ends no lap. */
  readonly lapTimeMs: number | undefined;
  /** Race clock at the crossing. */
  readonly totalMs: number;
};

/** A timing line crossed, by the enhanced protocol of IMSA. */
export type LineCrossing = {
  readonly kind: 'line-crossing';
  readonly number: string;
  /** `T1` is the finish line; `T2` to `T9` and `TA` on lie behind it; `P…` in the pit lane. */
  readonly line: string;
  readonly name: string;
  readonly dayEpochMs: number | undefined;
  readonly timeOfDayMs: number;
  /** 1 to 6; `undefined` for none. */
  readonly driver: number | undefined;
};

export type TrackSection = {
  readonly name: string;
  readonly startLine: string;
  readonly endLine: string;
  readonly metres: number;
};

/** A lap of a car by its number, as Race-Monitor tells it afterwards. */
export type LapStated = {
  readonly kind: 'lap-stated';
  readonly reg: string;
  readonly lap: number;
  readonly lapTimeMs: number | undefined;
  readonly totalMs: number | undefined;
};

/** The time of the newest lap of a car; `lap` is counted like the laps of its place. */
export type LastLap = {
  readonly kind: 'last-lap';
  readonly reg: string;
  readonly lap: number;
  readonly lapTimeMs: number | undefined;
};

export type RmonitorMessage =
  | Heartbeat
  | Competitor
  | RaceRow
  | BestRow
  | Crossing
  | LineCrossing
  | LapStated
  | LastLap
  /** A finish time put right by the timekeeper. */
  | { readonly kind: 'correction'; readonly reg: string; readonly laps: number; readonly totalMs: number }
  | { readonly kind: 'run'; readonly number: string; readonly name: string }
  | { readonly kind: 'class'; readonly number: number; readonly name: string }
  | { readonly kind: 'setting'; readonly name: string; readonly value: string }
  | { readonly kind: 'reset'; readonly dayEpochMs: number | undefined }
  | { readonly kind: 'track-map'; readonly name: string; readonly sections: readonly TrackSection[] }
  | { readonly kind: 'sort-mode'; readonly isRace: boolean };
