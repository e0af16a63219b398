import { createSheetReader, type SheetRow } from '../import/csv-sheet.ts';
import type { Skipped } from '../import/imported-race.ts';
import type { LineReader } from '../import/line-reader.ts';
import { createSkipCounter, type SkipCounter } from '../import/skip-counter.ts';
import { type FileHint, fileHintOf } from './file-hint.ts';
import { type FlagRow, parseFlagRow } from './flag-row.ts';
import { type LapRow, parseLapRow } from './lap-row.ts';
import { parseResultRow, type ResultRow } from './result-row.ts';
import { type SheetKind, sheetKindOf } from './sheet-kind.ts';
import { parseWeatherRow, type WeatherRow } from './weather-row.ts';

/** What a file says of the session as a whole. */
export type SessionAbout = {
  readonly event?: string | undefined;
  readonly series?: string | undefined;
  readonly session?: string | undefined;
  readonly circuit?: string | undefined;
};

/** One file that was read. Only the rows of its own kind are there. */
export type Sheet = {
  readonly kind: SheetKind;
  readonly hint: FileHint;
  /** Place among the files that were given. */
  readonly index: number;
  readonly about: SessionAbout;
  /** By car in order of the file, and by number of the lap. */
  readonly laps: Map<string, Map<number, LapRow>>;
  /** Columns of loops other than the three sectors'. */
  readonly intermediates: readonly string[];
  readonly results: Map<string, ResultRow>;
  readonly weather: WeatherRow[];
  readonly flags: FlagRow[];
};

export type SheetCollector = {
  /** A file to read: what it holds is told by its header, never by its name. */
  open(name: string): LineReader;
  /** A file that is read already. */
  add(name: string, kind: SheetKind, about: SessionAbout): SheetTaker;
  sheets(): readonly Sheet[];
  readonly skip: SkipCounter['skip'];
  skipped(): Skipped;
};

/** Takes the rows of one sheet; each answers what is wrong with the row, if anything. */
export type SheetTaker = {
  takeLap(lap: LapRow | string): string | undefined;
  takeResult(result: ResultRow | string): string | undefined;
};

const MOST_INTERMEDIATES = 40;
/** More than any field; what a manifest can hold. */
const MOST_CARS = 500;
/** Of everything that is given: 24 snapshots of a day of racing are half of it. */
const MOST_ROWS = 400_000;
const MOST_SHEETS = 1000;

export function createSheetCollector(): SheetCollector {
  const { skip, skipped } = createSkipCounter();
  const sheets: Sheet[] = [];
  const budget = { rows: MOST_ROWS };

  const begin = (name: string, kind: SheetKind, columns: readonly string[], about: SessionAbout): Sheet | undefined => {
    if (sheets.length === MOST_SHEETS) return undefined;
    const loops = kind === 'laps' ? columns.filter((column) => column.endsWith('_ELAPSED')) : [];
    const sheet: Sheet = {
      ...{
        kind,
        about,
        hint: fileHintOf(name),
        index: sheets.length,
        intermediates: loops.slice(0, MOST_INTERMEDIATES),
      },
      ...{ laps: new Map(), results: new Map(), weather: [], flags: [] },
    };
    sheets.push(sheet);
    return sheet;
  };

  return {
    open: (name) => {
      let sheet: Sheet | undefined;
      return createSheetReader({
        onHeader: (columns) => {
          const kind = sheetKindOf(columns);
          sheet = kind === undefined ? undefined : begin(name, kind, columns, {});
          if (sheet === undefined) skip(name, 1, 'not a file of laps, results, flags or weather');
        },
        onRow: (row) => {
          const problem = sheet === undefined ? undefined : takeRow(sheet, row, budget);
          if (problem !== undefined) skip(name, row.line, problem);
        },
        onBadLine: (line, reason) => skip(name, line, reason),
      });
    },
    add: (name, kind, about) => {
      const sheet = begin(name, kind, [], about);
      return {
        takeLap: (lap) => (sheet === undefined ? undefined : takeLap(sheet, lap, budget)),
        takeResult: (result) => (sheet === undefined ? undefined : takeResult(sheet, result)),
      };
    },
    sheets: () => sheets,
    skip,
    skipped,
  };
}

type Budget = { rows: number };

/** Keeps a row; answers what is wrong with it, if anything. */
function takeRow(sheet: Sheet, row: SheetRow, budget: Budget): string | undefined {
  switch (sheet.kind) {
    case 'laps': {
      const known = sheet.laps.get(row.get('NUMBER'));
      return takeLap(
        sheet,
        parseLapRow(row, sheet.intermediates, (lap) => known?.get(lap)?.endMs),
        budget,
      );
    }
    case 'results':
    case 'class-results':
      return takeResult(sheet, parseResultRow(row));
    case 'weather':
      return takeInto(sheet.weather, parseWeatherRow(row), budget);
    case 'flags':
      return takeInto(sheet.flags, parseFlagRow(row), budget);
  }
}

function takeInto<T>(list: T[], row: T | string, budget: Budget): string | undefined {
  if (typeof row === 'string') return row;
  if (budget.rows-- <= 0) return 'too many lines';
  list.push(row);
  return undefined;
}

function takeLap({ laps: cars }: Sheet, lap: LapRow | string, budget: Budget): string | undefined {
  if (typeof lap === 'string') return lap;
  let laps = cars.get(lap.car);
  if (laps === undefined) {
    if (cars.size === MOST_CARS) return 'too many cars';
    laps = new Map();
    cars.set(lap.car, laps);
  }
  if (laps.has(lap.lap)) return 'lap stated before';
  if (budget.rows-- <= 0) return 'too many lines';
  laps.set(lap.lap, lap);
  return undefined;
}

function takeResult({ results }: Sheet, result: ResultRow | string): string | undefined {
  if (typeof result === 'string') return result;
  if (results.has(result.car)) return 'car stated before';
  if (results.size === MOST_CARS) return 'too many cars';
  results.set(result.car, result);
  return undefined;
}
