import type { SessionKind } from '@pitboard/shared/domain/status.ts';
import { createAnyTextReader } from '../import/any-text-reader.ts';
import { columnsOf, createSheetReader } from '../import/csv-sheet.ts';
import { type Imported, NoRaceError } from '../import/imported-race.ts';
import { cleanName } from '../import/names.ts';
import type { RaceFormat } from '../import/race-format.ts';
import { createSkipCounter, type SkipCounter } from '../import/skip-counter.ts';
import { type TableColumns, tableColumnsOf } from './table-columns.ts';
import { parseTableFlag } from './table-flags.ts';
import { raceOfTable, type TableFlag } from './table-race.ts';
import { parseTableRow, type TableRow } from './table-row.ts';

const MOST_LINES = 400_000;
const MOST_CARS = 500;
const MOST_SESSIONS = 60;
const MOST_FLAGS = 2000;

/** Anybody's table of laps or passings: what its columns are called tells what they say. The last resort of an import. */
export const table: RaceFormat = {
  id: 'table',
  title: 'tables of laps or passings (CSV)',
  recognises: ({ text }) => isTable(columnsOf(text.slice(0, 8000))),
  open: () => {
    const counter = createSkipCounter();
    const files: TableFile[] = [];
    const flags: TableFlag[] = [];
    const room = { lines: MOST_LINES };
    return {
      open: (name) => {
        const file: TableFile = { name, header: [], columns: undefined, sessions: new Map() };
        return createAnyTextReader(readerFor(file, { files, flags, skip: counter.skip, room }));
      },
      finish: () => finish(files, flags, counter),
    };
  },
};

type TableFile = {
  readonly name: string;
  header: readonly string[];
  columns: TableColumns | undefined;
  /** Lines by session, and the cars of each. */
  readonly sessions: Map<string, { readonly rows: TableRow[]; readonly cars: Set<string> }>;
};

/** A header: two columns at least that say something, of a car, a lap, a time or a flag. */
function isTable(header: readonly string[]): boolean {
  if (header.length < 2 || header.some((name) => name.length > 200)) return false;
  const { of } = tableColumnsOf(header);
  const isTimed = TIMES.some((role) => of.has(role));
  return (
    of.size >= 2 && (isTimed || of.has('lap')) && (of.has('car') || of.has('driver') || of.has('flag') || of.has('lap'))
  );
}

const TIMES = ['lapTime', 'elapsed', 'time', 'timeOfDay'] as const;

type Targets = {
  readonly files: TableFile[];
  readonly flags: TableFlag[];
  readonly skip: SkipCounter['skip'];
  readonly room: { lines: number };
};

function readerFor(file: TableFile, { files, flags, skip, room }: Targets): { write(text: string): void; end(): void } {
  let isFlags = false;
  return createSheetReader({
    onHeader: (header) => {
      file.header = header;
      file.columns = tableColumnsOf(header);
      isFlags = !file.columns.of.has('car') && !file.columns.of.has('driver') && file.columns.of.has('flag');
      if (!isFlags) files.push(file);
    },
    onRow: (row) => {
      const { columns, name } = file;
      if (columns === undefined || (!isFlags && missingOf(columns) !== undefined)) return;
      if (isFlags) {
        const flag = parseTableFlag(row, columns);
        if (typeof flag === 'string') skip(name, row.line, flag);
        else if (flags.length < MOST_FLAGS) flags.push(flag);
        else skip(name, row.line, 'too many flags');
        return;
      }
      const parsed = parseTableRow(row, columns);
      const problem = typeof parsed === 'string' ? parsed : keep(file, parsed, room);
      if (problem !== undefined) skip(name, row.line, problem);
    },
    onBadLine: (line, reason) => skip(file.name, line, reason),
  });
}

