import { raceStore, useRaceNow } from '../store/race-store.ts';

/** How far may be shown, as of a moment ago: nothing here needs to be drawn more often than panels are. */
export function useShownUntil(): number {
  useRaceNow();
  return raceStore.getState().shownUntilMs;
}
