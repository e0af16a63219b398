import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import type { ReactElement } from 'react';
import { useWords } from '../i18n/words.ts';
import { useRace } from '../store/race-store.ts';
import { useViewState } from '../store/view-store.ts';
import { CELL } from './roles.ts';
import { countRowRender } from './row-counter.ts';
import { feedGapText, gapText, intervalText, isHot, statusWord } from './row-data.ts';
import styles from './timing-tower.module.css';

type CellProps = { readonly car: CarNumber };

/** The gap to whatever the column counts to, or the word for what keeps the car from racing. */
export function GapCell({ car }: CellProps): ReactElement {
  countRowRender(car);
  const words = useWords();
  const mode = useViewState((view) => view.gapMode);
  // Only where it matters, so that a selection does not draw every row anew.
  const selectedCar = useViewState((view) => (view.gapMode === 'selected' ? view.selectedCar : undefined));
  const text = useRace((view) => statusWord(view, car, words) ?? gapText(view, car, { mode, selectedCar }, words));
  const provisional = text.endsWith('~');
  const feedGap = useRace((view) => (mode === 'leader' ? feedGapText(view, car, 'leader', words) : undefined));
  return (
    <td
      {...CELL}
      className={styles.gap}
      data-provisional={provisional || undefined}
      title={feedGap ?? (provisional ? words.tower.provisional : undefined)}
    >
      {withoutMark(text)}
    </td>
  );
}

/** The interval to the car ahead, marked where the two are fighting. */
export function IntervalCell({ car }: CellProps): ReactElement {
  countRowRender(car);
  const words = useWords();
  const text = useRace((view) => intervalText(view, car, words));
  const hot = useRace((view) => isHot(view, car));
  const feedGap = useRace((view) => feedGapText(view, car, 'car-ahead', words));
  return (
    <td {...CELL} className={styles.interval} data-hot={hot || undefined} title={feedGap}>
      {withoutMark(text)}
    </td>
  );
}

function withoutMark(text: string): string {
  return text.endsWith('~') ? text.slice(0, -1) : text;
}
