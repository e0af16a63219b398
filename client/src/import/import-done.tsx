import type { ImportAnswer } from '@pitboard/shared/protocol/import.ts';
import { Check, X } from 'lucide-react';
import { type ReactElement, useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { useImportWords } from '../i18n/import-words.ts';
import { IconButton } from '../ui/icon-button.tsx';
import styles from './import-panel.module.css';
import { LeftOut, UnusedFiles } from './left-out.tsx';

type ImportDoneProps = { readonly answer: ImportAnswer; readonly onClose: () => void };

/** What came of an import: the sessions, and what was left out. */
export function ImportDone({ answer, onClose }: ImportDoneProps): ReactElement {
  const words = useImportWords();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const { sessions, formats, files, skipped } = answer;
  const unused = files.flatMap(({ name, problem }) => (problem === undefined ? [] : [{ file: name, reason: problem }]));
  return (
    <div className={styles.card} data-kind="done">
      <div className={styles.head}>
        <Check className={styles.good} size={18} aria-hidden="true" />
        <h2 ref={title} tabIndex={-1} className={styles.title}>
          {words.done(sessions.length)}
        </h2>
        <span className={styles.figure} lang="en">
          {formats.join(' · ')}
        </span>
        <span className={styles.close}>
          <IconButton label={words.close} frame="none" onClick={onClose}>
            <X size={16} aria-hidden="true" />
          </IconButton>
        </span>
      </div>
      <ul className={styles.sessions}>
        {sessions.map(({ id, event, session, cars, events, known }) => (
          <li key={id}>
            <span className={styles.names}>
              <b>
                {event} · {session}
              </b>
              <span>{[words.cars(cars), words.events(events), ...(known ? [words.known] : [])].join(' · ')}</span>
            </span>
            <Link
              href={`/session/${id}`}
              className={sessions.length === 1 ? styles.primary : styles.action}
              aria-label={`${words.open}: ${event} · ${session}`}
            >
              {words.open}
            </Link>
          </li>
        ))}
      </ul>
      <UnusedFiles problems={unused} />
      <LeftOut skipped={skipped} unused={unused} />
    </div>
  );
}
