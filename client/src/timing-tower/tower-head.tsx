import type { ChangeEvent, ReactElement } from 'react';
import { useWords } from '../i18n/words.ts';
import { GAP_MODES, type GapMode, useViewState } from '../store/view-store.ts';
import { COLUMN_HEADER, ROW, ROW_GROUP } from './roles.ts';
import styles from './timing-tower.module.css';

/** The head of the tower; the gap column can be told what to count to. */
export function TowerHead(): ReactElement {
  const { tower } = useWords();
  return (
    <thead {...ROW_GROUP}>
      <tr {...ROW} className={styles.head}>
        <Head className={styles.position} short={tower.position} long={tower.positionLong} />
        <Head className={styles.gained} short={tower.gained} long={tower.gainedLong} />
        <Head className={styles.number} short={tower.number} long={tower.numberLong} />
        <Head className={styles.driver} short={tower.driver} />
        <Head className={styles.class} short={tower.class} />
        <th {...COLUMN_HEADER} className={styles.gap}>
          <GapModeSelect />
        </th>
        <Head className={styles.interval} short={tower.interval} />
        <Head className={styles.last} short={tower.last} />
        <Head className={styles.best} short={tower.best} />
        <Head className={styles.pit} short={tower.pit} long={tower.pitLong} />
      </tr>
    </thead>
  );
}

type HeadProps = { readonly className: string | undefined; readonly short: string; readonly long?: string };

function Head({ className, short, long }: HeadProps): ReactElement {
  return (
    <th {...COLUMN_HEADER} className={className} title={long} aria-label={long}>
      {short}
    </th>
  );
}

function GapModeSelect(): ReactElement {
  const { tower } = useWords();
  const mode = useViewState((view) => view.gapMode);
  const selectedCar = useViewState((view) => view.selectedCar);
  const setGapMode = useViewState((view) => view.setGapMode);
  const label = (option: GapMode): string =>
    option === 'selected' && selectedCar !== undefined ? tower.gapTo(selectedCar) : tower.gapModes[option];
  return (
    <label className={styles.gapMode} title={tower.changeGapMode}>
      <span aria-hidden="true">{label(mode)} ▾</span>
      <select
        aria-label={tower.changeGapMode}
        value={mode}
        onChange={(event: ChangeEvent<HTMLSelectElement>) => setGapMode(event.target.value as GapMode)}
      >
        {GAP_MODES.map((option) => (
          <option key={option} value={option} disabled={option === 'selected' && selectedCar === undefined}>
            {tower.gapModesLong[option]}
          </option>
        ))}
      </select>
    </label>
  );
}
