import { parse } from 'csv-parse/sync';

/** A longer line is no line of a timing sheet: it is left out without being kept in memory. */
const LONGEST_LINE = 65_536;

/** One line of a sheet, read by the trimmed names of its columns; '' where the line or the header has none. */
export type SheetRow = {
  readonly line: number;
  get(column: string): string;
};

export type SheetReader = {
  /** Takes in the next piece of the text, cut anywhere. */
  write(chunk: string): void;
  end(): void;
};

type SheetHandlers = {
  /** The names of the columns, trimmed and in capitals, before any row. */
  readonly onHeader: (columns: readonly string[]) => void;
  readonly onRow: (row: SheetRow) => void;
  readonly onBadLine: (line: number, reason: string) => void;
};

/**
 * Reads a table whose first line names the columns: `;` or `,`, quotes as in RFC 4180, any line ends, with or without a
 * byte order mark. A quote that is not closed costs its own line only.
 */
export function createSheetReader({ onHeader, onRow, onBadLine }: SheetHandlers): SheetReader {
  let rest = '';
  let isTooLong = false;
  let line = 0;
  let columns: ReadonlyMap<string, number> | undefined;
  let delimiter = ',';

  const takeLine = (raw: string): void => {
    line++;
    if (isTooLong || raw.length > LONGEST_LINE) {
      isTooLong = false;
      onBadLine(line, 'line too long');
      return;
    }
    const text = (line === 1 ? raw.replace(/^\uFEFF/, '') : raw).replace(/\r$/, '');
    if (text.trim() === '') return;
    if (columns === undefined) delimiter = delimiterOf(text);
    const cells = cellsOf(text, delimiter);
    if (cells === undefined) {
      onBadLine(line, 'quotes are not closed');
    } else if (columns === undefined) {
      const names = cells.map((name) => name.trim().toUpperCase());
      columns = new Map(names.map((name, index) => [name, index]));
      onHeader(names);
    } else {
      onRow(rowOf(line, cells, columns));
    }
  };

  return {
    write: (chunk) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() as string;
      for (const text of lines) takeLine(text);
      if (rest.length > LONGEST_LINE) {
        isTooLong = true;
        rest = '';
      }
    },
    end: () => {
      if (rest !== '' || isTooLong) takeLine(rest);
      rest = '';
    },
  };
}

function rowOf(line: number, cells: readonly string[], columns: ReadonlyMap<string, number>): SheetRow {
  return { line, get: (column) => cells[columns.get(column) ?? -1]?.trim() ?? '' };
}

function delimiterOf(header: string): string {
  return header.split(';').length >= header.split(',').length ? ';' : ',';
}

function cellsOf(text: string, delimiter: string): readonly string[] | undefined {
  if (!text.includes('"')) return text.split(delimiter);
  try {
    return parse(text, { delimiter, relax_column_count: true })[0];
  } catch {
    return undefined;
  }
}
