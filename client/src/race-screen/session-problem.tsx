import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { useWords } from '../i18n/words.ts';
import { useRaceStore } from '../store/race-store.ts';
import { Brand } from '../ui/brand.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import styles from './race-states.module.css';

/** Why a session cannot be shown, and the ways on from here. */
export function SessionProblem(): ReactElement {
  const { errors } = useWords();
  const problem = useRaceStore((race) => race.feed.problem) ?? 'server-gone';
  return (
    <main className={styles.problem}>
      <Brand />
      <EmptyState title={errors.problems[problem]}>
        <p>{errors.hints[problem]}</p>
        <p className={styles.ways}>
          {problem === 'unknown-session' ? undefined : (
            <button type="button" onClick={() => location.reload()}>
              {errors.reload}
            </button>
          )}
          <Link href="/lobby">{errors.toLobby}</Link>
        </p>
      </EmptyState>
    </main>
  );
}
