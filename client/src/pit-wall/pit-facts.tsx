import { windowState } from '@pitboard/shared/analysis/pit-cycle.ts';
import { learntPitLossMs } from '@pitboard/shared/analysis/pit-loss.ts';
import { formatDuration } from '@pitboard/shared/format/lap-time.ts';
import type { RaceView } from '@pitboard/shared/race/race-view.ts';
import type { ReactElement } from 'react';
import { useWords } from '../i18n/words.ts';
import styles from './pit-wall.module.css';
import { pitTally } from './pit-wall-data.ts';

/** How far the field is with its stops, who is in the lane, and what a stop costs today. */
export function PitFacts({ view }: { readonly view: RaceView }): ReactElement {
  const words = useWords().panels.pit;
  const { inLane, missed, owing } = pitTally(view);
  const lossMs = learntPitLossMs(view, view.state.flag);
  const window = windowState(view).kind;
  return (
    <p className={styles.facts}>
      {window !== 'none' && owing === 0 && <span>{words.window.allServed}</span>}
      {window !== 'none' && window !== 'shut' && owing > 0 && <span>{words.window.stillOwe(owing)}</span>}
      {missed.length > 0 && (
        <em className={styles.missed}>{words.window.missed(missed.map((car) => `#${car}`).join(', '))}</em>
      )}
      {inLane > 0 && <em>{words.inLane(inLane)}</em>}
      {lossMs !== undefined && <span>{words.loss(formatDuration(lossMs))}</span>}
    </p>
  );
}
