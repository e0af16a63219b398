import type { ImportRules } from '@pitboard/shared/protocol/import.ts';
import { FileUp } from 'lucide-react';
import type { ReactElement } from 'react';
import { useImportWords } from '../i18n/import-words.ts';
import { readServerToken } from '../store/server-token.ts';
import styles from './import-panel.module.css';
import { TokenForm } from './token-form.tsx';

type InvitationProps = {
  /** `undefined` until the server has told them. */
  readonly rules: ImportRules | undefined;
  readonly onChoose: () => void;
  readonly onToken: () => Promise<void>;
};

/**
 * What stands there while nothing is brought in: that it can be, and which formats are known. Where it takes the token, most
 * who watch have none, and it stays out of their way.
 */
export function Invitation({ rules, onChoose, onToken }: InvitationProps): ReactElement {
  const words = useImportWords();
  if (rules?.needsToken === true) {
    return (
      <details className={styles.details} open={readServerToken() !== undefined}>
        <summary>{words.withToken}</summary>
        <TokenForm onToken={onToken} />
      </details>
    );
  }
  return (
    <div className={styles.invitation}>
      <FileUp className={styles.icon} size={22} aria-hidden="true" />
      <div className={styles.text}>
        <p className={styles.lead}>{words.invite}</p>
        <p>{words.together}</p>
        {rules === undefined ? undefined : (
          <details className={styles.details}>
            <summary>{words.formats}</summary>
            <ul lang="en" className={styles.formats}>
              {rules.formats.map((format) => (
                <li key={format}>{format}</li>
              ))}
            </ul>
          </details>
        )}
      </div>
      <button type="button" className={styles.action} onClick={onChoose}>
        {words.choose}
      </button>
    </div>
  );
}
