import type { SheetRow } from '../import/csv-sheet.ts';
import { parseCellMoment, parseCellTime } from './cell-time.ts';
import { flagOf } from './cell-words.ts';
import type { TableColumns } from './table-columns.ts';
import type { TableFlag } from './table-race.ts';

/** The flag of a line of a table of flags, or what is wrong with it. */
export function parseTableFlag(row: SheetRow, { of }: TableColumns): TableFlag | string {
  const cell = (role: 'flag' | 'elapsed' | 'time' | 'timeOfDay') => row.get(of.get(role)?.name ?? '');
  const flag = flagOf(cell('flag'));
  if (flag === undefined) return 'no known flag';
  const elapsedMs = parseCellTime(cell('elapsed'), of.get('elapsed')?.unit);
  const timeMs = parseCellTime(cell('time'), of.get('time')?.unit);
  const moment = parseCellMoment(cell('timeOfDay'));
  if (elapsedMs === undefined && timeMs === undefined && moment === undefined) return 'no time';
  return { flag, elapsedMs, timeMs, moment };
}
