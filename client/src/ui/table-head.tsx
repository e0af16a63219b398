import type { ReactElement } from 'react';

type TableHeadProps<C extends string> = {
  /** Column, its short name, and the long one that a pointer brings up. */
  readonly heads: readonly (readonly [column: C, short: string, long: string])[];
  readonly classes: Readonly<Record<string, string | undefined>>;
};

/** The head of a table whose columns have a style of the same name. */
export function TableHead<C extends string>({ heads, classes }: TableHeadProps<C>): ReactElement {
  return (
    <thead>
      <tr>
        {heads.map(([column, short, long]) => (
          <th key={column} scope="col" className={classes[column]} title={long}>
            {short}
          </th>
        ))}
      </tr>
    </thead>
  );
}
