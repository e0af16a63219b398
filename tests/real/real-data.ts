import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type AlKamelRace, importAlKamel } from '@pitboard/server/sources/al-kamel/import-al-kamel.ts';

const DEFAULT_FOLDER = fileURLToPath(new URL('../../../shared/data', import.meta.url));

/** The folder of real recordings, which are not part of the project; `undefined` where it is absent. */
export const realDataFolder = [process.env.PITBOARD_REAL_DATA ?? DEFAULT_FOLDER].find((folder) =>
  existsSync(join(folder, 'alkamel')),
);

/** Why tests of real recordings are left out. */
export const NO_REAL_DATA = 'left out: PITBOARD_REAL_DATA names no folder of recordings';

export function readReal(path: string): string {
  return readFileSync(join(realDataFolder ?? DEFAULT_FOLDER, path), 'utf8');
}

/** Files of `alkamel/`, by what they begin with. */
export const AL_KAMEL_RACES = [
  {
    facts: 'imsa_2022_virginia-international-raceway_202208281410-race-laps',
    files: ['laps', 'results'].map((part) => `imsa_2022_virginia-international-raceway_202208281410-race-${part}.csv`),
  },
  {
    facts: 'imsa_2023_lime-rock-park_202307221210-race-laps',
    files: ['laps', 'results', 'weather'].map((part) => `imsa_2023_lime-rock-park_202307221210-race-${part}.csv`),
  },
  { facts: 'wec_2024_le_mans_24h', files: ['wec_2024_le_mans_24h.csv'] },
] as const;

export function importReal(files: readonly string[]): AlKamelRace {
  return importAlKamel(files.map((name) => ({ name, chunks: [readReal(`alkamel/${name}`)] })));
}
