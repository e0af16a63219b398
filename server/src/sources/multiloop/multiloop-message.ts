import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';

/** Green, yellow, red, white, chequered (K), cold (C), none (U). */
export type MultiloopFlag = 'G' | 'Y' | 'R' | 'W' | 'K' | 'C' | 'U';

/** A car as the feed names it. */
export type Named = { readonly car: string; readonly uid: string };

export type EntryMessage = Named & {
  readonly command: 'E';
  readonly driver: string;
  readonly startPosition: number;
  /** Class, car, home town, team, as far as there are any. */
  readonly texts: readonly string[];
};

/** `$C`: where a car stands at the end of its last lap. */
export type LapMessage = Named & {
  readonly command: 'C';
  readonly rank: number | undefined;
  readonly laps: number;
  readonly elapsedMs: number;
  /** 0 where no lap has a time. */
  readonly lastLapMs: number;
  readonly inPit: boolean;
  readonly fastestMs: number;
  readonly fastestLap: number;
  readonly behindLeaderMs: number | undefined;
  readonly lapsBehindLeader: number | undefined;
  readonly behindPreviousMs: number | undefined;
  readonly lapsBehindPrevious: number | undefined;
  readonly status: string;
  readonly pitStops: number | undefined;
  /** 0 where it has none. */
  readonly startPosition: number;
};

export type CrossingMessage = Named & {
  readonly command: 'L';
  readonly line: string;
  readonly elapsedMs: number;
  readonly inPit: boolean;
};

export type HeartbeatMessage = {
  readonly command: 'H';
  readonly flag: MultiloopFlag;
  readonly epochMs: number;
  readonly elapsedMs: number;
  readonly lapsToGo: number;
  readonly timeToGoMs: number;
};

export type TrackSection = {
  readonly name: string;
  readonly metres: number;
  readonly from: string;
  readonly to: string;
};

/** What a line says. Times are session times, ms. */
export type MultiloopMessage =
  | LapMessage
  | CrossingMessage
  | HeartbeatMessage
  | (Named & { readonly command: 'S'; readonly section: string; readonly elapsedMs: number })
  | (Named & { readonly command: 'I'; readonly elapsedMs: number })
  | EntryMessage
  | { readonly command: 'F'; readonly flag: MultiloopFlag; readonly elapsedMs: number }
  | {
      readonly command: 'R';
      readonly event: string;
      readonly name: string;
      readonly kind: string;
      readonly startEpochMs: number;
    }
  | {
      readonly command: 'T';
      readonly name: string;
      readonly venue: string;
      readonly metres: number | undefined;
      readonly sections: readonly TrackSection[];
    }
  | {
      readonly command: 'A';
      readonly id: string;
      readonly action: string;
      readonly epochMs: number;
      readonly text: string;
    }
  /** New leader, version, and what is not known here. */
  | { readonly command: 'other' };

export type MultiloopRecord = {
  /** New, repeated, updated. */
  readonly kind: 'N' | 'R' | 'U';
  /** Identifies the run: `Q1`. */
  readonly preamble: string;
  readonly message: MultiloopMessage;
};

/** Tells a fact. @returns its place among the facts of the session, from 1 */
export type Tell = (fact: RaceFact) => number;

/** What a car needs to know of its run. */
export type Scene = { readonly isRace: () => boolean; readonly nowMs: () => number };
