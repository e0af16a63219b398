import type { SessionState } from '@pitboard/shared/protocol/socket-events.ts';
import type { RaceView } from '@pitboard/shared/race/race-view.ts';
import { useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { createCalmView } from './calm-view.ts';

/** Why a session cannot be shown. */
export type FeedProblem = 'unknown-session' | 'protocol-version' | 'bad-request' | 'server-gone' | 'bad-data';

/** How the data comes in. */
export type FeedStatus = {
  readonly connection: 'connecting' | 'loading' | 'ready' | 'reconnecting' | 'failed';
  readonly problem: FeedProblem | undefined;
  /** The server's word on the session; `undefined` before the first answer. */
  readonly session: SessionState | undefined;
  readonly viewers: number;
  /** Share of the history that has arrived, 0 to 1. */
  readonly loaded: number;
  /** Since when no data has come that should have, by the clock of the page; `undefined` while all is well. */
  readonly silentSinceClockMs: number | undefined;
  /** How often the session has started over while it was on screen. */
  readonly startedOver: number;
};

export type RaceStoreState = {
  /** What is shown; `undefined` until the history has arrived. */
  readonly view: RaceView | undefined;
  readonly feed: FeedStatus;
  /** Nothing later than this session time may be hinted at anywhere: how far this viewer has seen. */
  readonly shownUntilMs: number;
};

export const INITIAL_RACE: RaceStoreState = {
  view: undefined,
  feed: {
    connection: 'connecting',
    problem: undefined,
    session: undefined,
    viewers: 0,
    loaded: 0,
    silentSinceClockMs: undefined,
    startedOver: 0,
  },
  shownUntilMs: 0,
};

/** The race on screen. Written by the frame batcher only, at most ten times a second but while scrubbing. */
export const raceStore = createStore<RaceStoreState>(() => INITIAL_RACE);

/** Any part of the store; the selector is O(1) and returns a primitive or a held reference. */
export function useRaceStore<T>(selector: (race: RaceStoreState) => T): T {
  return useStore(raceStore, selector);
}

/**
 * A figure of the race on screen; the selector is O(1) and returns a primitive or a held reference.
 * @throws {Error} outside of a loaded race.
 */
export function useRace<T>(selector: (view: RaceView) => T): T {
  return useStore(raceStore, (race) => selector(loaded(race.view)));
}

const calmView = createCalmView({ read: () => raceStore.getState().view, subscribe: raceStore.subscribe });

/**
 * The race for panels that derive a lot from it: renders at most once a second, sooner when the playhead jumps.
 * @throws {Error} outside of a loaded race.
 */
export function useRaceNow(): RaceView {
  return loaded(useSyncExternalStore(calmView.subscribe, calmView.read));
}

function loaded(view: RaceView | undefined): RaceView {
  if (view === undefined) throw new Error('only the parts of a loaded race can read it');
  return view;
}
