import type { ReactElement } from 'react';
import { useWords } from '../i18n/words.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { DelayPanel } from './delay-panel.tsx';
import styles from './playback-bar.module.css';
import { TimeBadge } from './time-badge.tsx';
import { Timeline } from './timeline.tsx';
import { Transport } from './transport.tsx';

type PlaybackBarProps = { readonly delayOpen: boolean; readonly onDelay: (open: boolean) => void };

/** Where in the race the viewer is, and the ways to be elsewhere. */
export function PlaybackBar({ delayOpen, onDelay }: PlaybackBarProps): ReactElement {
  const words = useWords().playback;
  return (
    <section className={styles.bar} aria-label={words.label}>
      <ErrorPanel title={words.label}>
        <Transport />
        <Timeline />
        <TimeBadge onDelay={() => onDelay(!delayOpen)} />
        {delayOpen ? <DelayPanel onClose={() => onDelay(false)} /> : undefined}
      </ErrorPanel>
    </section>
  );
}
