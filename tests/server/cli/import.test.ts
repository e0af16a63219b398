import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRecordingFile } from '@pitboard/server/recordings/recording-file.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importTexts, lapSheet, SMALL_RACE, sheet } from '../sources/al-kamel/sheet-builder.ts';
import { temporaryFolder } from '../test-server.ts';
import { runPitboard } from './run-pitboard.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

function write(name: string, text: string): string {
  const path = join(folder.path, name);
  writeFileSync(path, text);
  return path;
}

describe('I. Imports', () => {
  it('[I15] the command helps by example', async () => {
    const { code, out } = await runPitboard(['import', '--help']);
    expect(code).toBe(0);
    expect(out).toMatch(/Example:\n {2}pitboard import .*--out/);
  });

  it('[I15] files become a recording, and lines that were left out are named', async () => {
    const laps = write('laps.csv', `${lapSheet(SMALL_RACE)}07;1;x\r\n`);
    const columns = ['POSITION', 'NUMBER', 'STATUS', 'LAPS', 'TOTAL_TIME'];
    const results = write('results.csv', sheet(columns, [['1', '01', 'Classified', '3', '4:58.000']]));
    const out = join(folder.path, 'race.jsonl.gz');
    const ending = await runPitboard(['import', results, laps, '--out', out]);
    expect(ending).toMatchObject({ code: 0, out: '' });
    expect(ending.err).toContain('1 line left out: laps.csv:8 no lap number\n');
    const { events } = await readRecordingFile(out);
    expect(events).toEqual(
      importTexts(lapSheet(SMALL_RACE), sheet(columns, [['1', '01', 'Classified', '3', '4:58.000']])).events,
    );
  });

  it('[I15] what cannot be imported is said in one line, and writes nothing', async () => {
    const junk = write('junk.csv', 'a;b\n1;2\n');
    const out = join(folder.path, 'race.jsonl');
    const cases = await Promise.all([
      runPitboard(['import', junk, '--out', out]),
      runPitboard(['import', join(folder.path, 'none.csv'), '--out', out]),
      runPitboard(['import', folder.path, '--out', out]),
      runPitboard(['import', junk, '--out', join(folder.path, 'race.txt')]),
    ]);
    expect(cases.map(({ code }) => code)).toEqual([1, 1, 1, 2]);
    const messages = ['no race found', 'there is no such file', 'EISDIR', 'ends in .jsonl'];
    cases.forEach(({ err }, index) => {
      expect(err).toContain(messages[index]);
      expect(err.trim().split('\n')).toHaveLength(1);
    });
    expect(readdirSync(folder.path)).toEqual(['junk.csv']);
  });
});
