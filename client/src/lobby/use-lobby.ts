import { type Lobby, lobbySchema } from '@pitboard/shared/protocol/socket-events.ts';
import { useEffect, useState } from 'react';

const REFRESH_MS = 5000;

/** The sessions of the server: `loading` until the first answer, `gone` while it cannot be reached. */
export type LobbyAnswer =
  | { readonly kind: 'loading' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'lobby'; readonly lobby: Lobby };

/**
 * Asks the server for its sessions, now and every few seconds while the page is seen.
 * @param round asks again at once when it changes
 */
export function useLobby(round = 0): LobbyAnswer {
  const [answer, setAnswer] = useState<LobbyAnswer>({ kind: 'loading' });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks again
  useEffect(() => {
    const abort = new AbortController();
    const ask = async (): Promise<void> => {
      const lobby = await fetchLobby(abort.signal);
      if (!abort.signal.aborted) setAnswer(lobby === undefined ? { kind: 'gone' } : { kind: 'lobby', lobby });
    };
    void ask();
    const timer = setInterval(() => document.hidden || void ask(), REFRESH_MS);
    return () => {
      abort.abort();
      clearInterval(timer);
    };
  }, [round]);
  return answer;
}

async function fetchLobby(signal: AbortSignal): Promise<Lobby | undefined> {
  try {
    const response = await fetch('/api/sessions', { signal });
    return response.ok ? lobbySchema.parse(await response.json()) : undefined;
  } catch {
    return undefined;
  }
}
