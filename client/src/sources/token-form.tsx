import { type FormEvent, type ReactElement, useState } from 'react';
import { useSourcesWords } from '../i18n/sources-words.ts';
import page from '../ui/page.module.css';
import styles from './sources.module.css';

type TokenFormProps = { readonly isWrong: boolean; readonly onToken: (token: string) => void };

/** Asks for the token of the server: who may change what it listens to, holds it. */
export function TokenForm({ isWrong, onToken }: TokenFormProps): ReactElement {
  const words = useSourcesWords();
  const [token, setToken] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (token.trim() !== '') onToken(token.trim());
  };
  return (
    <section className={page.group}>
      <h2>{words.token.title}</h2>
      <p className={styles.hint}>{words.token.hint}</p>
      <form className={styles.form} data-short onSubmit={submit}>
        <label>
          <span>{words.token.label}</span>
          <input
            type="password"
            value={token}
            onChange={(event) => setToken(event.target.value)}
            maxLength={200}
            autoComplete="off"
            required
            aria-invalid={isWrong}
          />
        </label>
        <button type="submit">{words.token.open}</button>
      </form>
      <p className={styles.problem} aria-live="polite">
        {isWrong ? words.token.wrong : undefined}
      </p>
    </section>
  );
}
