import { Trash2 } from 'lucide-react';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { useImportWords } from '../i18n/import-words.ts';
import { tokenHeaders } from '../store/server-token.ts';
import { IconButton } from '../ui/icon-button.tsx';
import styles from './remove-session.module.css';

type RemoveSessionProps = { readonly id: string; readonly title: string; readonly onRemoved: () => void };

/** Removes an imported session, after asking once. */
export function RemoveSession({ id, title, onRemoved }: RemoveSessionProps): ReactElement {
  const words = useImportWords();
  const [state, setState] = useState<'idle' | 'asking' | 'failed'>('idle');
  const sure = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (state === 'asking') sure.current?.focus();
  }, [state]);
  const remove = async (): Promise<void> => {
    const request = { method: 'DELETE', headers: tokenHeaders() };
    const response = await fetch(`/api/sessions/${id}`, request).catch(() => undefined);
    // One that is gone already is what was wanted.
    if (response?.ok === true || response?.status === 404) onRemoved();
    else setState('failed');
  };
  if (state === 'idle') {
    return (
      <IconButton label={words.removeLong(title)} frame="none" onClick={() => setState('asking')}>
        <Trash2 size={15} aria-hidden="true" />
      </IconButton>
    );
  }
  return (
    <span className={styles.question} role={state === 'failed' ? 'alert' : undefined}>
      {state === 'failed' ? words.notRemoved : words.removeSure}
      {state === 'asking' ? (
        <button ref={sure} type="button" className={styles.remove} onClick={() => void remove()}>
          {words.remove}
        </button>
      ) : undefined}
      <button type="button" className={styles.keep} onClick={() => setState('idle')}>
        {state === 'failed' ? words.close : words.keep}
      </button>
    </span>
  );
}
