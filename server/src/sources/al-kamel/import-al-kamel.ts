import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import { type AlKamelSheets, createSheetCollector, type Skipped } from './al-kamel-sheets.ts';
import { findLoops } from './loops.ts';
import { createFacts } from './race-facts.ts';
import { createManifest, startEpochMsOf } from './race-manifest.ts';

/** Nothing in the files is a lap. */
export class NoLapsError extends Error {
  constructor() {
    super('no laps found: an analysis (time cards) file of Al Kamel is needed');
    this.name = 'NoLapsError';
  }
}

export type ImportFile = {
  /** For messages and as a hint at the event; never for what is in it. */
  readonly name: string;
  /** The text, cut anywhere. */
  readonly chunks: Iterable<string>;
};

export type ImportedRace = {
  readonly manifest: Manifest;
  readonly events: readonly RaceEvent[];
  readonly skipped: Skipped;
};

/**
 * The race of a file of laps by Al Kamel, with the official result and the weather where their files are given too.
 * @throws {NoLapsError}
 */
export function importAlKamel(files: readonly ImportFile[]): ImportedRace {
  const collector = createSheetCollector();
  for (const { name, chunks } of files) {
    const sheet = collector.open(name);
    for (const chunk of chunks) sheet.write(chunk);
    sheet.end();
  }
  return raceOfSheets(collector.finish());
}

/** @throws {NoLapsError} */
export function raceOfSheets(sheets: AlKamelSheets): ImportedRace {
  if (sheets.laps.size === 0) throw new NoLapsError();
  const loops = findLoops([...sheets.laps.values()].flat(), sheets.intermediates);
  const startEpochMs = startEpochMsOf(sheets);
  const { facts, notes } = createFacts({ sheets, loops, startEpochMs });
  const manifest = createManifest({ sheets, loops, startEpochMs, notes });
  return { manifest, events: facts.map((fact, index) => ({ seq: index + 1, ...fact })), skipped: sheets.skipped };
}
