import { columnsOf, createSheetReader } from '../import/csv-sheet.ts';
import { type Imported, type ImportedRace, NoRaceError } from '../import/imported-race.ts';
import type { FileReader, RaceFormat } from '../import/race-format.ts';
import { createSkipCounter, type SkipCounter } from '../import/skip-counter.ts';
import { createTextReader } from '../import/text-reader.ts';
import { createErgastCollector, type ErgastCollector } from './ergast-collector.ts';
import type { ErgastRow } from './ergast-data.ts';
import { parseErgastPage } from './ergast-json.ts';
import { qualifyingOfErgast } from './ergast-qualifying.ts';
import { raceOfErgast } from './ergast-race.ts';
import { officialLines } from './ergast-result.ts';
import { ergastTableOf } from './ergast-tables.ts';

/** Two seasons and more. The whole data base has over five hundred races: nobody means all of them at once. */
const MOST_RACES = 60;
/** A page has a hundred laps; ten thousand times that is no page. */
const LONGEST_PAGE = 20_000_000;

/** Tables of the Ergast data base, and pages of its interface and Jolpica's: laps, and beside them all that completes them. */
export const ergast: RaceFormat = {
  id: 'ergast',
  title: 'Ergast and Jolpica tables and pages',
  recognises: ({ text }) =>
    /^\s*\{\s*"MRData"/.test(text) || ergastTableOf(columnsOf(text.slice(0, 4000))) !== undefined,
  open: () => {
    const counter = createSkipCounter();
    const collector = createErgastCollector();
    let lapFile = '';
    const take = (row: ErgastRow | string, name: string, line: number): void => {
      if (typeof row !== 'string' && row.kind === 'lap') lapFile = name;
      const problem = typeof row === 'string' ? row : collector.take(row);
      if (problem !== undefined) counter.skip(name, line, problem);
    };
    return {
      open: (name) => createFileReader(name, { take, skip: counter.skip }),
      finish: () => finish(collector, counter, lapFile),
    };
  },
};

type Targets = {
  readonly take: (row: ErgastRow | string, name: string, line: number) => void;
  readonly skip: SkipCounter['skip'];
};

/** The first character tells a page from a table. */
function createFileReader(name: string, targets: Targets): FileReader {
  let target: { write(text: string): void; end(): void } | undefined;
  return createTextReader({
    write: (text) => {
      if (target === undefined && text.replace(/^\uFEFF/, '').trim() === '') return;
      target ??= /^\s*\{/.test(text.replace(/^\uFEFF/, '')) ? pageReader(name, targets) : tableReader(name, targets);
      target.write(text);
    },
    end: () => target?.end(),
  });
}

function tableReader(name: string, { take, skip }: Targets): { write(text: string): void; end(): void } {
  let parse: ReturnType<typeof ergastTableOf>;
  return createSheetReader({
    onHeader: (columns) => {
      parse = ergastTableOf(columns);
      if (parse === undefined) skip(name, 1, 'not a table of laps, stops, results or names');
    },
    onRow: (row) => {
      if (parse !== undefined) take(parse(row), name, row.line);
    },
    onBadLine: (line, reason) => skip(name, line, reason),
  });
}

function pageReader(name: string, { take, skip }: Targets): { write(text: string): void; end(): void } {
  let pieces: string[] = [];
  let length = 0;
  return {
    write: (text) => {
      length += text.length;
      if (length <= LONGEST_PAGE) pieces.push(text);
      else pieces = [];
    },
    end: () => {
      if (length > LONGEST_PAGE) return skip(name, 1, 'page too long');
      const rows = parsePages(pieces.join(''));
      pieces = [];
      if (rows === undefined) return skip(name, 1, 'not a whole page of JSON');
      for (const row of rows) take(row, name, 1);
    },
  };
}

/** A page, or several, each on a line of its own. */
function parsePages(text: string): ReturnType<typeof parseErgastPage> {
  const whole = parsePage(text);
  if (whole !== undefined) return whole;
  const pages = text.split('\n').filter((line) => line.trim() !== '');
  if (pages.length < 2) return undefined;
  return pages.flatMap((line) => parsePage(line) ?? ['not a whole page of JSON']);
}

function parsePage(text: string): ReturnType<typeof parseErgastPage> {
  try {
    return parseErgastPage(JSON.parse(text.replace(/^\uFEFF/, '')));
  } catch {
    return undefined;
  }
}

/** @throws {NoRaceError} */
function finish(collector: ErgastCollector, { skip, skipped }: SkipCounter, lapFile: string): Imported {
  const races = chosenRaces(collector).map((key): ImportedRace => {
    const { lostLaps, lostStops, ...race } = raceOfErgast(collector.raceOf(key), collector.names);
    for (let index = 0; index < lostLaps; index++) skip(lapFile, 1, 'laps before it are missing');
    for (let index = 0; index < lostStops; index++) skip(lapFile, 1, 'a stop on a lap that the car never began');
    return race;
  });
  const official = looseResult(collector);
  // Beside laps or a result it tells the grid; alone it is a session of its own.
  if (races.length === 0 && official === undefined) races.push(...qualifyings(collector));
  return { races, ...(official === undefined ? {} : { official }), skipped: skipped() };
}

function qualifyings(collector: ErgastCollector): readonly ImportedRace[] {
  const keys = collector.racesWith('qualifying').slice(-MOST_RACES);
  return keys.map((key) => qualifyingOfErgast(collector.raceOf(key), collector.names));
}

/** The races that have laps; of too many those that a file of races names. */
function chosenRaces(collector: ErgastCollector): readonly string[] {
  const withLaps = collector.racesWith('laps');
  if (withLaps.length <= MOST_RACES) return withLaps;
  const named = collector.named();
  const chosen = withLaps.filter((key) => named.has(key));
  if (chosen.length > 0 && chosen.length <= MOST_RACES) return chosen;
  throw new NoRaceError(
    `laps of ${withLaps.length} races: at most ${MOST_RACES} can be taken in together. Give a races.csv that holds only ` +
      'the lines of the races that you want beside the laps, or cut lap_times.csv down to them',
  );
}

/** The result that belongs to no laps of these files, where there is just one: the laps may stand in another format. */
function looseResult(collector: ErgastCollector): Imported['official'] {
  const withLaps = new Set(collector.racesWith('laps'));
  const results = collector.racesWith('results').filter((key) => !withLaps.has(key));
  const lists = [
    ...collector.racesWith('sprint').map((key) => collector.raceOf(key).sprint),
    ...results.map((key) => collector.raceOf(key).results),
  ];
  const [only] = lists;
  if (only === undefined || lists.length > 1) return undefined;
  return officialLines(only, collector.names).map(({ line }) => line);
}
