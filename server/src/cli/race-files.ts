import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readConfig } from '../config.ts';
import { isSystemFile } from '../sources/import/file-name.ts';
import { importLimitsOf } from '../sources/import/import-limits.ts';
import { createImporter, type ImportResult } from '../sources/import/importer.ts';
import { createProgress } from './progress.ts';

/** More than the files of a season: a folder with more is not one of timing files. */
const MOST_FILES = 10_000;

/** Files as they were named, and all of the folders among them, in order of their names; hidden ones are left out. */
async function raceFilesOf(paths: readonly string[]): Promise<readonly string[]> {
  const files: string[] = [];
  for (const path of paths) {
    const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
      throw new Error(`${path}: ${error.code === 'ENOENT' ? 'there is no such file' : error.message}`);
    });
    if (!found.isDirectory()) files.push(path);
    else await collectFiles(path, files);
  }
  if (files.length === 0) throw new Error(`no race found: there is no file in ${paths.join(', ')}`);
  return files;
}

async function collectFiles(folder: string, files: string[]): Promise<void> {
  const members = await readdir(folder, { withFileTypes: true });
  members.sort((one, other) => one.name.localeCompare(other.name, 'en', { numeric: true }));
  for (const member of members) {
    if (isSystemFile(member.name)) continue;
    if (files.length >= MOST_FILES) throw new Error(`${folder}: more than ${MOST_FILES} files`);
    if (member.isDirectory()) await collectFiles(join(folder, member.name), files);
    else if (member.isFile()) files.push(join(folder, member.name));
  }
}

/**
 * What files and folders hold, of whatever formats.
 * @throws {NoRaceError}
 */
export async function importRaceFiles(paths: readonly string[]): Promise<ImportResult> {
  const importer = createImporter(undefined, importLimitsOf(readConfig(process.env).importLimitMb));
  const progress = createProgress();
  try {
    for (const file of await raceFilesOf(paths)) {
      const { size } = await stat(file);
      const reader = importer.open(file);
      const stream = createReadStream(file);
      for await (const chunk of stream) {
        reader.write(chunk as Buffer);
        progress.show(`${file}: ${Math.round((stream.bytesRead / Math.max(1, size)) * 100)} %`);
      }
      reader.end();
    }
  } finally {
    progress.end();
  }
  return importer.finish();
}
