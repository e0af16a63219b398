import { formatMinutes } from '@pitboard/shared/format/lap-time.ts';
import { type ReactElement, useEffect, useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { usePlayback } from '../store/playback-store.ts';
import { useRaceStore } from '../store/race-store.ts';
import styles from './race-states.module.css';

/** Long enough to be read, short enough not to stay. */
const NOTICE_MS = 10_000;

/** Says above the race, without standing in its way, that data is late or lost. */
export function FeedBanner(): ReactElement | undefined {
  const words = useWords();
  const reconnecting = useRaceStore((race) => race.feed.connection === 'reconnecting');
  const problem = useRaceStore((race) => race.feed.problem);
  const silent = useSilence();
  const startedOver = useStartedOver();
  if (reconnecting) {
    return (
      <p role="status" className={styles.banner}>
        {words.states.reconnecting}
        {silent === undefined ? undefined : <span aria-hidden="true"> {`${words.states.stale} ${silent}`}</span>}
      </p>
    );
  }
  if (problem !== undefined) {
    return (
      <p role="status" className={styles.banner}>
        {words.errors.problems[problem]}. {words.errors.hints[problem]}
      </p>
    );
  }
  if (startedOver) {
    return (
      <p role="status" className={styles.banner}>
        {words.states.startedOver}
      </p>
    );
  }
  if (silent === undefined) return undefined;
  return (
    <p className={styles.banner}>
      {words.states.stale} {silent}
    </p>
  );
}

/** The session has started over a moment ago: whoever stood in the race before is in a new one. */
function useStartedOver(): boolean {
  const count = useRaceStore((race) => race.feed.startedOver);
  const [seen, setSeen] = useState(count);
  useEffect(() => {
    if (count === seen) return;
    const timer = setTimeout(() => setSeen(count), NOTICE_MS);
    return () => clearTimeout(timer);
  }, [count, seen]);
  return count > seen;
}

/** The screen shows the newest there is, and nothing new comes. */
export function useIsStale(): boolean {
  const silent = useRaceStore((race) => race.feed.silentSinceClockMs !== undefined);
  return usePlayback((playback) => playback.mode === 'following') && silent;
}

/** For how long nothing has come, m:ss; `undefined` while it does. */
function useSilence(): string | undefined {
  const sinceMs = useRaceStore((race) => race.feed.silentSinceClockMs);
  const stale = useIsStale();
  const [nowMs, setNowMs] = useState(() => performance.now());
  useEffect(() => {
    if (!stale) return;
    setNowMs(performance.now());
    const timer = setInterval(() => setNowMs(performance.now()), 1000);
    return () => clearInterval(timer);
  }, [stale]);
  return stale && sinceMs !== undefined ? formatMinutes(nowMs - sinceMs) : undefined;
}
