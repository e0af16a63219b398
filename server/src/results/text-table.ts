/** A column of a table in text. */
export type Column<T> = {
  readonly head: string;
  readonly text: (row: T) => string;
  readonly align: 'left' | 'right';
  /** Widest it may become, in characters. */
  readonly most?: number;
  /** Takes what the other columns leave of the width. */
  readonly fills?: true;
};

const BETWEEN = '  ';
const LEAST_FILL = 8;

/** Head and rows, aligned, none longer than `width`; text that is too long is cut with `…`. */
export function textTable<T>(columns: readonly Column<T>[], rows: readonly T[], width: number): readonly string[] {
  const table = [columns.map(({ head }) => head), ...rows.map((row) => columns.map(({ text }) => text(row)))];
  const natural = columns.map(({ most = width }, index) =>
    Math.min(most, Math.max(...table.map((cells) => lengthOf(cells[index] ?? '')))),
  );
  const taken = natural.reduce((sum, each, index) => sum + (columns[index]?.fills ? 0 : each), 0);
  const left = Math.max(LEAST_FILL, width - taken - BETWEEN.length * (columns.length - 1));
  const widths = natural.map((each, index) => (columns[index]?.fills ? Math.min(each, left) : each));
  return table.map((cells) =>
    cells
      .map((cell, index) => fit(cell, widths[index] ?? 0, columns[index]?.align ?? 'left'))
      .join(BETWEEN)
      .trimEnd(),
  );
}

function lengthOf(text: string): number {
  return [...text].length;
}

function fit(text: string, width: number, align: 'left' | 'right'): string {
  const letters = [...text];
  const cut = letters.length > width ? `${letters.slice(0, width - 1).join('')}…` : text;
  const space = ' '.repeat(width - lengthOf(cut));
  return align === 'left' ? `${cut}${space}` : `${space}${cut}`;
}
