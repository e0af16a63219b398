import type { SheetRow } from '../import/csv-sheet.ts';
import { parseTimeText } from '../import/time-text.ts';
import { flagOf } from './flag-codes.ts';

/** A line of the sheet of flags and messages of race control. */
export type FlagRow = {
  readonly line: number;
  /** Local time of day. */
  readonly timeOfDayMs: number | undefined;
  /** Race time. */
  readonly elapsedMs: number | undefined;
  /** The code of a flag, or that of a message. */
  readonly type: string;
  readonly sector: number | undefined;
  readonly message: string;
};

/** The type of a line that is no flag. */
export const MESSAGE = 'RCMESSAGE';
const LONGEST_MESSAGE = 1000;

/** The flag or message of a line, or what is wrong with it. `-` stands for nothing. */
export function parseFlagRow(row: SheetRow): FlagRow | string {
  const cell = (name: string) => (row.get(name) === '-' ? '' : row.get(name));
  const timeOfDayMs = parseTimeText(cell('TIME'));
  const elapsedMs = parseTimeText(cell('ELAPSED'));
  if (timeOfDayMs === undefined && elapsedMs === undefined) return 'no time';
  const recorded = cell('REC_TYPE').toUpperCase();
  const type =
    recorded !== MESSAGE && flagOf(recorded) === undefined ? cell('FLAG').toUpperCase() || recorded : recorded;
  if (type === '') return 'neither flag nor message';
  const sector = /^\D*(\d{1,2})$/.exec(cell('SECTOR'))?.[1];
  const message = cell('MESSAGE')
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, LONGEST_MESSAGE);
  if (type === MESSAGE && message === '') return 'a message without text';
  const isSector = sector !== undefined && Number(sector) > 0;
  return { line: row.line, timeOfDayMs, elapsedMs, type, message, sector: isSector ? Number(sector) : undefined };
}
