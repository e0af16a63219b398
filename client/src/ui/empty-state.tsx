import type { ReactElement, ReactNode } from 'react';
import styles from './states.module.css';

type EmptyStateProps = { readonly title: string; readonly children?: ReactNode };

/** What stands where nothing is to be shown yet, and says why. */
export function EmptyState({ title, children }: EmptyStateProps): ReactElement {
  return (
    <div className={styles.state}>
      <p className={styles.title}>{title}</p>
      {children === undefined ? undefined : <div className={styles.text}>{children}</div>}
    </div>
  );
}
