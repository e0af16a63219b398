import type { ReactElement, ReactNode } from 'react';
import styles from './panel.module.css';

type PanelProps = {
  /** The name of the panel for those who cannot see it. */
  readonly label: string;
  /** What stands at the top left: a title, or what matters most. */
  readonly head?: ReactNode;
  /** At the top right: what can be switched. */
  readonly controls?: ReactNode;
  readonly children: ReactNode;
};

/** A panel that fills its container: a line at the top, and a body that scrolls by itself. */
export function Panel({ label, head, controls, children }: PanelProps): ReactElement {
  return (
    <section className={styles.panel} aria-label={label}>
      {(head !== undefined || controls !== undefined) && (
        <header className={styles.head}>
          {typeof head === 'string' ? <PanelTitle>{head}</PanelTitle> : head}
          <div className={styles.controls}>{controls}</div>
        </header>
      )}
      <div className={styles.body}>{children}</div>
    </section>
  );
}

/** The title of a panel, for a head that holds more than that. */
export function PanelTitle({ children }: { readonly children: string }): ReactElement {
  return <h2 className={styles.title}>{children}</h2>;
}
