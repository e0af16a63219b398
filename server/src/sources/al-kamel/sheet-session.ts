import { medianOf } from '../import/median.ts';
import type { Sheet } from './al-kamel-sheets.ts';
import { isSameStart, startOfDayMs } from './lap-sheets.ts';

/** The sheet that counts first: of the whole session or its latest hour, then what is official, then what holds most. */
export function bestFirst(sheets: readonly Sheet[]): readonly Sheet[] {
  return sheets.toSorted((one, other) => {
    if (one.hint.hour !== other.hint.hour) return other.hint.hour - one.hint.hour;
    return other.hint.rank - one.hint.rank || rowsOf(other) - rowsOf(one);
  });
}

function rowsOf({ laps, results, flags }: Sheet): number {
  return [...laps.values()].reduce((sum, { size }) => sum + size, results.size + flags.length);
}

/** How much speaks for a sheet belonging to a session. */
const WORTH = { stamp: 8, content: 6, stem: 4, folder: 1 } as const;
/** The folder alone does not tell two sessions apart. */
const LEAST_OF_SEVERAL = WORTH.stem;

/**
 * The session, as its sheets of laps, that a sheet of another kind belongs to; `undefined` where none fits. A single
 * session takes everything that does not speak against it.
 */
export function sessionOf(sheet: Sheet, sessions: readonly (readonly Sheet[])[]): readonly Sheet[] | undefined {
  const fits = sessions.map((session) => ({
    session,
    worth: Math.max(...session.map((laps) => worthOf(sheet, laps))),
  }));
  const [best] = fits.toSorted((one, other) => other.worth - one.worth);
  if (best === undefined || best.worth < 0) return undefined;
  return sessions.length === 1 || best.worth >= LEAST_OF_SEVERAL ? best.session : undefined;
}

function worthOf(sheet: Sheet, laps: Sheet): number {
  const [own, other] = [sheet.hint, laps.hint];
  const content = contentOf(sheet, laps);
  let worth = content === true ? WORTH.content : 0;
  if (own.stamp !== undefined && other.stamp !== undefined) worth += own.stamp === other.stamp ? WORTH.stamp : -100;
  if (own.kind !== undefined && other.kind !== undefined && own.kind !== other.kind) worth -= 100;
  if (own.stem !== '' && own.stem.toLowerCase() === other.stem.toLowerCase()) worth += WORTH.stem;
  if (own.folder === other.folder) worth += WORTH.folder;
  return worth;
}

/** Whether what both sheets state is the same; `undefined` where they have nothing in common. */
function contentOf(sheet: Sheet, laps: Sheet): boolean | undefined {
  if (sheet.results.size > 0) return tellsLaps(sheet, laps);
  const start = startOfDayMs(laps);
  const starts = sheet.flags.flatMap(({ timeOfDayMs, elapsedMs }) =>
    timeOfDayMs === undefined || elapsedMs === undefined ? [] : timeOfDayMs - elapsedMs,
  );
  const stated = medianOf(starts);
  return start === undefined || stated === undefined ? undefined : isSameStart(start, stated);
}

/** True for a result most of whose cars drove as many laps. */
function tellsLaps({ results }: Sheet, { laps }: Sheet): boolean | undefined {
  const counted = [...results.values()].filter(({ laps: done }) => done !== undefined && done > 0);
  if (counted.length === 0) return undefined;
  const equal = counted.filter(({ car, laps: done }) => Math.max(0, ...(laps.get(car)?.keys() ?? [])) === done);
  return equal.length * 2 > counted.length;
}
