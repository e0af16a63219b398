import type { ReactElement } from 'react';
import styles from './choice.module.css';

type ChoiceProps<T extends string | number> = {
  /** What is chosen here, for those who cannot see the group. */
  readonly label: string;
  readonly options: readonly { readonly value: T; readonly label: string; readonly disabled?: boolean }[];
  readonly value: T;
  readonly onChoose: (value: T) => void;
};

/** A few words of which one is chosen. */
export function Choice<T extends string | number>({ label, options, value, onChoose }: ChoiceProps<T>): ReactElement {
  return (
    <fieldset className={styles.choice}>
      <legend className="visually-hidden">{label}</legend>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          className={styles.option}
          aria-pressed={option.value === value}
          disabled={option.disabled}
          onClick={() => onChoose(option.value)}
        >
          {option.label}
        </button>
      ))}
    </fieldset>
  );
}
