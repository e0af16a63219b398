import type { ReactElement } from 'react';
import { useWords } from '../i18n/words.ts';
import { useRaceStore } from '../store/race-store.ts';
import { Brand } from '../ui/brand.tsx';
import styles from './race-states.module.css';

const ROWS = Array.from({ length: 16 }, (_, index) => index);

/** The shape of a race screen while the race is on its way. */
export function RaceSkeleton(): ReactElement {
  const words = useWords();
  const loading = useRaceStore((race) => race.feed.connection !== 'connecting');
  const percent = useRaceStore((race) => Math.round(race.feed.loaded * 100));
  const problem = useRaceStore((race) => race.feed.problem);
  return (
    <main className={styles.skeleton} aria-busy="true">
      <header>
        <Brand />
        <p role="status">
          {problem === undefined ? words.states[loading ? 'loading' : 'connecting'] : words.errors.problems[problem]}
          {loading && percent > 0 ? ` · ${words.states.loadedShare(percent)}` : ''}
        </p>
      </header>
      <div className={styles.rows} aria-hidden="true">
        {ROWS.map((row) => (
          <span key={row} />
        ))}
      </div>
    </main>
  );
}
