import type { ReactElement } from 'react';
import { useWords } from '../i18n/words.ts';
import { useRaceNow } from '../store/race-store.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Panel, PanelTitle } from '../ui/panel.tsx';
import { titlePhase, titlesOf } from './championship-data.ts';
import styles from './title-panel.module.css';
import { TitleSection } from './title-section.tsx';

/** Who would be champion if the race ended now, title by title. */
export function TitlePanel(): ReactElement {
  const words = useWords().panels.title;
  const view = useRaceNow();
  const titles = titlesOf(view);
  if (titles.length === 0) {
    return (
      <Panel label={words.title}>
        <EmptyState title={words.empty}>{words.emptyHint}</EmptyState>
      </Panel>
    );
  }
  const phase = titlePhase(view);
  const head = (
    <div className={styles.head}>
      <PanelTitle>{words.phases[phase]}</PanelTitle>
      <span className={styles.firmness}>{words.firmness[phase]}</span>
    </div>
  );
  return (
    <div className={styles.titles}>
      <Panel label={words.title} head={head}>
        {titles.map((title) => (
          <TitleSection key={title.championship.id} {...title} phase={phase} />
        ))}
      </Panel>
    </div>
  );
}
