import type { ImportAnswer, ImportRefusal } from '@pitboard/shared/protocol/import.ts';
import type { ReactElement } from 'react';
import { useImportWords } from '../i18n/import-words.ts';
import styles from './import-panel.module.css';

type Problem = NonNullable<ImportRefusal['problems']>[number];

/** Files and lines with what is wrong with them, in the words of the server, which speaks English. */
export function ProblemList({ problems }: { readonly problems: readonly Problem[] }): ReactElement {
  const words = useImportWords();
  return (
    <ul className={styles.problems}>
      {problems.map(({ file, line, reason }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes, and may say the same thing twice
        <li key={index}>
          <code>{file}</code>
          <span className={styles.place}>{line === undefined ? '' : words.line(line)}</span>
          <span lang="en">{reason}</span>
        </li>
      ))}
    </ul>
  );
}

type UnusedFilesProps = { readonly problems: readonly Problem[] };

/** Files that gave nothing, beside others that did. */
export function UnusedFiles({ problems }: UnusedFilesProps): ReactElement | undefined {
  const words = useImportWords();
  if (problems.length === 0) return undefined;
  return (
    <details className={styles.details}>
      <summary>{words.unused(problems.length)}</summary>
      <ProblemList problems={problems} />
    </details>
  );
}

type LeftOutProps = {
  readonly skipped: ImportAnswer['skipped'];
  /** Files that gave nothing count as a line each: they are told elsewhere. */
  readonly unused: readonly Problem[];
};

/** How many lines were left out, with the first of them. */
export function LeftOut({ skipped, unused }: LeftOutProps): ReactElement | undefined {
  const words = useImportWords();
  const lines = skipped.lines - unused.length;
  if (lines <= 0) return undefined;
  const isTold = ({ file, reason }: Problem): boolean =>
    unused.some((problem) => problem.file === file && problem.reason === reason);
  const examples = skipped.examples.filter((example) => !isTold(example));
  const more = lines - examples.length;
  return (
    <details className={styles.details}>
      <summary>{words.leftOut(lines)}</summary>
      <ProblemList problems={examples} />
      {more > 0 ? <p className={styles.hint}>{words.moreLeftOut(more)}</p> : undefined}
    </details>
  );
}
