import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRace, readRaces } from '@pitboard/server/cli/race-input.ts';
import { writeRecordingFile } from '@pitboard/server/recordings/recording-file.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aManifest, someEvents } from '../../builders.ts';
import { lapSheet, SMALL_RACE, sheet } from '../sources/al-kamel/sheet-builder.ts';
import { temporaryFolder } from '../test-server.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  folder.remove();
  vi.restoreAllMocks();
});

function write(name: string, text: string): string {
  const path = join(folder.path, name);
  writeFileSync(path, text);
  return path;
}

const RESULTS = sheet(
  ['POSITION', 'NUMBER', 'STATUS', 'LAPS', 'TOTAL_TIME'],
  [['1', '01', 'Classified', '3', '4:58.000']],
);
const LAPS = 'car,lap,lap time\n1,1,1:31.000\n1,2,1:30.000\n';

describe('W. Server', () => {
  it('[W34] a recording is known by its content, packed or not, and named after its file', async () => {
    const race = { manifest: aManifest(), events: someEvents(30) };
    for (const name of ['My race.jsonl', 'odd-name.gz']) {
      const file = join(folder.path, name);
      await writeRecordingFile(file, race);
      expect(await readRace([file])).toMatchObject({ ...race, id: name === 'odd-name.gz' ? 'odd-name' : 'My-race' });
    }
    expect(await readRace(['baku-2014'])).toMatchObject({ id: 'baku-2014' });
  });

  it('[W34] laps and results that are given together are one race, from files and from a folder', async () => {
    const laps = write('laps.csv', lapSheet(SMALL_RACE));
    const results = write('results.csv', RESULTS);
    const race = await readRace([laps, results]);
    expect(race.events.length).toBeGreaterThan(10);
    expect(await readRace([folder.path])).toEqual(race);
    expect(await readRaces([laps, results])).toEqual([race]);
  });

  it('[W34] of several sessions the last one is taken, or the one that is named; all of them are served', async () => {
    const season = join(folder.path, 'season');
    mkdirSync(season);
    const one = write('season/1 heat.csv', LAPS);
    const two = write('season/2 final.csv', LAPS);
    expect((await readRace([one, two])).manifest.event).toBe('2 final');
    expect((await readRace([season], 'heat')).manifest.event).toBe('1 heat');
    expect((await readRace([season], '1')).manifest.event).toBe('1 heat');
    await expect(readRace([season], 'sprint')).rejects.toThrow('there is no session called sprint, but 1 ');
    const served = await readRaces([season]);
    expect(served.map(({ manifest }) => manifest.event)).toEqual(['2 final', '1 heat']);
    expect(new Set(served.map(({ id }) => id)).size).toBe(2);
  });

  it('[W34] what is no race is said so', async () => {
    await expect(readRace([join(folder.path, 'none.csv')])).rejects.toThrow('there is no such file');
    await expect(readRace([folder.path])).rejects.toThrow('no race found: there is no file in ');
    await expect(readRaces([write('junk.bin', '\u0001\u0000')])).rejects.toThrow('no race found');
  });
});
