import { type ReactElement, useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { useRace } from '../store/race-store.ts';
import { Dialog } from '../ui/dialog.tsx';
import styles from './race-header.module.css';

/** Says that some of the data is no history, and what of it. */
export function DataNotes(): ReactElement | undefined {
  const { header } = useWords();
  const notes = useRace((view) => view.state.manifest.dataNotes);
  const [open, setOpen] = useState(false);
  if (notes.length === 0) return undefined;
  const reconstructed = notes.some((note) => note.kind === 'reconstructed');
  return (
    <>
      <button type="button" className={styles.notes} onClick={() => setOpen(true)}>
        {reconstructed ? header.reconstructed : header.dataNotes}
      </button>
      {open ? (
        <Dialog title={header.dataNotes} onClose={() => setOpen(false)}>
          <dl className={styles.noteList}>
            {notes.map((note) => (
              <div key={`${note.kind} ${note.subject} ${note.text}`}>
                <dt>
                  {note.subject} <span data-kind={note.kind}>{header.noteKinds[note.kind]}</span>
                </dt>
                <dd>{note.text}</dd>
              </div>
            ))}
          </dl>
        </Dialog>
      ) : undefined}
    </>
  );
}
