import { createSheetReader } from '../import/csv-sheet.ts';
import type { Skipped } from '../import/imported-race.ts';
import type { LineReader } from '../import/line-reader.ts';
import { createSkipCounter } from '../import/skip-counter.ts';
import { type LapRow, parseLapRow } from './lap-row.ts';
import { parseResultRow, type ResultRow } from './result-row.ts';
import { parseWeatherRow, type WeatherRow } from './weather-row.ts';

export type AlKamelSheets = {
  readonly lapFileName: string | undefined;
  /** By car in order of the file, each car's laps in order. */
  readonly laps: ReadonlyMap<string, readonly LapRow[]>;
  /** Columns of loops other than the three sectors'. */
  readonly intermediates: readonly string[];
  readonly results: readonly ResultRow[];
  readonly weather: readonly WeatherRow[];
  readonly skipped: Skipped;
};

export type SheetCollector = {
  /** A file to read: what it holds is told by its header, never by its name. */
  open(name: string): LineReader;
  finish(): AlKamelSheets;
};

const MOST_INTERMEDIATES = 40;
/** More than any field; what a manifest can hold. */
const MOST_CARS = 500;

type Kind = 'laps' | 'results' | 'weather';

export function createSheetCollector(): SheetCollector {
  const { skip, skipped } = createSkipCounter();
  const cars = new Map<string, Map<number, LapRow>>();
  const results = new Map<string, ResultRow>();
  const weather: WeatherRow[] = [];
  let intermediates: readonly string[] = [];
  let lapFileName: string | undefined;

  /** Keeps a row; answers what is wrong with it, if anything. */
  const takeLap = (lap: LapRow | string): string | undefined => {
    if (typeof lap === 'string') return lap;
    let laps = cars.get(lap.car);
    if (laps === undefined) {
      if (cars.size === MOST_CARS) return 'too many cars';
      laps = new Map();
      cars.set(lap.car, laps);
    }
    if (laps.has(lap.lap)) return 'lap stated before';
    laps.set(lap.lap, lap);
    return undefined;
  };
  const takeResult = (result: ResultRow | string): string | undefined => {
    if (typeof result === 'string') return result;
    if (results.has(result.car)) return 'car stated before';
    if (results.size === MOST_CARS) return 'too many cars';
    results.set(result.car, result);
    return undefined;
  };
  const takeWeather = (row: WeatherRow | string): string | undefined => {
    if (typeof row === 'string') return row;
    weather.push(row);
    return undefined;
  };

  return {
    open: (name) => {
      let kind: Kind | undefined;
      let loops: readonly string[] = [];
      return createSheetReader({
        onHeader: (columns) => {
          kind = sheetKindOf(columns);
          if (kind === undefined) skip(name, 1, 'not a file of laps, results or weather');
          if (kind !== 'laps') return;
          loops = columns.filter((column) => column.endsWith('_ELAPSED')).slice(0, MOST_INTERMEDIATES);
          if (lapFileName === undefined || intermediates.length === 0) intermediates = loops;
          lapFileName ??= name;
        },
        onRow: (row) => {
          if (kind === undefined) return;
          const problem =
            kind === 'laps'
              ? takeLap(parseLapRow(row, loops))
              : kind === 'results'
                ? takeResult(parseResultRow(row))
                : takeWeather(parseWeatherRow(row));
          if (problem !== undefined) skip(name, row.line, problem);
        },
        onBadLine: (line, reason) => skip(name, line, reason),
      });
    },
    finish: () => {
      const laps = new Map<string, readonly LapRow[]>();
      for (const [car, byNumber] of cars) {
        const sorted = [...byNumber.values()].sort((one, other) => one.lap - other.lap);
        const forward: LapRow[] = [];
        for (const lap of sorted) {
          if (lap.endMs > (forward.at(-1)?.endMs ?? 0)) forward.push(lap);
          else skip(lapFileName ?? '', lap.line, 'time runs backwards');
        }
        laps.set(car, forward);
      }
      weather.sort((one, other) => one.epochMs - other.epochMs);
      return { lapFileName, laps, intermediates, results: [...results.values()], weather, skipped: skipped() };
    },
  };
}

/** What a sheet with these columns holds; `undefined` where it is none of Al Kamel's. */
export function sheetKindOf(columns: readonly string[]): Kind | undefined {
  const has = (...names: readonly string[]) => names.every((name) => columns.includes(name));
  if (has('NUMBER', 'LAP_NUMBER', 'LAP_TIME', 'ELAPSED')) return 'laps';
  if (has('NUMBER', 'LAPS', 'TOTAL_TIME') && (has('POSITION') || has('POS'))) return 'results';
  return has('TIME_UTC_SECONDS', 'AIR_TEMP') ? 'weather' : undefined;
}
