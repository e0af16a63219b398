import { learntPitLossMs, type WindowState, windowState } from '@pitboard/shared/analysis/pit-cycle.ts';
import { formatDuration, formatMinutes } from '@pitboard/shared/format/lap-time.ts';
import type { RaceView } from '@pitboard/shared/race/race-view.ts';
import { type ReactElement, useCallback } from 'react';
import { useWords } from '../i18n/words.ts';
import { TickingText } from '../ui/ticking-text.tsx';
import styles from './pit-wall.module.css';
import { type PitTally, pitTally } from './pit-wall-data.ts';

/** The window for the mandatory stops, who is in the lane, and what a stop costs today. */
export function WindowLine({ view }: { readonly view: RaceView }): ReactElement {
  const words = useWords().panels.pit;
  const window = windowState(view);
  const tally = pitTally(view);
  const lossMs = learntPitLossMs(view);
  const { windowOpensMs = 0, windowClosesMs = 0 } = view.state.manifest.pitRules ?? {};
  const untilMs = window.kind === 'closed' ? windowOpensMs : windowClosesMs;
  const runs = window.kind === 'closed' || window.kind === 'open' || window.kind === 'closing';
  return (
    <p className={styles.window} data-window={window.kind}>
      <strong>{words.window[window.kind]}</strong>
      {runs && <Countdown untilMs={untilMs} />}
      {(window.kind === 'open' || window.kind === 'closing') && <span>{words.window.left}</span>}
      <span className={styles.facts}>
        {tallyText(window, tally, words)}
        {tally.inLane > 0 && <em>{words.inLane(tally.inLane)}</em>}
        {lossMs !== undefined && <span>{words.loss(formatDuration(lossMs))}</span>}
      </span>
    </p>
  );
}

function tallyText(
  window: WindowState,
  tally: PitTally,
  words: ReturnType<typeof useWords>['panels']['pit'],
): ReactElement | undefined {
  if (window.kind === 'none') return undefined;
  if (window.kind !== 'shut') {
    return <span>{tally.owing === 0 ? words.window.allServed : words.window.stillOwe(tally.owing)}</span>;
  }
  if (tally.missed.length === 0) return <span>{words.window.allServed}</span>;
  return <em className={styles.missed}>{words.window.missed(tally.missed.map((car) => `#${car}`).join(', '))}</em>;
}

/** Time to a moment of the race, running down with the playhead. */
function Countdown({ untilMs }: { readonly untilMs: number }): ReactElement {
  // A countdown shows the second that is still running.
  const format = useCallback((nowMs: number) => formatMinutes(untilMs - nowMs + 999), [untilMs]);
  return <TickingText format={format} className={styles.countdown} />;
}
