import type { SourceStatus } from '@pitboard/shared/protocol/sources.ts';
import { Trash2 } from 'lucide-react';
import { type ReactElement, useCallback } from 'react';
import { Link } from 'wouter';
import { useSourcesWords } from '../i18n/sources-words.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { elapsedText } from './elapsed-text.ts';
import styles from './sources.module.css';
import { WallText } from './wall-text.tsx';

type SourceLineProps = {
  readonly source: SourceStatus;
  /** Of its protocol. */
  readonly title: string;
  readonly offsetMs: number;
  readonly onRemove: (source: SourceStatus) => void;
};

/** One source: whether it is there, what it said last, and what becomes of it. */
export function SourceLine({ source, title, offsetMs, onRemove }: SourceLineProps): ReactElement {
  const words = useSourcesWords();
  const notes = [title, source.name === source.address ? undefined : source.address];
  return (
    <li className={styles.line} data-state={source.state}>
      <SourceState source={source} offsetMs={offsetMs} />
      <div className={styles.what}>
        <h2>{source.name}</h2>
        <p className={styles.facts}>
          {notes.filter((note) => note !== undefined).join(' · ')}
          {source.kept ? undefined : ` · ${words.forThisRun}`}
        </p>
        <LastLine source={source} offsetMs={offsetMs} />
        <SourceTroubles source={source} />
        <FedSessions source={source} />
      </div>
      <IconButton label={words.remove.action(source.name)} frame="none" onClick={() => onRemove(source)}>
        <Trash2 size={15} aria-hidden="true" />
      </IconButton>
    </li>
  );
}

type PartProps = { readonly source: SourceStatus; readonly offsetMs: number };

function SourceState({ source, offsetMs }: PartProps): ReactElement {
  const words = useSourcesWords();
  const { state, sinceEpochMs, nextAttemptEpochMs, attempts } = source;
  const format = useCallback(
    (nowEpochMs: number) =>
      state === 'waiting' && nextAttemptEpochMs !== undefined
        ? words.nextTry(elapsedText(nextAttemptEpochMs - nowEpochMs + 999))
        : words.since(elapsedText(nowEpochMs - sinceEpochMs)),
    [state, sinceEpochMs, nextAttemptEpochMs, words],
  );
  return (
    <div className={styles.state}>
      <b>{words.states[state]}</b>
      <WallText format={format} offsetMs={offsetMs} />
      {attempts > 1 ? <span>{words.tryNumber(attempts)}</span> : undefined}
    </div>
  );
}

/** What came last, as it came, and how much there was. */
function LastLine({ source, offsetMs }: PartProps): ReactElement {
  const words = useSourcesWords();
  const { lastLine, linesRead, linesSkipped, factsLeftOut } = source;
  const epochMs = lastLine?.epochMs ?? 0;
  const format = useCallback((nowEpochMs: number) => words.ago(elapsedText(nowEpochMs - epochMs)), [epochMs, words]);
  if (lastLine === undefined) return <p className={styles.facts}>{words.noLine}</p>;
  const counts = [
    words.linesRead(linesRead),
    linesSkipped > 0 ? words.linesSkipped(linesSkipped) : undefined,
    factsLeftOut > 0 ? words.factsLeftOut(factsLeftOut) : undefined,
  ];
  return (
    <>
      <p className={styles.lastLine}>
        <span className="visually-hidden">{words.lastLine}: </span>
        <code title={lastLine.text}>{lastLine.text}</code>
      </p>
      <p className={styles.facts}>
        <WallText format={format} offsetMs={offsetMs} />
        {counts
          .filter((count) => count !== undefined)
          .map((count) => (
            <span key={count}> · {count}</span>
          ))}
      </p>
    </>
  );
}

function SourceTroubles({ source }: { readonly source: SourceStatus }): ReactElement {
  const words = useSourcesWords();
  const { problem, lastSkipped } = source;
  return (
    <>
      {problem === undefined ? undefined : <p className={styles.problem}>{problem}</p>}
      {lastSkipped === undefined ? undefined : (
        <p className={styles.facts} title={lastSkipped.text}>
          {words.skippedLine(lastSkipped.line, lastSkipped.reason)}
        </p>
      )}
    </>
  );
}

function FedSessions({ source }: { readonly source: SourceStatus }): ReactElement | undefined {
  const words = useSourcesWords();
  if (source.sessions.length === 0) return undefined;
  return (
    <p className={styles.feeds}>
      <span>{words.feeds}</span>
      {source.sessions.map(({ id, title }) => (
        <Link key={id} href={`/session/${id}`}>
          {title}
        </Link>
      ))}
    </p>
  );
}
