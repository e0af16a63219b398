import { createAnyTextReader } from '../import/any-text-reader.ts';
import { columnsOf } from '../import/csv-sheet.ts';
import { type ImportedRace, NoRaceError, type Skipped } from '../import/imported-race.ts';
import type { RaceFormat } from '../import/race-format.ts';
import { createSheetCollector, type SheetCollector } from './al-kamel-sheets.ts';
import { kindOf } from './file-hint.ts';
import { type AlKamelSheets, groupSheets } from './group-sheets.ts';
import { findLoops } from './loops.ts';
import { openAlKamelFile } from './open-file.ts';
import { createFacts } from './race-facts.ts';
import { createManifest } from './race-manifest.ts';
import { sheetKindOf } from './sheet-kind.ts';
import { startEpochMsOf } from './start-time.ts';
import { isAlKamelJson } from './time-cards.ts';

export type ImportFile = {
  /** For messages and as a hint at the event; never for what is in it. */
  readonly name: string;
  /** The text, cut anywhere. */
  readonly chunks: Iterable<string>;
};

export type AlKamelRaces = { readonly races: readonly ImportedRace[]; readonly skipped: Skipped };
export type AlKamelRace = ImportedRace & { readonly skipped: Skipped };

/**
 * The sessions of files by Al Kamel: laps, with the official results, the weather and the flags where their files are given too.
 * @throws {NoRaceError}
 */
export function importAlKamelSessions(files: readonly ImportFile[]): AlKamelRaces {
  const collector = createSheetCollector();
  for (const { name, chunks } of files) {
    const sheet = openAlKamelFile(collector, name);
    for (const chunk of chunks) sheet.write(chunk);
    sheet.end();
  }
  return racesOf(collector);
}

/**
 * The first session of files by Al Kamel.
 * @throws {NoRaceError}
 */
export function importAlKamel(files: readonly ImportFile[]): AlKamelRace {
  const { races, skipped } = importAlKamelSessions(files);
  return { ...(races[0] as ImportedRace), skipped };
}

/** @throws {NoRaceError} */
function racesOf(collector: SheetCollector): AlKamelRaces {
  const races = groupSheets(collector.sheets(), collector.skip).map(raceOf);
  if (races.length === 0) throw new NoRaceError('no laps found: an analysis (time cards) file of Al Kamel is needed');
  return { races, skipped: collector.skipped() };
}

function raceOf(sheets: AlKamelSheets): ImportedRace {
  const kind = kindOf(sheets.about.session ?? '') ?? sheets.hint.kind ?? 'race';
  const loops = findLoops([...sheets.laps.values()].flat(), sheets.intermediates);
  const startEpochMs = startEpochMsOf(sheets.laps, sheets.weather);
  const { facts, notes, gaveUp } = createFacts({ sheets, kind, loops, startEpochMs });
  const manifest = createManifest({ sheets, kind, loops, startEpochMs, notes, gaveUp });
  return { manifest, events: facts.map((fact, index) => ({ seq: index + 1, ...fact })) };
}

/** Files of sessions: laps, and beside them results, weather and flags. */
export const alKamel: RaceFormat = {
  id: 'al-kamel',
  title: 'Al Kamel timing sheets',
  recognises: ({ text }) => sheetKindOf(columnsOf(text)) !== undefined || isAlKamelJson(text),
  open: () => {
    const collector = createSheetCollector();
    return {
      open: (name) => createAnyTextReader(openAlKamelFile(collector, name)),
      finish: () => racesOf(collector),
    };
  },
};
