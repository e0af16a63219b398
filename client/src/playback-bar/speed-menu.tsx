import { SPEEDS } from '@pitboard/shared/timeline/playhead.ts';
import type { ReactElement } from 'react';
import { playback } from '../feed/playback.ts';
import { useWords } from '../i18n/words.ts';
import { playbackStore, usePlayback } from '../store/playback-store.ts';
import styles from './playback-bar.module.css';

/** How fast the race is played. */
export function SpeedMenu(): ReactElement {
  const words = useWords().playback;
  const speed = usePlayback((state) => state.speed);
  return (
    <select
      className={styles.speed}
      aria-label={words.speed}
      title={words.speed}
      value={speed}
      onChange={(event) => playback.setSpeed(Number(event.target.value))}
    >
      {SPEEDS.map((option) => (
        <option key={option} value={option}>
          {option}×
        </option>
      ))}
    </select>
  );
}

/** One speed slower or faster. */
export function stepSpeed(way: -1 | 1): void {
  const place = (SPEEDS as readonly number[]).indexOf(playbackStore.getState().speed);
  const next = SPEEDS[place + way];
  if (next !== undefined) playback.setSpeed(next);
}
