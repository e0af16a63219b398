import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import type { RaceFactOf } from '@pitboard/shared/protocol/race-event.ts';

/** What slows the whole field down while the race goes on. */
export type Neutralisation = 'safety-car' | 'full-course-yellow';

/** Steers `car` to a gap of `gapMs` behind `behind` at the end of `toLap`, by small corrections of its lap times. */
export type GapAim = {
  readonly car: CarNumber;
  readonly behind: CarNumber;
  readonly fromLap: number;
  readonly toLap: number;
  readonly gapMs: number;
  /** Drives in the wheel tracks of the other car, so that its pace shows in the own one. */
  readonly shadow?: true;
  /** To the millisecond; otherwise but for the scatter of the last sectors. */
  readonly exact?: true;
};

/** Steers `car` to a lap time; `exact` to the millisecond. */
export type LapAim = {
  readonly car: CarNumber;
  readonly fromLap: number;
  readonly toLap: number;
  readonly lapTimeMs: number;
  readonly exact?: true;
};

/**
 * Steers `car` to cross the line `gapMs` after `other` (before it, when negative), which ends `lapsUp` laps more with
 * that crossing.
 */
export type MeetingAim = {
  readonly car: CarNumber;
  readonly other: CarNumber;
  readonly fromLap: number;
  readonly toLap: number;
  readonly lapsUp: number;
  readonly gapMs: number;
};

export type MishapPart = {
  readonly car: CarNumber;
  readonly lossMs?: number;
  readonly retires?: {
    readonly reason: string;
    readonly otherCar?: CarNumber;
    readonly stopsAfterMs: number;
    readonly afterMs: number;
  };
};

/** What race control makes of a mishap `afterMs` later, and for how long. */
export type ControlAnswer = { readonly afterMs: number; readonly forMs: number } & (
  | { readonly flag: Neutralisation; readonly endsAtLine?: true }
  /** The race is stopped, and goes on behind the safety car. */
  | { readonly flag: 'red'; readonly safetyCarMs: number }
  | { readonly flag: 'slow-zone' }
);

/** Something that is bound to happen `delayMs` after `car` crosses `loop` on `lap` (the lap in progress). */
export type Mishap = {
  readonly car: CarNumber;
  readonly lap: number;
  readonly loop: number;
  readonly delayMs: number;
  readonly kind: NonNullable<RaceFactOf<'incident'>['kind']>;
  readonly text: string;
  readonly parts: readonly MishapPart[];
  /** How long yellow is shown in the sector. */
  readonly yellowMs?: number;
  readonly answer?: ControlAnswer;
};

/** The car comes in at the end of `lap` and stays. */
export type PitRetirement = { readonly car: CarNumber; readonly lap: number; readonly reason: string };

export type Script = {
  readonly gapAims: readonly GapAim[];
  readonly lapAims: readonly LapAim[];
  readonly meetings: readonly MeetingAim[];
  readonly mishaps: readonly Mishap[];
  readonly pitRetirements: readonly PitRetirement[];
};
