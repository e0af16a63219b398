import type { ReactElement } from 'react';
import { useWords } from '../i18n/words.ts';
import { viewStore } from '../store/view-store.ts';
import { CarBadge } from '../ui/car-badge.tsx';
import type { CompetitorRow } from './championship-data.ts';
import styles from './title-panel.module.css';

type CompetitorLineProps = {
  readonly row: CompetitorRow;
  readonly isScored: boolean;
  readonly isSelected: boolean;
};

/** One competitor of a title. A click selects his car; a team of several has a button for each. */
export function CompetitorLine({ row, isScored, isSelected }: CompetitorLineProps): ReactElement {
  const words = useWords();
  const { cars, gap } = row;
  const select = viewStore.getState().selectCar;
  const [only, ...others] = cars;
  const selectOnly = only === undefined || others.length > 0 ? undefined : () => select(only);
  return (
    <tr className={styles.row} data-state={row.state} aria-selected={isSelected} onClick={selectOnly}>
      <td className={styles.position}>
        {row.tied ? <abbr title={words.panels.title.tied}>=</abbr> : undefined}
        {row.position}
      </td>
      <th scope="row" className={styles.competitor}>
        <span className={styles.who}>
          <span className={styles.label}>{row.name}</span>
          {cars.map((car) => (
            <button key={car} type="button" aria-label={words.panels.title.select(car)} onClick={() => select(car)}>
              <CarBadge car={car} />
            </button>
          ))}
          <StateWord row={row} />
        </span>
      </th>
      <td className={styles.before}>{row.before}</td>
      {isScored ? (
        <>
          <td className={styles.gained}>{row.gained > 0 ? `+${row.gained}` : '—'}</td>
          <td className={styles.points}>{row.points}</td>
        </>
      ) : undefined}
      <td className={styles.gap}>{gap === undefined ? '' : gap === 0 ? '0' : `−${gap}`}</td>
    </tr>
  );
}

/** What he needs; where no place of his own is enough or the title is settled, how he stands. */
function StateWord({ row: { state, needs } }: { readonly row: CompetitorRow }): ReactElement | undefined {
  const words = useWords().panels.title;
  if (state === undefined) return undefined;
  return (
    <span className={styles.state} title={words.statesLong[state]}>
      {needs === undefined ? words.states[state] : <em>{words.needs(needs)}</em>}
    </span>
  );
}
