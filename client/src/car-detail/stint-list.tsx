import { driverLabel } from '@pitboard/shared/format/driver-name.ts';
import { formatDuration, formatLapTime } from '@pitboard/shared/format/lap-time.ts';
import type { Entry } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceView } from '@pitboard/shared/race/race-view.ts';
import type { ReactElement } from 'react';
import { useWords } from '../i18n/words.ts';
import styles from './car-detail.module.css';
import { type LapRow, stintRows } from './car-detail-data.ts';

type StintListProps = { readonly view: RaceView; readonly entry: Entry; readonly laps: readonly LapRow[] };

/** The stints of a car, newest first: who drove, which laps, how fast on average, and the stop that followed. */
export function StintList({ view, entry, laps }: StintListProps): ReactElement | undefined {
  const words = useWords().panels.car;
  const stints = stintRows(view, entry.car, laps);
  if (stints.length === 0 || laps.length === 0) return undefined;
  return (
    <section className={styles.stints} aria-label={words.stints}>
      <h3>{words.stints}</h3>
      <ol reversed>
        {stints.map((stint) => (
          <li key={stint.number}>
            <b className={styles.stinter}>{driverLabel(entry, stint.driver)}</b>
            <span>
              {stint.toLap < stint.fromLap
                ? words.stintBegun(stint.fromLap)
                : words.stintLaps(stint.fromLap, stint.toLap)}
            </span>
            <span>{stint.averageMs === undefined ? '' : words.average(formatLapTime(stint.averageMs))}</span>
            <span className={styles.stop}>
              {stint.pitTimeMs === undefined ? '' : words.pitTime(formatDuration(stint.pitTimeMs))}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
