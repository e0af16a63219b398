import { useCallback, useEffect, useState } from 'react';
import { fetchSources, type ListAnswer } from './sources-api.ts';

const REFRESH_MS = 2000;

export type Sources = {
  /** `undefined` before the first answer. While the server is gone, what it said last stays. */
  readonly answer: ListAnswer | undefined;
  /** The server's clock less that of this machine, ms. */
  readonly offsetMs: number;
  readonly isGone: boolean;
  /** Asks at once. */
  readonly refresh: () => Promise<void>;
};

type Known = Pick<Sources, 'answer' | 'offsetMs' | 'isGone'>;

/** Asks the server how its sources are doing, now and every other second while the page is seen. */
export function useSources(token: string): Sources {
  const [known, setKnown] = useState<Known>({ answer: undefined, offsetMs: 0, isGone: false });
  const ask = useCallback(
    async (signal: AbortSignal): Promise<void> => {
      const answer = await fetchSources(token, signal);
      if (!signal.aborted) setKnown((before) => knownAfter(before, answer));
    },
    [token],
  );
  useEffect(() => {
    const abort = new AbortController();
    const askIfSeen = (): void => {
      if (!document.hidden) void ask(abort.signal);
    };
    void ask(abort.signal);
    const timer = setInterval(askIfSeen, REFRESH_MS);
    document.addEventListener('visibilitychange', askIfSeen);
    return () => {
      abort.abort();
      clearInterval(timer);
      document.removeEventListener('visibilitychange', askIfSeen);
    };
  }, [ask]);
  const refresh = useCallback(() => ask(new AbortController().signal), [ask]);
  return { ...known, refresh };
}

/** What stood there stays while the server is gone. */
function knownAfter(before: Known, answer: ListAnswer): Known {
  if (answer.kind === 'gone') return { ...before, isGone: true, answer: before.answer ?? answer };
  const offsetMs = answer.kind === 'list' ? steady(before.offsetMs, answer.list.nowEpochMs - Date.now()) : 0;
  return { answer, offsetMs, isGone: false };
}

/** Clocks that differ by a network's delay are the same: a text that ticks must not stutter. */
function steady(beforeMs: number, nowMs: number): number {
  return Math.abs(nowMs - beforeMs) < 500 ? beforeMs : nowMs;
}