function keep({ sessions }: TableFile, row: TableRow, room: { lines: number }): string | undefined {
  if (room.lines === 0) return 'too many lines';
  const session = sessions.get(row.session) ?? { rows: [], cars: new Set<string>() };
  if (!sessions.has(row.session)) {
    if (sessions.size === MOST_SESSIONS) return 'too many sessions in one table';
    sessions.set(row.session, session);
  }
  if (!session.cars.has(row.competitor) && session.cars.size === MOST_CARS) return 'too many cars';
  session.cars.add(row.competitor);
  session.rows.push(row);
  room.lines--;
  return undefined;
}

/** @throws {NoRaceError} */
function finish(files: readonly TableFile[], flags: readonly TableFlag[], { skip, skipped }: SkipCounter): Imported {
  const races = files.flatMap(({ name, sessions }) =>
    [...sessions].map(([session, { rows }]) => {
      const hint = hintOf(name);
      const { problems, ...race } = raceOfTable({
        ...hint,
        rows,
        flags,
        ...(sessions.size > 1 ? { session: cleanName(session) ?? hint.session } : {}),
      });
      for (const { line, reason } of problems) skip(name, line, reason);
      return race;
    }),
  );
  const told = races.filter(({ events }) => events.some(({ type }) => type === 'passing'));
  if (told.length === 0) throw new NoRaceError(whyNot(files));
  return { races: told, skipped: skipped() };
}

/** What a table lacks to be one of laps or passings; `undefined` where it has what is needed. */
function missingOf({ of }: TableColumns): string | undefined {
  if (!of.has('car') && !of.has('driver')) return 'a column that names the car (number, Startnummer) or the driver';
  const isTimed = TIMES.some((role) => of.has(role));
  return isTimed ? undefined : 'a column of times (lap time, elapsed, time of day)';
}

function whyNot(files: readonly TableFile[]): string {
  const [file] = files;
  if (file?.columns === undefined) return 'a table of flags without one of laps';
  const understood = [...file.columns.of].map(([role, { name }]) => `${printable(name)} as ${WORDS[role] ?? role}`);
  const found = understood.length === 0 ? 'none of the columns is known' : `understood: ${understood.join(', ')}`;
  const unknown = file.header.filter(
    (name) => ![...(file.columns?.of.values() ?? [])].some((column) => column.name === name),
  );
  const others = unknown.length === 0 ? '' : `; not understood: ${unknown.slice(0, 20).map(printable).join(', ')}`;
  const missing = missingOf(file.columns);
  const lacking = missing === undefined ? 'no line has a time' : `missing: ${missing}`;
  return `a table of laps or passings cannot be made of this: ${lacking} (${found}${others})`.slice(0, 900);
}

const WORDS: Readonly<Record<string, string>> = {
  lapTime: 'lap time',
  elapsed: 'race time',
  timeOfDay: 'time of day',
  inLap: 'in-lap',
  outLap: 'out-lap',
  lapStart: 'start of the lap',
  pitInTime: 'pit entry',
  pitOutTime: 'pit exit',
  pitTime: 'time in the pit lane',
};

function printable(name: string): string {
  return name.replace(/\p{Cc}+/gu, ' ').slice(0, 40);
}

type Hint = { readonly event: string; readonly session: string; readonly kind: SessionKind; readonly season?: number };

const SESSION_NAMES = { race: 'Race', qualifying: 'Qualifying', practice: 'Practice', 'warm-up': 'Warm-up' } as const;

/** What the name of a file lets on: the event, the season, the kind of session. */
function hintOf(fileName: string): Hint {
  const words = (fileName.split(/[\\/]/).at(-1) ?? '').replace(/\.\w+$/, '').split(/[\s_-]+/);
  const kind = kindOf(words.join(' '));
  const season = words.find((word) => /^(?:19|20)\d\d$/.test(word));
  return {
    event: cleanName(words.join(' ')) ?? 'Imported table',
    session: SESSION_NAMES[kind],
    kind,
    ...(season === undefined ? {} : { season: Number(season) }),
  };
}

function kindOf(words: string): SessionKind {
  if (/warm.?up/i.test(words)) return 'warm-up';
  if (/quali/i.test(words)) return 'qualifying';
  return /practice|training|\bfp\d|\btest\b/i.test(words) ? 'practice' : 'race';
}
