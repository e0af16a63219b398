import type { ReactElement, ReactNode } from 'react';
import styles from './panel.module.css';

type PanelProps = {
  readonly title: string;
  /** Beside the title: what can be switched. */
  readonly controls?: ReactNode;
  readonly children: ReactNode;
};

/** A panel that fills its container: a line with its title, and a body that scrolls by itself. */
export function Panel({ title, controls, children }: PanelProps): ReactElement {
  return (
    <section className={styles.panel} aria-label={title}>
      <header className={styles.head}>
        <h2 className={styles.title}>{title}</h2>
        <div className={styles.controls}>{controls}</div>
      </header>
      <div className={styles.body}>{children}</div>
    </section>
  );
}
