import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { useWords } from '../i18n/words.ts';
import styles from './brand.module.css';

/** The name of the house, and the way to all sessions. */
export function Brand(): ReactElement {
  const words = useWords();
  return (
    <Link href="/lobby" className={styles.brand} title={words.header.toLobby} aria-label={words.header.toLobby}>
      PIT<i>BOARD</i>
    </Link>
  );
}
