import type { ReactElement } from 'react';
import { useWords } from '../i18n/words.ts';
import { useViewState } from '../store/view-store.ts';
import { TableHead } from '../ui/table-head.tsx';
import type { Title, TitleLine, TitlePhase } from './championship-data.ts';
import { CompetitorLine } from './competitor-line.tsx';
import styles from './title-panel.module.css';

type TitleSectionProps = Title & { readonly phase: TitlePhase };

/** One title: where it stands in a line, and its table. */
export function TitleSection({ championship, line, rows, phase }: TitleSectionProps): ReactElement {
  const words = useWords().panels.title;
  const selected = useViewState((state) => state.selectedCar);
  const isScored = championship.points.length > 0;
  const heads = [
    ['position', words.position, words.positionLong],
    ['competitor', words.scopes[championship.scope], words.scopes[championship.scope]],
    ['before', words.before, words.beforeLong],
    ...(isScored
      ? ([
          ['gained', words.gained[phase], words.gainedLong],
          ['points', words.points, words.pointsLong],
        ] as const)
      : []),
    ['gap', words.gap, words.gapLong],
  ] as const;
  return (
    <section className={styles.section} aria-label={championship.name}>
      <h3 className={styles.name}>{championship.name}</h3>
      <StateLine line={line} />
      <table className={styles.table}>
        <caption className="visually-hidden">{words.caption(championship.name)}</caption>
        <TableHead heads={heads} classes={styles} />
        <tbody>
          {rows.map((row) => (
            <CompetitorLine
              key={row.competitor}
              row={row}
              isScored={isScored}
              isSelected={selected !== undefined && row.cars.includes(selected)}
            />
          ))}
        </tbody>
      </table>
      {championship.note === undefined ? undefined : <p className={styles.note}>{championship.note}</p>}
    </section>
  );
}

function StateLine({ line }: { readonly line: TitleLine }): ReactElement {
  const note = line.kind === 'decided' ? line.note : undefined;
  return (
    <p className={styles.line} data-kind={line.kind}>
      <b>{useLineText(line)}</b>
      {note === undefined ? undefined : <span>{note}</span>}
    </p>
  );
}

function useLineText(line: TitleLine): string {
  const { lines } = useWords().panels.title;
  switch (line.kind) {
    case 'decided':
      return lines.decided(line.champion);
    case 'champion':
      return lines.champion(line.champion);
    case 'needs':
      return lines.needs(line.name, line.needs);
    case 'level':
      return lines.level(line.names.join(', '));
    case 'later':
      return lines.later(line.points);
    case 'open':
      return lines.open;
    case 'scoring-unknown':
      return lines.scoringUnknown;
  }
}
