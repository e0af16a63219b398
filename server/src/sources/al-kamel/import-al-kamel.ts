import { columnsOf } from '../import/csv-sheet.ts';
import { type ImportedRace, NoRaceError, type Skipped } from '../import/imported-race.ts';
import type { RaceFormat } from '../import/race-format.ts';
import { createTextReader } from '../import/text-reader.ts';
import { type AlKamelSheets, createSheetCollector, sheetKindOf } from './al-kamel-sheets.ts';
import { findLoops } from './loops.ts';
import { createFacts } from './race-facts.ts';
import { createManifest, startEpochMsOf } from './race-manifest.ts';

export type ImportFile = {
  /** For messages and as a hint at the event; never for what is in it. */
  readonly name: string;
  /** The text, cut anywhere. */
  readonly chunks: Iterable<string>;
};

export type AlKamelRace = ImportedRace & { readonly skipped: Skipped };

/**
 * The race of a file of laps by Al Kamel, with the official result and the weather where their files are given too.
 * @throws {NoRaceError}
 */
export function importAlKamel(files: readonly ImportFile[]): AlKamelRace {
  const collector = createSheetCollector();
  for (const { name, chunks } of files) {
    const sheet = collector.open(name);
    for (const chunk of chunks) sheet.write(chunk);
    sheet.end();
  }
  return raceOfSheets(collector.finish());
}

/** @throws {NoRaceError} */
export function raceOfSheets(sheets: AlKamelSheets): AlKamelRace {
  if (sheets.laps.size === 0)
    throw new NoRaceError('no laps found: an analysis (time cards) file of Al Kamel is needed');
  const loops = findLoops([...sheets.laps.values()].flat(), sheets.intermediates);
  const startEpochMs = startEpochMsOf(sheets);
  const { facts, notes } = createFacts({ sheets, loops, startEpochMs });
  const manifest = createManifest({ sheets, loops, startEpochMs, notes });
  return { manifest, events: facts.map((fact, index) => ({ seq: index + 1, ...fact })), skipped: sheets.skipped };
}

/** Files of one session: laps, and beside them the result and the weather. */
export const alKamel: RaceFormat = {
  id: 'al-kamel',
  title: 'Al Kamel timing sheets',
  recognises: ({ text }) => sheetKindOf(columnsOf(text)) !== undefined,
  open: () => {
    const collector = createSheetCollector();
    return {
      open: (name) => createTextReader(collector.open(name)),
      finish: () => {
        const { skipped, ...race } = raceOfSheets(collector.finish());
        return { races: [race], skipped };
      },
    };
  },
};
