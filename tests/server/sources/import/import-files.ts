import type { ImportLimits } from '@pitboard/server/sources/import/import-limits.ts';
import { createImporter, type ImportResult } from '@pitboard/server/sources/import/importer.ts';
import type { FileReader, RaceFormat } from '@pitboard/server/sources/import/race-format.ts';
import { lapSheet, SMALL_RACE } from '../al-kamel/sheet-builder.ts';

/** Content by name. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

type ImportOptions = {
  readonly formats?: readonly RaceFormat[];
  readonly limits?: ImportLimits;
  /** Files are handed over in pieces of so many bytes. */
  readonly chunkBytes?: number;
};

/** Imports files as if they had been given together. */
export function importFiles(files: Files, options: ImportOptions = {}): ImportResult {
  const importer = createImporter(options.formats, options.limits);
  for (const [name, content] of Object.entries(files)) writeAll(importer.open(name), content, options.chunkBytes);
  return importer.finish();
}

function writeAll(reader: FileReader, content: string | Uint8Array, chunkBytes = 65_536): void {
  const bytes = Buffer.from(content);
  for (let from = 0; from < bytes.length; from += chunkBytes) reader.write(bytes.subarray(from, from + chunkBytes));
  reader.end();
}

/** A race of two cars as a sheet of laps. */
export const LAPS = lapSheet(SMALL_RACE);
