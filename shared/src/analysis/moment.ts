import type { TrackFlag } from '../domain/flag.ts';
import type { CarNumber, DriverId } from '../domain/names.ts';
import type { RaceFactOf } from '../protocol/race-event.ts';

/** 3: the story of the race. 2: worth a word. 1: for those who follow that car. */
export type Importance = 1 | 2 | 3;

type MomentOf<K extends string, F> = {
  readonly kind: K;
  readonly atMs: number;
  readonly importance: Importance;
  /** The cars that it is about, the main one first. */
  readonly cars: readonly CarNumber[];
} & Readonly<F>;

type Person = DriverId | undefined;
type Chase = { driver: Person; aheadDriver: Person; position: number; gapMs: number; lap: number };
type Cause = 'track' | 'pit' | 'retirement';

type Pass = {
  driver: Person;
  passedDriver: Person;
  position: number;
  lap: number;
  /** The class that it takes the lead of. */
  className: string | undefined;
  /** An error of the car that was passed has been told. */
  isAfterError: boolean;
};

type Stop = {
  driver: Person;
  newDriver: Person;
  pitTimeMs: number;
  lap: number;
  /** Before the stop; 0 where it is not known. */
  position: number;
  /** Longer than usual, or than the stop of `rival` with whom it was in a fight. */
  longByMs: number | undefined;
  rival: CarNumber | undefined;
};

/** Something that a commentator would mention. Each follows from facts at or before `atMs` alone. */
export type Moment =
  | MomentOf<'start', { driver: Person }>
  | MomentOf<'lead-change', { driver: Person; fromDriver: Person; lap: number; cause: Cause }>
  | MomentOf<'overtake', Pass>
  | MomentOf<'battle', Chase>
  /** The car behind has lost touch. */
  | MomentOf<'battle-over', Chase>
  | MomentOf<'closing', Chase>
  /** Many places won since the start. */
  | MomentOf<'comeback', { driver: Person; gridPosition: number; position: number; lap: number }>
  | MomentOf<'stop', Stop>
  /** A place won by stopping earlier, or later, than the car that it was won from. */
  | MomentOf<
      'undercut',
      { driver: Person; loserDriver: Person; how: 'undercut' | 'overcut'; gainedMs: number; position: number }
    >
  | MomentOf<'lead-after-stops', { driver: Person; secondDriver: Person; gapMs: number }>
  | MomentOf<'fastest-lap', { driver: Person; lapTimeMs: number; lap: number; position: number }>
  /** `position`: at its last line, 0 without one. `isExplained`: an incident that was told before says why. */
  | MomentOf<
      'retirement',
      { driver: Person; reason: string | undefined; lap: number; position: number; isExplained: boolean }
    >
  | MomentOf<'did-not-start', { driver: Person; reason: string | undefined }>
  | MomentOf<'disqualification', { driver: Person; reason: string | undefined }>
  | MomentOf<'incident', { text: string }>
  | MomentOf<'flag', { flag: TrackFlag; sector: number | undefined; lap: number }>
  /** Green after a neutralisation of the whole track. `cars` stopped under it. */
  | MomentOf<'restart', { flag: TrackFlag; laps: number }>
  | MomentOf<'penalty', { driver: Person; penalty: RaceFactOf<'penalty'> }>
  | MomentOf<'window-open', { closesMs: number | undefined }>
  | MomentOf<'window-shut', { missed: readonly CarNumber[] }>
  | MomentOf<'class-lead', { driver: Person; className: string; lap: number; cause: Cause }>
  | MomentOf<'class-win', { driver: Person; className: string; position: number }>
  | MomentOf<'title-needs', TitleNeedsTold>
  | MomentOf<'title-decided', TitleDecided>
  | MomentOf<'chequered', { driver: Person; laps: number; gridPosition: number | undefined }>
  | MomentOf<
      'finish',
      {
        driver: Person;
        position: number;
        gapMs: number | undefined;
        winnerDriver: Person;
        gridPosition: number | undefined;
      }
    >
  | MomentOf<'phase', { phase: 'suspended' | 'running' }>;
export type MomentKind = Moment['kind'];
export type MomentOfKind<K extends MomentKind> = Extract<Moment, { kind: K }>;

/** A rival is out: what the other one needs now. Competitors by name. */
type TitleNeedsTold = {
  title: string;
  rival: string;
  rivalPoints: number;
  competitor: string;
  position: number;
  tiePosition: number | undefined;
};

type TitleDecided = {
  title: string;
  champion: string;
  /** `undefined` while he can still gain some. */
  points: number | undefined;
  /** The best of the others. */
  rival: string | undefined;
  rivalPoints: number;
};
