import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import type { SessionKind } from '@pitboard/shared/domain/status.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';

/** What the readers of the topics of one session share. All times are of the clock of the feed, in ms. */
export type SessionScope = {
  /** Takes a fact whose `atMs` is of the clock of the feed. */
  readonly emit: (fact: RaceFact) => void;
  kind: SessionKind;
  name: string;
  /** When the session started; `undefined` until that is known. */
  startedAtMs: number | undefined;
  /** From a start to its chequered flag, stoppages included. */
  isOn: boolean;
  /** When the chequered flag of this part was told. */
  chequeredAtMs: number | undefined;
  /** Laps of the race; `undefined` while they are not known. */
  distanceLaps: number | undefined;
  /** Of a knock-out session: 1 for the first; 0 where there are none. */
  part: number;
  /** Add it to a time of the feed to have the wall clock; `undefined` while that is not known. */
  epochOffsetMs: number | undefined;
  /** The clock of the feed is the wall clock. */
  readonly hasWallClock: boolean;
  /** Out of races the count of laps goes up with the way out of the garage, and is that of the lap in progress: 1, else 0. */
  lapsAhead: number;
  /** The state of the track is told by its own topic. */
  hasTrackStatus: boolean;
};

export function createScope(emit: SessionScope['emit'], epochOffsetMs: number | undefined): SessionScope {
  return {
    emit,
    kind: 'race',
    name: '',
    startedAtMs: undefined,
    isOn: false,
    chequeredAtMs: undefined,
    distanceLaps: undefined,
    part: 0,
    epochOffsetMs,
    hasWallClock: epochOffsetMs !== undefined,
    lapsAhead: 1,
    hasTrackStatus: false,
  };
}

/** A message told now bears a wall-clock time: that of the same moment at the latest, for what is old is told late. */
export function noteWallClock(scope: SessionScope, epochMs: number | undefined, atMs: number): void {
  if (scope.hasWallClock || epochMs === undefined) return;
  scope.epochOffsetMs = Math.max(scope.epochOffsetMs ?? Number.NEGATIVE_INFINITY, epochMs - atMs);
}

/** The end is shown; once a part, whoever says so first. */
export function showChequered(scope: SessionScope, atMs: number): void {
  if (!scope.isOn || scope.chequeredAtMs !== undefined) return;
  scope.chequeredAtMs = atMs;
  scope.emit({ type: 'flag-changed', atMs, flag: 'chequered' });
}

/** A car number as the feed writes it; `undefined` for what can be none. */
export function carOf(text: unknown): CarNumber | undefined {
  return typeof text === 'string' && /^[\x21-\x7e]{1,8}$/.test(text) ? text : undefined;
}

/** Text that a fact may carry; `undefined` where nothing is left. */
export function cleanText(text: string, longest = 1000): string | undefined {
  const clean = text
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/\p{Cs}/gu, '')
    .trim()
    .slice(0, longest)
    .replace(/\p{Cs}$/u, '');
  return clean === '' ? undefined : clean;
}
