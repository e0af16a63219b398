import type { SkipCounter } from '../import/skip-counter.ts';
import type { SessionAbout, Sheet } from './al-kamel-sheets.ts';
import type { FileHint } from './file-hint.ts';
import type { FlagRow } from './flag-row.ts';
import type { LapRow } from './lap-row.ts';
import { isSameSession } from './lap-sheets.ts';
import type { ResultRow } from './result-row.ts';
import { resultOfSheets } from './result-sheets.ts';
import { bestFirst, sessionOf } from './sheet-session.ts';
import type { WeatherRow } from './weather-row.ts';

/** The sheets of one session, put together. */
export type AlKamelSheets = {
  /** Of the laps; of several files of them, the one that counts. */
  readonly hint: FileHint;
  readonly about: SessionAbout;
  /** By car in order of the file, each car's laps in order. */
  readonly laps: ReadonlyMap<string, readonly LapRow[]>;
  /** Columns of loops other than the three sectors'. */
  readonly intermediates: readonly string[];
  readonly results: readonly ResultRow[];
  readonly weather: readonly WeatherRow[];
  readonly flags: readonly FlagRow[];
};

/**
 * Puts sheets together that belong to one session: files of laps that tell the same laps, or other cars of the same start,
 * and beside them results, weather and flags. In order of the files.
 */
export function groupSheets(sheets: readonly Sheet[], skip: SkipCounter['skip']): readonly AlKamelSheets[] {
  const sessions: Sheet[][] = [];
  for (const sheet of sheets.filter(({ kind }) => kind === 'laps')) {
    if (sheet.laps.size === 0) continue;
    const known = sessions.find((session) => session.some((other) => isSameSession(sheet, other)));
    if (known === undefined) sessions.push([sheet]);
    else known.push(sheet);
  }
  const others = new Map<Sheet, Sheet[]>(sessions.map((session) => [session[0] as Sheet, []]));
  for (const sheet of sheets.filter(({ kind }) => kind !== 'laps')) {
    const session = sessionOf(sheet, sessions);
    if (session !== undefined) others.get(session[0] as Sheet)?.push(sheet);
    else if (sessions.length > 0) skip(sheet.hint.name, 1, 'belongs to none of the sessions');
  }
  return sessions.map((session) => joinSheets(bestFirst(session), others.get(session[0] as Sheet) ?? [], skip));
}

function joinSheets(laps: readonly Sheet[], others: readonly Sheet[], skip: SkipCounter['skip']): AlKamelSheets {
  const [main] = laps as readonly [Sheet];
  const weather = new Map(others.flatMap((sheet) => sheet.weather).map((row) => [row.epochMs, row]));
  const results = others.filter(({ kind }) => kind === 'results' || kind === 'class-results');
  return {
    hint: main.hint,
    about: aboutOf([...laps, ...others]),
    laps: joinLaps(laps, skip),
    intermediates: main.intermediates,
    results: resultOfSheets([...results, ...laps.filter((sheet) => sheet.results.size > 0)]),
    weather: [...weather.values()].sort((one, other) => one.epochMs - other.epochMs),
    flags: bestFirst(others.filter(({ kind }) => kind === 'flags'))[0]?.flags ?? [],
  };
}

function aboutOf(sheets: readonly Sheet[]): SessionAbout {
  return Object.assign({}, ...sheets.map(({ about }) => about).reverse()) as SessionAbout;
}

/** Each lap as the best of the files has it; what another file says of it again is no news. */
function joinLaps(sheets: readonly Sheet[], skip: SkipCounter['skip']): ReadonlyMap<string, readonly LapRow[]> {
  const cars = new Map<string, Map<number, { readonly lap: LapRow; readonly sheet: Sheet }>>();
  for (const sheet of sheets) {
    const sameLoops = sheet.intermediates.join() === sheets[0]?.intermediates.join();
    for (const [car, laps] of sheet.laps) {
      const known = cars.get(car) ?? new Map();
      cars.set(car, known);
      for (const [number, lap] of laps) {
        if (!known.has(number)) known.set(number, { sheet, lap: sameLoops ? lap : { ...lap, intermediatesMs: [] } });
      }
    }
  }
  return new Map(
    [...cars].map(([car, byNumber]) => {
      const sorted = [...byNumber.values()].sort((one, other) => one.lap.lap - other.lap.lap);
      const forward: LapRow[] = [];
      for (const { lap, sheet } of sorted) {
        if (lap.endMs > (forward.at(-1)?.endMs ?? 0)) forward.push(lap);
        else skip(sheet.hint.name, lap.line, 'time runs backwards');
      }
      return [car, forward];
    }),
  );
}
