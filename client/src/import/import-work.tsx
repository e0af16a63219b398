import type { ReactElement } from 'react';
import { useImportWords } from '../i18n/import-words.ts';
import styles from './import-panel.module.css';
import type { ImportPhase } from './use-import.ts';

type ImportWorkProps = {
  readonly phase: ImportPhase;
  readonly share: number | undefined;
  readonly files: number;
  readonly file?: string;
  readonly onCancel: () => void;
};

/** An import under way. The phase is announced; the figure, which ticks, is not. */
export function ImportWork({ phase, share, files, file, onCancel }: ImportWorkProps): ReactElement {
  const words = useImportWords();
  return (
    <div className={styles.card}>
      <div className={styles.head}>
        <p className={styles.title} role="status">
          {words.phases[phase]}
        </p>
        <span className={styles.figure} aria-hidden="true">
          {share === undefined ? '' : words.percent(share)}
        </span>
        <button type="button" className={styles.action} onClick={onCancel}>
          {words.cancel}
        </button>
      </div>
      <progress className={styles.progress} aria-label={words.phases[phase]} max={1} value={share} />
      <p className={styles.file}>{file ?? words.files(files)}</p>
    </div>
  );
}
