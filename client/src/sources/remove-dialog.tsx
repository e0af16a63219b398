import type { SourceStatus } from '@pitboard/shared/protocol/sources.ts';
import type { ReactElement } from 'react';
import { useSourcesWords } from '../i18n/sources-words.ts';
import { Dialog } from '../ui/dialog.tsx';
import styles from './sources.module.css';

type RemoveDialogProps = {
  readonly source: SourceStatus;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
};

/** Asks before a source is removed: a race may hang on it. */
export function RemoveDialog({ source, onClose, onConfirm }: RemoveDialogProps): ReactElement {
  const { remove } = useSourcesWords();
  return (
    <Dialog title={remove.title(source.name)} onClose={onClose}>
      <p className={styles.hint}>{remove.text}</p>
      <div className={styles.choices}>
        <button type="button" data-first onClick={onClose}>
          {remove.cancel}
        </button>
        <button type="button" data-danger onClick={onConfirm}>
          {remove.confirm}
        </button>
      </div>
    </Dialog>
  );
}
