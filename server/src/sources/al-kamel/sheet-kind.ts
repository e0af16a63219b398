/** What a sheet of Al Kamel can hold. `class-results`: the result once more, class by class. */
export type SheetKind = 'laps' | 'results' | 'class-results' | 'weather' | 'flags';

/** What a sheet with these columns holds; `undefined` where it is none of Al Kamel's. */
export function sheetKindOf(columns: readonly string[]): SheetKind | undefined {
  const has = (...names: readonly string[]) => names.every((name) => columns.includes(name));
  const hasOne = (...names: readonly string[]) => names.some((name) => columns.includes(name));
  if (has('NUMBER', 'LAP_NUMBER', 'LAP_TIME') && hasOne('ELAPSED', 'CROSSING_FINISH_LINE_IN_PIT')) return 'laps';
  if (has('REC_TYPE', 'MESSAGE') && hasOne('TIME', 'ELAPSED')) return 'flags';
  if (has('NUMBER', 'PIC') && hasOne('POS', 'POSITION') && hasOne('LAPS', 'ELAPSED')) return 'class-results';
  if (has('NUMBER', 'LAPS', 'TOTAL_TIME') && hasOne('POSITION', 'POS')) return 'results';
  if (has('NUMBER', 'LAP', 'TIME') && hasOne('POSITION', 'POS') && isOfThisHouse(columns)) return 'results';
  return has('TIME_UTC_SECONDS', 'AIR_TEMP') ? 'weather' : undefined;
}

/** Columns that no spreadsheet of laps has by chance; every line ends with a separator, and so with a column without a name. */
const OWN_COLUMNS = ['GAP_FIRST', 'GAP_PREVIOUS', 'FL_KPH', 'VEHICLE', 'DRIVER_1', 'DRIVER1_SECONDNAME'];

/** A result of practice (car, best lap, time) reads like anybody's table of laps. */
function isOfThisHouse(columns: readonly string[]): boolean {
  const isClosed = /^POS(?:ITION)?$/.test(columns[0] ?? '') && columns[1] === 'NUMBER' && columns.at(-1) === '';
  return isClosed || OWN_COLUMNS.some((name) => columns.includes(name));
}
