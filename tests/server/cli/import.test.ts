import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRecordingFile } from '@pitboard/server/recordings/recording-file.ts';
import { formatRecording } from '@pitboard/shared/protocol/recording.ts';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { aManifest, someEvents } from '../../builders.ts';
import { importTexts, lapSheet, SMALL_RACE, sheet } from '../sources/al-kamel/sheet-builder.ts';
import { startTestServer, TEST_TOKEN } from '../test-server.ts';
import { folderForEachTest } from '../written-files.ts';
import { runPitboard } from './run-pitboard.ts';

const folder = folderForEachTest();
const { write } = folder;

const RESULTS = sheet(
  ['POSITION', 'NUMBER', 'STATUS', 'LAPS', 'TOTAL_TIME'],
  [['1', '01', 'Classified', '3', '4:58.000']],
);

describe('I. Imports', () => {
  it('[I15] the command helps by example', async () => {
    const { code, out } = await runPitboard(['import', '--help']);
    expect(code).toBe(0);
    expect(out).toMatch(/Examples:\n {2}pitboard import .*--out/);
  });

  it('[I15] files become a recording, and lines that were left out are named', async () => {
    const laps = write('laps.csv', `${lapSheet(SMALL_RACE)}07;1;x\r\n`);
    const results = write('results.csv', RESULTS);
    const out = join(folder.path, 'race.jsonl.gz');
    const ending = await runPitboard(['import', results, laps, '--out', out]);
    expect(ending).toMatchObject({ code: 0, out: '' });
    expect(ending.err).toMatch(/1 line left out: \S*laps\.csv:8 no lap number\n/);
    const { events } = await readRecordingFile(out);
    expect(events).toEqual(importTexts(lapSheet(SMALL_RACE), RESULTS).events);
  });

  it('[I15] what cannot be imported is said in one line, and writes nothing', async () => {
    const junk = write('junk.bin', '\u0001\u0000\u0002');
    const out = join(folder.path, 'race.jsonl');
    const cases = await Promise.all([
      runPitboard(['import', junk, '--out', out]),
      runPitboard(['import', join(folder.path, 'none.csv'), '--out', out]),
      runPitboard(['import', folder.path, '--out', out]),
      runPitboard(['import', junk]),
      runPitboard(['import', junk, '--to', 'nowhere']),
    ]);
    expect(cases.map(({ code }) => code)).toEqual([1, 1, 1, 2, 2]);
    const messages = ['no race found', 'there is no such file', 'no race found', 'Give --out or --to', 'address'];
    cases.forEach(({ err }, index) => {
      expect(err).toContain(messages[index]);
      if (index < 4) expect(err.trim().split('\n')).toHaveLength(1);
    });
    expect(readdirSync(folder.path)).toEqual(['junk.bin']);
  });
});

describe('B. Files brought in', () => {
  const races = [1, 2].map((number) =>
    formatRecording(aManifest({ event: 'Harbour Cup', session: `Race ${number}` }), someEvents(20 * number)),
  );

  it('[B22] several sessions become numbered files, or files in a folder named after them', async () => {
    const [one, two] = [write('a.jsonl', races[0] ?? ''), write('b.jsonl', races[1] ?? '')];
    const numbered = await runPitboard(['import', one, two, '--out', join(folder.path, 'race.jsonl')]);
    expect(numbered.code).toBe(0);
    const out = join(folder.path, 'out/weekend');
    expect((await runPitboard(['import', one, two, '--out', out])).code).toBe(0);
    expect(readdirSync(out)).toEqual(['harbour-cup-race-1.jsonl.gz', 'harbour-cup-race-2.jsonl.gz']);
    const files = ['race-1.jsonl', 'race-2.jsonl', 'out/weekend/harbour-cup-race-2.jsonl.gz'];
    const read = await Promise.all(files.map((file) => readRecordingFile(join(folder.path, file))));
    expect(read.map(({ events }) => events.length)).toEqual([20, 40, 40]);
  });

  it('[B22] folders are walked, and archives opened', async () => {
    mkdirSync(join(folder.path, 'spa/deep'), { recursive: true });
    write('spa/deep/a.jsonl', races[0] ?? '');
    write('spa/.hidden.jsonl', races[0] ?? '');
    writeFileSync(join(folder.path, 'spa/b.zip'), zipSync({ 'x.jsonl': strToU8(races[1] ?? '') }));
    const ending = await runPitboard(['import', join(folder.path, 'spa'), '--out', join(folder.path, 'out')]);
    expect(ending.code).toBe(0);
    expect(readdirSync(join(folder.path, 'out'))).toHaveLength(2);
  });

  it('[B22] a race is brought to a server, which is told once and refuses in its own words', async () => {
    const server = await startTestServer({ importAccess: 'token' });
    const file = write('a.jsonl', races[0] ?? '');
    const url = server.url.replace(/\/$/, '');
    const bring = (token = TEST_TOKEN) => runPitboard(['import', file, '--to', url, '--token', token]);
    const first = await bring();
    expect(first).toMatchObject({ code: 0, err: `${url}/session/harbour-cup-race-1\n` });
    expect((await bring()).err).toBe(`${url}/session/harbour-cup-race-1 (was there already)\n`);
    const refused = await bring('another-token-012345');
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('send the ingest token') });
    await server.close();
    expect(await bring()).toMatchObject({ code: 1, err: expect.stringContaining(`cannot reach ${url}`) });
  });
});
