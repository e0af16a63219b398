import { BookOpenText, CarFront, ChartSpline, ListOrdered, Timer, Trophy } from 'lucide-react';
import type { ReactElement } from 'react';
import { useWords } from '../i18n/words.ts';
import { PANELS, useViewState } from '../store/view-store.ts';
import { useHasTitles } from './panels.tsx';
import styles from './race-layout.module.css';

const ICONS = {
  tower: ListOrdered,
  gaps: ChartSpline,
  pit: Timer,
  moments: BookOpenText,
  car: CarFront,
  title: Trophy,
};

/** The panels of a narrow screen, one at a time. */
export function BottomTabs(): ReactElement {
  const { tabs } = useWords();
  const panel = useViewState((view) => view.panel);
  const hasTitles = useHasTitles();
  const setPanel = useViewState((view) => view.setPanel);
  return (
    <nav className={styles.bottom} aria-label={tabs.label}>
      {PANELS.filter((tab) => tab !== 'title' || hasTitles).map((tab) => {
        const Icon = ICONS[tab];
        return (
          <button
            key={tab}
            type="button"
            aria-current={tab === panel ? 'page' : undefined}
            onClick={() => setPanel(tab)}
          >
            <Icon size={18} aria-hidden="true" />
            {tab === 'pit' ? tabs.pitShort : tabs[tab]}
          </button>
        );
      })}
    </nav>
  );
}
