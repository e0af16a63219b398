import type { ImportRules } from '@pitboard/shared/protocol/import.ts';
import { CircleAlert, X } from 'lucide-react';
import type { ReactElement } from 'react';
import { useImportWords } from '../i18n/import-words.ts';
import { IconButton } from '../ui/icon-button.tsx';
import styles from './import-panel.module.css';
import { ProblemList } from './left-out.tsx';
import type { Refusal } from './use-import.ts';

type ImportRefusedProps = {
  readonly refusal: Refusal;
  readonly rules: ImportRules | undefined;
  readonly onChoose: () => void;
  readonly onClose: () => void;
};

const SHOWN = 8;

/** Why nothing was imported: file by file, and what would help. */
export function ImportRefused({ refusal, rules, onChoose, onClose }: ImportRefusedProps): ReactElement {
  const words = useImportWords();
  const { error, problems = [] } = refusal;
  return (
    <div className={styles.card} data-kind="refused" role="alert">
      <div className={styles.head}>
        <CircleAlert className={styles.bad} size={18} aria-hidden="true" />
        <h2 className={styles.title}>{words.refused}</h2>
        <span className={styles.close}>
          <IconButton label={words.close} frame="none" onClick={onClose}>
            <X size={16} aria-hidden="true" />
          </IconButton>
        </span>
      </div>
      <p>
        {words.refusals[error]}
        {error === 'too-large' && problems.length === 0 && rules !== undefined
          ? ` ${words.limit(Math.round(rules.limitBytes / 1e6))}`
          : ''}
      </p>
      {problems.length > 0 ? <ProblemList problems={problems.slice(0, SHOWN)} /> : undefined}
      {problems.length > SHOWN ? <p className={styles.hint}>{words.more(problems.length - SHOWN)}</p> : undefined}
      {error === 'no-race' && rules !== undefined ? (
        <p className={styles.hint}>
          {words.formats}: <span lang="en">{rules.formats.join(', ')}</span>
        </p>
      ) : undefined}
      <p>
        <button type="button" className={styles.action} onClick={onChoose}>
          {words.again}
        </button>
      </p>
    </div>
  );
}
