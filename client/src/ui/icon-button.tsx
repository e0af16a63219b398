import type { ReactElement, ReactNode } from 'react';
import styles from './icon-button.module.css';

type IconButtonProps = {
  /** Read out, and shown when pointed at. */
  readonly label: string;
  readonly onClick: () => void;
  readonly children: ReactNode;
  readonly frame?: 'line' | 'none' | 'full';
};

/** A small square button. */
export function IconButton({ label, onClick, children, frame = 'line' }: IconButtonProps): ReactElement {
  return (
    <button
      type="button"
      className={styles.button}
      data-frame={frame}
      aria-label={label}
      title={label}
      onClick={onClick}
    >
      {children}
    </button>
  );
}
