import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import type { ClaimedGap } from './f1-values.ts';

/** A crossing of the finish line whose official time may still be on its way. */
export type PendingLine = {
  readonly lap: number;
  readonly stampMs: number;
  readonly sectorMs: number | undefined;
  readonly gapMs: number | undefined;
  readonly inPitLane: boolean;
  readonly speedKph: number | undefined;
  lapTimeMs: number | undefined;
};

/** A lap that the feed has not counted as the best although it was quicker. */
export type UnprovenLap = { readonly lap: number; readonly ms: number; readonly dueMs: number };

/** A gap that the feed claims, and when it said so. `toldAtMs`: when that was passed on. */
export type Claim = {
  readonly gap: ClaimedGap | undefined;
  readonly stampMs: number;
  readonly toldAtMs: number;
  readonly told: string;
};

/** What is known of one car. Times are of the clock of the feed, in ms. */
export type CarRow = {
  readonly car: CarNumber;
  /** Laps completed, as the feed counts; `undefined` while it has not said so. */
  laps: number | undefined;
  /** The last loop crossed since, as a place in the lap. */
  loop: number;
  /** Official times of the sectors of the lap in progress. */
  sectorsMs: (number | undefined)[];
  pending: PendingLine | undefined;
  /** A lap time that came without its lap. */
  early: { readonly ms: number; readonly stampMs: number } | undefined;
  readonly lapTimes: Map<number, number>;
  readonly invalidated: Set<number>;
  best: { readonly ms: number; readonly lap: number | undefined; readonly part: number } | undefined;
  /** The bests by part of a knock-out session. */
  readonly partBests: Map<number, { readonly ms: number; readonly lap: number | undefined }>;
  unproven: UnprovenLap | undefined;
  inPit: boolean | undefined;
  hasLeftPit: boolean;
  /** When the car drove into the pit lane last, the session being on. */
  lastVisitMs: number | undefined;
  /** Visits that are over, as told or as the feed counts them. */
  visits: number;
  /** In the pit lane, and the entry was told. */
  isVisiting: boolean;
  /** In the pit lane at some time since the last crossing of the line. */
  sawPit: boolean;
  isStopped: boolean;
  isRetired: boolean;
  hasFlag: boolean;
  /** When the car was last at the line, and 0 before. */
  lineAtMs: number;
  line: number | undefined;
  isKnockedOut: boolean;
  isBlueFlagged: boolean;
  toLeader: Claim | undefined;
  toAhead: Claim | undefined;
};

export function createCarRow(car: CarNumber): CarRow {
  return {
    car,
    laps: undefined,
    loop: 0,
    sectorsMs: [],
    pending: undefined,
    early: undefined,
    lapTimes: new Map(),
    invalidated: new Set(),
    best: undefined,
    partBests: new Map(),
    unproven: undefined,
    inPit: undefined,
    hasLeftPit: false,
    lastVisitMs: undefined,
    visits: 0,
    isVisiting: false,
    sawPit: false,
    isStopped: false,
    isRetired: false,
    hasFlag: false,
    lineAtMs: 0,
    line: undefined,
    isKnockedOut: false,
    isBlueFlagged: false,
    toLeader: undefined,
    toAhead: undefined,
  };
}

const MOST_INVALIDATED = 500;

/** Takes a lap's time away, once; false where that was done before. */
export function markInvalidated(row: CarRow, lap: number): boolean {
  if (lap < 1 || lap > 100_000 || row.invalidated.has(lap) || row.invalidated.size >= MOST_INVALIDATED) return false;
  row.invalidated.add(lap);
  return true;
}
