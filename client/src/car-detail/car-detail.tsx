import { entryOf } from '@pitboard/shared/race/race-view.ts';
import type { ReactElement } from 'react';
import { useWords } from '../i18n/words.ts';
import { useRaceNow } from '../store/race-store.ts';
import { useViewState } from '../store/view-store.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Panel } from '../ui/panel.tsx';
import styles from './car-detail.module.css';
import { lapRows, shownCar } from './car-detail-data.ts';
import { CarHead } from './car-head.tsx';
import { CarTiles } from './car-tiles.tsx';
import { LapTable } from './lap-table.tsx';
import { PaceStrip } from './pace-strip.tsx';
import { StintList } from './stint-list.tsx';

/** All there is to know of one car: who drives it, how it stands, its laps and stints. */
export function CarDetail(): ReactElement {
  const words = useWords().panels.car;
  const view = useRaceNow();
  const selected = useViewState((state) => state.selectedCar);
  const car = shownCar(view, selected);
  const entry = car === undefined ? undefined : entryOf(view.state, car);
  if (car === undefined || entry === undefined) {
    return (
      <Panel label={words.title}>
        <EmptyState title={words.empty} />
      </Panel>
    );
  }
  const laps = lapRows(view, car);
  const invented = entry.reconstructed ?? [];
  return (
    <Panel label={words.titleOf(car)}>
      <div className={styles.detail}>
        {car !== selected && <p className={styles.hint}>{words.hint}</p>}
        <CarHead view={view} entry={entry} />
        <CarTiles view={view} car={car} laps={laps} />
        <PaceStrip laps={laps} />
        <div className={styles.tables}>
          <LapTable key={car} laps={laps} entry={entry} />
          <StintList view={view} entry={entry} laps={laps} />
        </div>
        {entry.note !== undefined && <p className={styles.note}>{entry.note}</p>}
        {invented.length > 0 && <p className={styles.note}>{words.reconstructed(invented.join(', '))}</p>}
      </div>
    </Panel>
  );
}
