import type { NewSource, SourceList } from '@pitboard/shared/protocol/sources.ts';
import { type FormEvent, type ReactElement, useId, useRef, useState } from 'react';
import { useSourcesWords } from '../i18n/sources-words.ts';
import { useWords } from '../i18n/words.ts';
import page from '../ui/page.module.css';
import styles from './sources.module.css';
import type { ChangeAnswer } from './sources-api.ts';

type AddSourceProps = {
  readonly list: SourceList;
  readonly onAdd: (source: NewSource) => Promise<ChangeAnswer>;
};

/** Where a source is added: its address, a name for people, and an example of every kind. */
export function AddSource({ list, onAdd }: AddSourceProps): ReactElement {
  const words = useSourcesWords();
  const { errors } = useWords();
  const [address, setAddress] = useState('');
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const problemId = useId();
  const isFull = list.sources.length >= list.limit;

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (isBusy || isFull) return;
    setBusy(true);
    const answer = await onAdd({ address: address.trim(), ...(name.trim() === '' ? {} : { name: name.trim() }) });
    setBusy(false);
    setProblem(answer.ok ? undefined : problemText(answer.error, { words, errors }));
    if (answer.ok) {
      setAddress('');
      setName('');
    }
    field.current?.focus();
  };

  return (
    <section className={page.group}>
      <h2>{words.add.title}</h2>
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        <label>
          <span>{words.add.address}</span>
          <input
            ref={field}
            value={address}
            onChange={(event) => setAddress(event.target.value)}
            placeholder={list.protocols[0]?.example}
            maxLength={500}
            inputMode="url"
            autoCapitalize="none"
            autoComplete="off"
            spellCheck={false}
            required
            aria-invalid={problem !== undefined}
            aria-describedby={problemId}
          />
        </label>
        <label>
          <span>
            {words.add.name} <i>{words.add.nameHint}</i>
          </span>
          <input value={name} onChange={(event) => setName(event.target.value)} maxLength={60} autoComplete="off" />
        </label>
        <button type="submit" disabled={isBusy || isFull}>
          {words.add.submit}
        </button>
      </form>
      <p id={problemId} className={styles.problem} aria-live="polite">
        {isFull ? words.add.full(list.limit) : problem}
      </p>
      <Examples list={list} onPick={(example) => [setAddress(example), field.current?.focus()]} />
    </section>
  );
}

type ExamplesProps = { readonly list: SourceList; readonly onPick: (example: string) => void };

function Examples({ list, onPick }: ExamplesProps): ReactElement {
  const words = useSourcesWords();
  return (
    <>
      <h3 className={styles.examplesTitle}>{words.add.examples}</h3>
      <ul className={styles.examples}>
        {list.protocols.map(({ id, title, example }) => (
          <li key={id}>
            <button type="button" onClick={() => onPick(example)}>
              <span>{title}</span>
              <code>{example}</code>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function problemText(error: string, { words, errors }: { words: SourcesWords; errors: ErrorWords }): string {
  if (error === 'gone') return errors.problems['server-gone'];
  if (error === 'unauthorized') return words.token.wrong;
  return Object.hasOwn(words.errors, error) ? words.errors[error as keyof SourcesWords['errors']] : words.errors.other;
}

type SourcesWords = ReturnType<typeof useSourcesWords>;
type ErrorWords = ReturnType<typeof useWords>['errors'];
