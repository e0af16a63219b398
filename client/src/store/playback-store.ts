import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

/** Where the viewer stands, as far as buttons and badges need to know; the playhead itself is told by the ticker. */
export type PlaybackState = {
  readonly mode: 'following' | 'playing' | 'paused';
  readonly speed: number;
  /** There is a live edge to follow: the session is not a finished recording. */
  readonly live: boolean;
  /** Session time of the first event, and of the right end of the timeline: as planned, or as it was. */
  readonly startMs: number;
  readonly endMs: number;
};

export const INITIAL_PLAYBACK: PlaybackState = { mode: 'paused', speed: 1, live: false, startMs: 0, endMs: 1 };

/** Written by the frame batcher only. */
export const playbackStore = createStore<PlaybackState>(() => INITIAL_PLAYBACK);

export function usePlayback<T>(selector: (playback: PlaybackState) => T): T {
  return useStore(playbackStore, selector);
}
