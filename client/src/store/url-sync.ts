import type { SessionId } from '@pitboard/shared/domain/names.ts';
import { ticker } from '../ui/ticker.ts';
import { playbackStore } from './playback-store.ts';
import { raceStore } from './race-store.ts';
import { formatSearch, parseSearch } from './url-state.ts';
import { viewStore } from './view-store.ts';

// Browsers refuse an address bar that changes much more often.
const EVERY_MS = 1000;

/** Opens a session as the address says. Returns the session time to open at, where it names one. */
export function readAddress(session: SessionId): number | undefined {
  const { choices, atMs } = parseSearch(location.search);
  viewStore.getState().openSession(session);
  viewStore.setState(choices);
  return atMs;
}

/** Keeps the address such that it opens what is on screen; at most once a second. Returns the way to stop. */
export function attachAddress(): () => void {
  const timer = setInterval(() => {
    const search = searchNow();
    if (search !== location.search) history.replaceState(history.state, '', location.pathname + search);
  }, EVERY_MS);
  return () => clearInterval(timer);
}

/** An address that opens what is on screen now. */
export function addressNow(): string {
  return location.origin + location.pathname + searchNow();
}

function searchNow(): string {
  // Until the race is there, the address says more of where we go than the playhead does.
  if (raceStore.getState().view === undefined) return location.search;
  const following = playbackStore.getState().mode === 'following';
  return formatSearch(viewStore.getState(), following ? undefined : ticker.nowMs());
}
