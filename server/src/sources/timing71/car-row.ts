import { carNumberSchema } from '@pitboard/shared/protocol/scalars.ts';
import { type ClaimedGap, countOf, gapOf, textOf, timeMsOf } from './cells.ts';
import type { ColumnName, Columns } from './columns.ts';

/** One line of the timing screen. What a service does not show, or leaves blank, is '' or `undefined`. */
export type CarRow = {
  readonly car: string;
  readonly state: string;
  readonly class: string;
  readonly team: string;
  readonly driver: string;
  /** Licence of the driver, where it stands beside the name. */
  readonly ranking: string;
  readonly model: string;
  readonly laps: number | undefined;
  readonly gap: ClaimedGap | undefined;
  readonly interval: ClaimedGap | undefined;
  readonly lastMs: number | undefined;
  readonly bestMs: number | undefined;
  readonly pits: number | undefined;
};

/** What a manifest can hold. */
const MOST_ROWS = 500;

/** The lines of the screen in order, each car once; `onProblem` is told what is wrong with the others, and which they are. */
export function carRowsOf(
  cars: unknown,
  columns: Columns,
  onProblem: (reason: string, line: string) => void,
): readonly CarRow[] {
  if (!Array.isArray(cars)) {
    onProblem('no list of cars', '');
    return [];
  }
  if (cars.length > MOST_ROWS) onProblem('too many cars', '');
  const rows = new Map<string, CarRow>();
  for (const cells of cars.slice(0, MOST_ROWS)) {
    const row = Array.isArray(cells) ? rowOf(cells, columns) : undefined;
    if (row === undefined) onProblem('no car number', textOf(cells?.[columns.get('car') ?? -1]));
    else if (rows.has(row.car)) onProblem('two cars with one number', row.car);
    else rows.set(row.car, row);
  }
  return [...rows.values()];
}

/** `undefined` of no rows. */
export function mostLapsOf(rows: readonly CarRow[]): number | undefined {
  return rows.length === 0 ? undefined : rows.reduce((most, { laps = 0 }) => Math.max(most, laps), 0);
}

function rowOf(cells: readonly unknown[], columns: Columns): CarRow | undefined {
  const cell = (name: ColumnName) => cells[columns.get(name) ?? -1];
  const car = textOf(cell('car')).replace(/^#\s*/, '');
  if (!isCarNumber(car)) return undefined;
  const driver = cell('driver');
  return {
    car,
    state: textOf(cell('state')).toUpperCase(),
    class: textOf(cell('class')),
    team: textOf(cell('team')),
    driver: textOf(driver),
    ranking: Array.isArray(driver) ? textOf(driver[1]) : '',
    model: textOf(cell('model')),
    laps: countOf(cell('laps')),
    gap: gapOf(cell('gap')),
    interval: gapOf(cell('interval')),
    lastMs: timeMsOf(cell('last')),
    bestMs: timeMsOf(cell('best')),
    pits: countOf(cell('pits')),
  };
}

function isCarNumber(text: string): boolean {
  // The usual ones first: the schema is ten times as slow, and each line of each second asks.
  return /^[\w-]{1,8}$/.test(text) || carNumberSchema.safeParse(text).success;
}
