import type { RaceView } from '@pitboard/shared/race/race-view.ts';
import type { ReactElement } from 'react';
import { useWords } from '../i18n/words.ts';
import { useViewState } from '../store/view-store.ts';
import { TableHead } from '../ui/table-head.tsx';
import { PitTableRow } from './pit-table-row.tsx';
import styles from './pit-wall.module.css';
import { pitRows } from './pit-wall-data.ts';

/** The pit cycle, car by car in the running order, with the order once every stop is paid. */
export function PitTable({ view }: { readonly view: RaceView }): ReactElement {
  const words = useWords().panels.pit;
  const selected = useViewState((state) => state.selectedCar);
  const heads = [
    ['position', words.position, words.positionLong],
    ['number', words.car, words.carLong],
    ['driver', words.driver, words.driver],
    ['stops', words.stops, words.stopsLong],
    ['since', words.since, words.sinceLong],
    ['last', words.last, words.lastLong],
    ['cost', words.cost, words.costLong],
    ['net', words.net, words.netLong],
    ['netGap', words.netGap, words.netGapLong],
  ] as const;
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">{words.caption}</caption>
      <TableHead heads={heads} classes={styles} />
      <tbody>
        {pitRows(view).map((row) => (
          <PitTableRow key={row.car} {...row} selected={row.car === selected} />
        ))}
      </tbody>
    </table>
  );
}
