import { lazy, type ReactElement, Suspense } from 'react';
import { useWords } from '../i18n/words.ts';
import { useRace } from '../store/race-store.ts';
import type { PanelId } from '../store/view-store.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import styles from './race-layout.module.css';

export type SidePanelId = Exclude<PanelId, 'tower'>;

// Charts and what they need come when somebody looks at them.
const PANELS = {
  gaps: lazy(async () => ({ default: (await import('../gap-chart/gap-chart.tsx')).GapChart })),
  pit: lazy(async () => ({ default: (await import('../pit-wall/pit-wall.tsx')).PitWall })),
  moments: lazy(async () => ({ default: (await import('../moments/moments-feed.tsx')).MomentsFeed })),
  car: lazy(async () => ({ default: (await import('../car-detail/car-detail.tsx')).CarDetail })),
  title: lazy(async () => ({ default: (await import('../championship/title-panel.tsx')).TitlePanel })),
};

/** Whether there is anything to show in the panel of the championships. */
export function useHasTitles(): boolean {
  return useRace((view) => view.state.manifest.championships.length > 0);
}

/** A panel, with the shape of one while it loads, and its failures kept inside of it. */
export function LazyPanel({ panel }: { readonly panel: SidePanelId }): ReactElement {
  const words = useWords();
  const Panel = PANELS[panel];
  return (
    <ErrorPanel key={panel} title={words.tabs[panel]}>
      <Suspense fallback={<div className={styles.loading} aria-busy="true" />}>
        <Panel />
      </Suspense>
    </ErrorPanel>
  );
}
