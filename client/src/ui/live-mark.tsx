import type { ReactElement } from 'react';
import styles from './live-mark.module.css';

/** The red dot with its word. */
export function LiveMark({ word }: { readonly word: string }): ReactElement {
  return <span className={styles.live}>{word}</span>;
}
