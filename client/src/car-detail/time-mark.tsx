import type { TimeRank } from '@pitboard/shared/race/race-state.ts';
import type { ReactElement } from 'react';
import { useWords } from '../i18n/words.ts';
import styles from './car-detail.module.css';

type TimeMarkProps = { readonly text: string; readonly rank: TimeRank };

/** A time with the mark of its rank: overall best, personal best, or none. */
export function TimeMark({ text, rank }: TimeMarkProps): ReactElement {
  const words = useWords().panels.car;
  if (rank === 'none') return <>{text}</>;
  return (
    <span className={styles.ranked} data-rank={rank}>
      <span aria-hidden>{rank === 'overall-best' ? '◆' : '▲'}</span>
      <span className="visually-hidden">{rank === 'overall-best' ? words.overallBest : words.personalBest} </span>
      {text}
    </span>
  );
}
