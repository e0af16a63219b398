import type { ReactElement } from 'react';
import { useWords } from '../i18n/words.ts';
import styles from './timing-tower.module.css';

export const NARROW_COLUMNS = ['gap', 'interval', 'last', 'best'] as const;
export type NarrowColumn = (typeof NARROW_COLUMNS)[number];

type ColumnSwitchProps = { readonly column: NarrowColumn; readonly onChange: (column: NarrowColumn) => void };

/** Which of the time columns a narrow tower shows. */
export function ColumnSwitch({ column, onChange }: ColumnSwitchProps): ReactElement {
  const { tower } = useWords();
  return (
    <fieldset className={styles.columns}>
      <legend className="visually-hidden">{tower.column}</legend>
      {NARROW_COLUMNS.map((option) => (
        <button key={option} type="button" aria-pressed={option === column} onClick={() => onChange(option)}>
          {tower[option]}
        </button>
      ))}
    </fieldset>
  );
}
