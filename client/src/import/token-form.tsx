import { type ReactElement, useId, useState } from 'react';
import { useImportWords } from '../i18n/import-words.ts';
import { keepServerToken, readServerToken } from '../store/server-token.ts';
import styles from './import-panel.module.css';

/** Asks for the token of the server, once. It stays here as long as it is not the right one. */
export function TokenForm({ onToken }: { readonly onToken: () => Promise<void> }): ReactElement {
  const words = useImportWords();
  const id = useId();
  const [wrong, setWrong] = useState(() => readServerToken() !== undefined);
  return (
    <form
      className={styles.token}
      onSubmit={(event) => {
        event.preventDefault();
        const token = new FormData(event.currentTarget).get('token');
        keepServerToken(typeof token === 'string' && token.trim() !== '' ? token.trim() : undefined);
        void onToken().then(() => setWrong(true));
      }}
    >
      <label htmlFor={id}>{words.token}</label>
      <span className={styles.tokenRow}>
        <input id={id} name="token" type="password" autoComplete="off" aria-describedby={`${id}-hint`} />
        <button type="submit" className={styles.action}>
          {words.tokenSave}
        </button>
      </span>
      <span id={`${id}-hint`} className={wrong ? styles.problem : styles.hint} role={wrong ? 'alert' : undefined}>
        {wrong ? words.tokenWrong : words.tokenHint}
      </span>
    </form>
  );
}
