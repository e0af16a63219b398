import { type ReactElement, useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { useRaceNow } from '../store/race-store.ts';
import { Choice } from '../ui/choice.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Panel } from '../ui/panel.tsx';
import { PitFacts } from './pit-facts.tsx';
import { PitTable } from './pit-table.tsx';
import styles from './pit-wall.module.css';
import { RejoinLine } from './rejoin-line.tsx';
import { StintBars } from './stint-bars.tsx';
import type { BarAxis } from './stint-bars-data.ts';
import { WindowLine } from './window-line.tsx';

const VIEWS = ['cycle', 'stints'] as const;
const AXES: readonly BarAxis[] = ['time', 'laps'];

/** Who has stopped, who still has to, and who leads once everybody has: the table of the cycle and the stint bars. */
export function PitWall(): ReactElement {
  const words = useWords().panels.pit;
  const view = useRaceNow();
  // Where there is room for both, both are shown.
  const [shown, setShown] = useState<(typeof VIEWS)[number]>('cycle');
  const [axis, setAxis] = useState<BarAxis>('time');
  const controls = (
    <>
      <div className={styles.axis} data-shown={shown}>
        <Choice
          label={words.axis}
          options={AXES.map((value) => ({ value, label: words.axes[value] }))}
          value={axis}
          onChoose={setAxis}
        />
      </div>
      <div className={styles.views}>
        <Choice
          label={words.view}
          options={VIEWS.map((value) => ({ value, label: words.views[value] }))}
          value={shown}
          onChoose={setShown}
        />
      </div>
    </>
  );
  return (
    <div className={styles.wall}>
      <Panel label={words.title} head={<WindowLine view={view} />} controls={controls}>
        {view.state.order.length === 0 ? (
          <EmptyState title={words.empty} />
        ) : (
          <div className={styles.parts} data-shown={shown}>
            <PitFacts view={view} />
            <RejoinLine view={view} />
            <PitTable view={view} />
            <StintBars view={view} axis={axis} />
          </div>
        )}
      </Panel>
    </div>
  );
}
