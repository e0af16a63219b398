import { X } from 'lucide-react';
import { type ReactNode, type ReactPortal, useEffect, useId, useRef } from 'react';
import { createPortal } from 'react-dom';
import { useWords } from '../i18n/words.ts';
import styles from './dialog.module.css';

type DialogProps = {
  readonly title: string;
  readonly onClose: () => void;
  /** `beside` leaves the rest of the screen in use, at the lower right. */
  readonly placement?: 'middle' | 'beside';
  /** What carries `data-first` has the focus to begin with. */
  readonly children: ReactNode;
};

/** A native dialog: open while it is mounted, closed by Escape, and the focus goes back to where it was. */
export function Dialog({ title, onClose, placement = 'middle', children }: DialogProps): ReactPortal {
  const words = useWords();
  const titleId = useId();
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    if (placement === 'middle') dialog?.showModal();
    else dialog?.show();
    dialog?.querySelector<HTMLElement>('[data-first]')?.focus();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, [placement]);
  return createPortal(
    <dialog
      ref={ref}
      className={styles.dialog}
      data-placement={placement}
      aria-labelledby={titleId}
      onCancel={onClose}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // One Escape closes one thing.
        event.stopPropagation();
        onClose();
      }}
      onClick={(event) => event.target === event.currentTarget && onClose()}
    >
      <div className={styles.content}>
        <header className={styles.header}>
          <h2 id={titleId}>{title}</h2>
          <button type="button" className={styles.close} aria-label={words.help.close} onClick={onClose}>
            <X size={16} aria-hidden="true" />
          </button>
        </header>
        {children}
      </div>
    </dialog>,
    document.body,
  );
}
