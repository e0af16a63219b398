import { formatClock } from '@pitboard/shared/format/lap-time.ts';
import type { ReactElement } from 'react';
import { playback } from '../feed/playback.ts';
import { useWords } from '../i18n/words.ts';
import { usePlayback } from '../store/playback-store.ts';
import { useRaceStore } from '../store/race-store.ts';
import { useViewState } from '../store/view-store.ts';
import { LiveMark } from '../ui/live-mark.tsx';
import { TickingText } from '../ui/ticking-text.tsx';
import styles from './playback-bar.module.css';

/** Session time, and whether that is live, delayed, or elsewhere: always in the same corner. */
export function TimeBadge({ onDelay }: { readonly onDelay: () => void }): ReactElement {
  const words = useWords().playback;
  const live = usePlayback((state) => state.live);
  const following = usePlayback((state) => state.mode === 'following');
  return (
    <div className={styles.badge}>
      {following || !live ? undefined : (
        <button type="button" className={styles.goLive} onClick={playback.goLive} title={words.goLive}>
          {words.toLive}
        </button>
      )}
      <b className={styles.time}>
        <TickingText format={formatClock} />
      </b>
      {live ? (
        <LiveBadge following={following} onDelay={onDelay} />
      ) : (
        <span className={styles.replay}>{words.replay}</span>
      )}
    </div>
  );
}

type LiveBadgeProps = { readonly following: boolean; readonly onDelay: () => void };

function LiveBadge({ following, onDelay }: LiveBadgeProps): ReactElement {
  const words = useWords();
  const delayMs = useViewState((view) => view.delayMs);
  const silent = useRaceStore((race) => race.feed.silentSinceClockMs !== undefined);
  const upcoming = useRaceStore((race) => race.feed.session === 'upcoming');
  if (!following) return <span className={styles.replay}>{words.playback.replay}</span>;
  const title = words.delay.title;
  return (
    <button type="button" className={styles.live} onClick={onDelay} title={title} aria-haspopup="dialog">
      <BadgeText
        delayMs={delayMs}
        word={silent ? words.playback.noData : upcoming ? words.playback.upcoming : undefined}
      />
    </button>
  );
}

type BadgeTextProps = { readonly delayMs: number; readonly word: string | undefined };

/** `word` stands where the session is not live in truth. */
function BadgeText({ delayMs, word }: BadgeTextProps): ReactElement {
  const words = useWords().playback;
  if (delayMs > 0) return <span className={styles.delayed}>{delayText(delayMs)}</span>;
  return word === undefined ? <LiveMark word={words.live} /> : <span className={styles.replay}>{word}</span>;
}

/** `−35.0 s` */
function delayText(delayMs: number): string {
  return `−${(delayMs / 1000).toFixed(1)} s`;
}
