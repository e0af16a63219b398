import { carNumberSchema } from '@pitboard/shared/protocol/scalars.ts';
import type { SheetRow } from '../import/csv-sheet.ts';
import { cleanName } from '../import/names.ts';
import { parseTimeText } from '../import/time-text.ts';
import type { ErgastDriver, ErgastResult, ErgastRow } from './ergast-data.ts';

/** A table of the data base: the columns that tell it, and what a line of it says, or what is wrong with it. */
type ErgastTable = {
  readonly columns: readonly string[];
  readonly parse: (cell: Cell) => ErgastRow | string;
};

/** The text of a column; `undefined` where it is empty or the data base has none (`\N`). */
type Cell = (column: string) => string | undefined;

const RESULT = ['RACEID', 'DRIVERID', 'GRID', 'POSITIONTEXT', 'LAPS', 'MILLISECONDS'];

/** The pickier ones stand first: a sprint's result has all but two columns of a race's. */
const TABLES: readonly ErgastTable[] = [
  { columns: ['RACEID', 'DRIVERID', 'LAP', 'STOP'], parse: parseStop },
  { columns: ['RACEID', 'DRIVERID', 'LAP', 'POSITION', 'MILLISECONDS'], parse: parseLap },
  { columns: [...RESULT, 'RANK'], parse: (cell) => parseResult('result', cell) },
  { columns: [...RESULT, 'FASTESTLAPSPEED'], parse: (cell) => parseResult('result', cell) },
  { columns: RESULT, parse: (cell) => parseResult('sprint', cell) },
  { columns: ['RACEID', 'DRIVERID', 'POSITION', 'Q1', 'Q2', 'Q3'], parse: parseQualifying },
  { columns: ['RACEID', 'YEAR', 'ROUND', 'NAME'], parse: parseRace },
  { columns: ['DRIVERID', 'DRIVERREF', 'SURNAME'], parse: parseDriver },
  { columns: ['CONSTRUCTORID', 'CONSTRUCTORREF', 'NAME'], parse: (cell) => parseNamed('constructor', cell) },
  { columns: ['CIRCUITID', 'CIRCUITREF', 'NAME'], parse: parseCircuit },
  { columns: ['STATUSID', 'STATUS'], parse: (cell) => parseNamed('status', cell) },
];

/** How to read the table with these columns, given in capitals; `undefined` where it is none of the data base's. */
export function ergastTableOf(columns: readonly string[]): ((row: SheetRow) => ErgastRow | string) | undefined {
  // Copies in other data bases write `race_id`.
  const nameOf = new Map(columns.map((name) => [name.replaceAll('_', ''), name]));
  const table = TABLES.find((each) => each.columns.every((name) => nameOf.has(name)));
  if (table === undefined) return undefined;
  // A table of status is two columns: anything may have columns of these names.
  if (table.columns.length === 2 && columns.length > 3) return undefined;
  return (row) =>
    table.parse((column) => {
      const text = row.get(nameOf.get(column) ?? column);
      return text === '' || text === '\\N' ? undefined : text;
    });
}

/** A key of the data base: a number, or a name in the newer one. */
export function parseKey(text: string | undefined): string | undefined {
  return text !== undefined && /^[\w.-]{1,64}$/.test(text) ? text : undefined;
}

export function parseCount(text: string | undefined, most = 100_000): number | undefined {
  return text !== undefined && /^\d{1,6}$/.test(text) && Number(text) <= most ? Number(text) : undefined;
}

export function parseCarNumber(text: string | undefined): string | undefined {
  return carNumberSchema.safeParse(text).success ? text : undefined;
}

/** Milliseconds as such, else a time as text. */
export function parseDuration(ms: string | undefined, text: string | undefined): number | undefined {
  const isWhole = ms !== undefined && /^\d{1,9}$/.test(ms) && Number(ms) <= 864_000_000;
  return isWhole ? Number(ms) : parseTimeText(text ?? '');
}

/** Date and time of the start, UTC: `2030-04-01`, `13:00:00Z`. */
export function parseStart(date: string | undefined, time: string | undefined): number | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(date ?? '') || !/^\d\d:\d\d:\d\dZ?$/.test(time ?? '')) return undefined;
  const epochMs = Date.parse(`${date}T${time?.replace('Z', '')}Z`);
  return Number.isFinite(epochMs) && epochMs >= 0 ? epochMs : undefined;
}

