import type { Entry } from '@pitboard/shared/protocol/manifest.ts';
import { type ReactElement, useState } from 'react';
import { useWords } from '../i18n/words.ts';
import styles from './car-detail.module.css';
import type { LapRow } from './car-detail-data.ts';
import { LapTableRow } from './lap-table-row.tsx';

const MOST_ROWS = 60;

type LapTableProps = { readonly laps: readonly LapRow[]; readonly entry: Entry };

/** The laps of a car, newest first. */
export function LapTable({ laps, entry }: LapTableProps): ReactElement {
  const words = useWords().panels.car;
  const [isWhole, setWhole] = useState(false);
  if (laps.length === 0) return <p className={styles.none}>{words.noLaps}</p>;
  const sectors = Math.max(0, ...laps.map((lap) => lap.record.sectors.length));
  const shown = isWhole ? laps : laps.slice(0, MOST_ROWS);
  return (
    <div className={styles.laps}>
      <table className={styles.table}>
        <caption className="visually-hidden">{words.lapsCaption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.lap}</th>
            <th scope="col">{words.time}</th>
            {Array.from({ length: sectors }, (_, index) => (
              <th key={words.sector(index + 1)} scope="col" className={styles.sector}>
                {words.sector(index + 1)}
              </th>
            ))}
            <th scope="col" title={words.positionLong}>
              {words.position}
            </th>
            <th scope="col" title={words.gapLong}>
              {words.gap}
            </th>
            <th scope="col" className={styles.notes}>
              <span className="visually-hidden">{words.notes}</span>
            </th>
            <th scope="col" className={styles.driver}>
              {words.driver}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((lap) => (
            <LapTableRow key={lap.record.lap} lap={lap} sectors={sectors} entry={entry} />
          ))}
        </tbody>
      </table>
      {shown.length < laps.length && (
        <button type="button" className={styles.older} onClick={() => setWhole(true)}>
          {words.olderLaps(laps.length - shown.length)}
        </button>
      )}
    </div>
  );
}
