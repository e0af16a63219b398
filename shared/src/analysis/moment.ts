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

/** Something that a commentator would mention. Each follows from facts at or before `atMs` alone. */
export type Moment =
  | MomentOf<'start', { driver: Person }>
  | MomentOf<'lead-change', { driver: Person; lap: number; cause: 'track' | 'pit' | 'retirement' }>
  | MomentOf<'overtake', { driver: Person; passedDriver: Person; position: number; lap: number }>
  | MomentOf<'battle', { driver: Person; aheadDriver: Person; position: number; gapMs: number; lap: number }>
  | MomentOf<'closing', { driver: Person; aheadDriver: Person; position: number; gapMs: number; lap: number }>
  | MomentOf<'stop', { driver: Person; newDriver: Person; pitTimeMs: number; lap: number; position: number }>
  | MomentOf<'lead-after-stops', { driver: Person; secondDriver: Person; gapMs: number }>
  | MomentOf<'fastest-lap', { driver: Person; lapTimeMs: number; lap: number; position: number }>
  | MomentOf<'retirement', { driver: Person; reason: string | undefined; lap: number; position: number }>
  | MomentOf<'did-not-start', { driver: Person; reason: string | undefined }>
  | MomentOf<'disqualification', { driver: Person; reason: string | undefined }>
  | MomentOf<'incident', { text: string }>
  | MomentOf<'flag', { flag: TrackFlag; sector: number | undefined; lap: number }>
  | MomentOf<'penalty', { penalty: RaceFactOf<'penalty'> }>
  | MomentOf<'window-open', { closesMs: number | undefined }>
  | MomentOf<'window-shut', { missed: readonly CarNumber[] }>
  | MomentOf<'chequered', { driver: Person; laps: number }>
  | MomentOf<'finish', { driver: Person; position: number; gapMs: number | undefined; winnerDriver: Person }>
  | MomentOf<'phase', { phase: 'suspended' | 'running' }>;
export type MomentKind = Moment['kind'];
export type MomentByKind<K extends MomentKind> = Extract<Moment, { kind: K }>;