function parseLap(cell: Cell): ErgastRow | string {
  const ids = idsOf(cell);
  if (typeof ids === 'string') return ids;
  const lap = parseCount(cell('LAP'));
  if (lap === undefined || lap < 1) return 'no lap number';
  const lapTimeMs = parseDuration(cell('MILLISECONDS'), cell('TIME'));
  if (lapTimeMs === undefined || lapTimeMs === 0) return 'no lap time';
  return { kind: 'lap', value: { ...ids, lap, lapTimeMs, position: parseCount(cell('POSITION'), 1000) } };
}

function parseStop(cell: Cell): ErgastRow | string {
  const ids = idsOf(cell);
  if (typeof ids === 'string') return ids;
  const [stop, lap] = [parseCount(cell('STOP')), parseCount(cell('LAP'))];
  if (stop === undefined || lap === undefined || lap < 1) return 'no stop';
  return {
    kind: 'stop',
    value: { ...ids, stop, lap, durationMs: parseDuration(cell('MILLISECONDS'), cell('DURATION')) },
  };
}

function parseResult(kind: 'result' | 'sprint', cell: Cell): ErgastRow | string {
  const ids = idsOf(cell);
  if (typeof ids === 'string') return ids;
  const value: ErgastResult = {
    ...ids,
    number: parseCarNumber(cell('NUMBER')),
    team: parseKey(cell('CONSTRUCTORID')),
    grid: parseCount(cell('GRID'), 1000),
    text: (cell('POSITIONTEXT') ?? cell('POSITION') ?? '').toUpperCase(),
    laps: parseCount(cell('LAPS')),
    totalTimeMs: parseDuration(cell('MILLISECONDS'), undefined),
    status: parseKey(cell('STATUSID')),
  };
  return { kind, value };
}

function parseQualifying(cell: Cell): ErgastRow | string {
  const ids = idsOf(cell);
  if (typeof ids === 'string') return ids;
  const position = parseCount(cell('POSITION'), 1000);
  if (position === undefined || position < 1) return 'no position';
  const bestsMs = ['Q1', 'Q2', 'Q3'].map((part) => parseTimeText(cell(part) ?? ''));
  const [number, team] = [parseCarNumber(cell('NUMBER')), parseKey(cell('CONSTRUCTORID'))];
  return { kind: 'qualifying', value: { ...ids, number, team, position, bestsMs } };
}

function parseRace(cell: Cell): ErgastRow | string {
  const race = parseKey(cell('RACEID'));
  if (race === undefined) return 'no race';
  const season = parseCount(cell('YEAR'), 2200);
  return {
    kind: 'race',
    value: {
      race,
      name: cleanName(cell('NAME') ?? ''),
      ...(season !== undefined && season >= 1890 ? { season } : {}),
      startEpochMs: parseStart(cell('DATE'), cell('TIME')),
      circuitId: parseKey(cell('CIRCUITID')),
    },
  };
}

function parseDriver(cell: Cell): ErgastRow | string {
  const id = parseKey(cell('DRIVERID'));
  if (id === undefined) return 'no driver';
  const value: ErgastDriver = {
    ref: parseKey(cell('DRIVERREF')),
    number: parseCarNumber(cell('NUMBER')),
    code: cell('CODE'),
    firstName: cleanName(cell('FORENAME') ?? ''),
    lastName: cleanName(cell('SURNAME') ?? ''),
    nationality: cleanName(cell('NATIONALITY') ?? ''),
  };
  return { kind: 'driver', id, value };
}

function parseNamed(kind: 'constructor' | 'status', cell: Cell): ErgastRow | string {
  const id = parseKey(cell(kind === 'status' ? 'STATUSID' : 'CONSTRUCTORID'));
  const value = cleanName(cell(kind === 'status' ? 'STATUS' : 'NAME') ?? '');
  return id === undefined || value === undefined ? 'no name' : { kind, id, value };
}

function parseCircuit(cell: Cell): ErgastRow | string {
  const id = parseKey(cell('CIRCUITID'));
  const name = cleanName(cell('NAME') ?? '');
  if (id === undefined || name === undefined) return 'no name';
  const [location, country] = [cleanName(cell('LOCATION') ?? ''), cleanName(cell('COUNTRY') ?? '')];
  return { kind: 'circuit', id, value: { name, location, country } };
}

function idsOf(cell: Cell): { readonly race: string; readonly driver: string } | string {
  const [race, driver] = [parseKey(cell('RACEID')), parseKey(cell('DRIVERID'))];
  if (race === undefined) return 'no race';
  return driver === undefined ? 'no driver' : { race, driver };
}
