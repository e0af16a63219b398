import { windowState } from '@pitboard/shared/analysis/pit-cycle.ts';
import { formatMinutes } from '@pitboard/shared/format/lap-time.ts';
import type { RaceView } from '@pitboard/shared/race/race-view.ts';
import { type ReactElement, useCallback } from 'react';
import { useWords } from '../i18n/words.ts';
import { TickingText } from '../ui/ticking-text.tsx';
import styles from './pit-wall.module.css';

/** The window for the mandatory stops, with the time until it opens or shuts. */
export function WindowLine({ view }: { readonly view: RaceView }): ReactElement {
  const words = useWords().panels.pit.window;
  const { kind } = windowState(view);
  const { windowOpensMs = 0, windowClosesMs = 0 } = view.state.manifest.pitRules ?? {};
  const isOpen = kind === 'open' || kind === 'closing';
  return (
    <h2 className={styles.window} data-window={kind}>
      {words[kind]} {(isOpen || kind === 'closed') && <Countdown untilMs={isOpen ? windowClosesMs : windowOpensMs} />}{' '}
      {isOpen && <span>{words.left}</span>}
    </h2>
  );
}

/** Time to a moment of the race, running down with the playhead. */
function Countdown({ untilMs }: { readonly untilMs: number }): ReactElement {
  // A countdown shows the second that is still running.
  const format = useCallback((nowMs: number) => formatMinutes(untilMs - nowMs + 999), [untilMs]);
  return <TickingText format={format} className={styles.countdown} />;
}
