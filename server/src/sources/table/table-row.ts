import type { TrackFlag } from '@pitboard/shared/domain/flag.ts';
import { carNumberSchema } from '@pitboard/shared/protocol/scalars.ts';
import type { SheetRow } from '../import/csv-sheet.ts';
import { cleanName } from '../import/names.ts';
import { type CellMoment, parseCellMoment, parseCellTime } from './cell-time.ts';
import { flagOf, isMarked } from './cell-words.ts';
import type { ColumnRole, TableColumns } from './table-columns.ts';

/** A line of somebody's own table, as far as it says anything. Times are of the table's own clock. */
export type TableRow = {
  readonly line: number;
  /** Names of the session's columns, joined; '' where there are none. */
  readonly session: string;
  /** The number where the table has numbers, else what names the driver. */
  readonly competitor: string;
  readonly driver: string | undefined;
  readonly team: string | undefined;
  readonly class: string | undefined;
  readonly make: string | undefined;
  readonly model: string | undefined;
  readonly lap: number | undefined;
  readonly lapTimeMs: number | undefined;
  /** Of the whole session so far. */
  readonly bestLapMs: number | undefined;
  readonly elapsedMs: number | undefined;
  /** Of a column that is just called time: it may be the time of a lap, or of the race. */
  readonly timeMs: number | undefined;
  readonly moment: CellMoment | undefined;
  readonly lapStartMs: number | undefined;
  readonly loop: string | undefined;
  readonly position: number | undefined;
  readonly endsInPit: boolean;
  readonly startsInPit: boolean;
  /** Clock times, or times of the session, of pit entry and exit. */
  readonly pitIn: PitMoment | undefined;
  readonly pitOut: PitMoment | undefined;
  readonly pitTimeMs: number | undefined;
  readonly flag: TrackFlag | undefined;
  readonly isVoid: boolean;
  readonly sectorsMs: readonly (number | undefined)[];
  readonly speedKph: number | undefined;
};

export type PitMoment = { readonly sessionMs: number | undefined; readonly moment: CellMoment | undefined };

/** A line without a lap that has none of these either is a remark or a sum, and no car. */
const SAYING: readonly ColumnRole[] = [
  'lapTime',
  'elapsed',
  'time',
  'timeOfDay',
  'position',
  'driver',
  'team',
  'class',
  'make',
  'model',
];

const EMPTY = /^(?:|-+|\\N|n\/?a|nan|nat|none|null|inf)$/i;

/** The line that a table has, or what is wrong with it. */
export function parseTableRow(row: SheetRow, columns: TableColumns): TableRow | string {
  const cell = (role: ColumnRole): string => textOf(row, columns.of.get(role)?.name);
  const time = (role: ColumnRole) => parseCellTime(cell(role), columns.of.get(role)?.unit);
  const competitor = competitorOf(cell);
  if (competitor === undefined) return 'no car';
  const lapText = cell('lap').replace(/\.0+$/, '');
  const lap = /^\d{1,6}$/.test(lapText) && Number(lapText) <= 100_000 ? Number(lapText) : undefined;
  if (lapText !== '' && lap === undefined) return 'no lap number';
  const timeText = cell('time');
  const moment = parseCellMoment(cell('timeOfDay')) ?? datedMoment(timeText);
  if (lapText === '' && SAYING.every((role) => cell(role) === '')) return 'neither a lap nor a time';
  const place = cell('position').replace(/\.0+$/, '');
  return {
    line: row.line,
    session: columns.sessions.map(({ name }) => textOf(row, name).slice(0, 60)).join(' '),
    competitor,
    driver: cleanName(cell('driver')),
    team: cleanName(cell('team')),
    class: cleanName(cell('class')),
    make: cleanName(cell('make')),
    model: cleanName(cell('model')),
    lap,
    lapTimeMs: time('lapTime') || undefined,
    bestLapMs: time('bestLap') || undefined,
    elapsedMs: time('elapsed'),
    timeMs: time('time') || undefined,
    moment,
    lapStartMs: time('lapStart'),
    loop: cell('loop').slice(0, 64) || undefined,
    position: /^[1-9]\d{0,2}$/.test(place) ? Number(place) : undefined,
    endsInPit: isMarked(cell('inLap')) || isInLapMark(cell('pit')) || cell('pitInTime') !== '',
    startsInPit: isMarked(cell('outLap')) || /^(?:out|aus)/i.test(cell('pit')) || cell('pitOutTime') !== '',
    pitIn: pitMoment(cell('pitInTime'), time('pitInTime')),
    pitOut: pitMoment(cell('pitOutTime'), time('pitOutTime')),
    pitTimeMs: time('pitTime'),
    flag: flagOf(cell('flag')),
    isVoid: isMarked(cell('void')),
    sectorsMs: columns.sectors.map(({ name, unit }) => parseCellTime(textOf(row, name), unit)),
    speedKph: speedOf(cell('speed')),
  };
}

function textOf(row: SheetRow, name: string | undefined): string {
  const text = name === undefined ? '' : row.get(name);
  return EMPTY.test(text) ? '' : text;
}

/** `#7` is car 7, `7.0` is what a program made of it; a number that cannot be one names nobody. */
function competitorOf(cell: (role: ColumnRole) => string): string | undefined {
  const number = cell('car')
    .replace(/^#\s*/, '')
    .replace(/^(\d+)\.0+$/, '$1');
  if (number !== '') return carNumberSchema.safeParse(number).success ? number : cleanName(number);
  return cleanName(cell('driver'));
}

function datedMoment(text: string): CellMoment | undefined {
  const moment = parseCellMoment(text);
  return moment?.kind === 'date' ? moment : undefined;
}

function isInLapMark(text: string): boolean {
  return isMarked(text) && !/^(?:out|aus)/i.test(text);
}

function pitMoment(text: string, sessionMs: number | undefined): PitMoment | undefined {
  return text === '' ? undefined : { sessionMs, moment: parseCellMoment(text) };
}

function speedOf(text: string): number | undefined {
  const speed = Number(text.replace(',', '.') || Number.NaN);
  return speed > 0 && speed <= 600 ? speed : undefined;
}
