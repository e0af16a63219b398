import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lapSheet, SMALL_RACE, sheet } from '../sources/al-kamel/sheet-builder.ts';
import { folderForEachTest } from '../written-files.ts';
import { runPitboard } from './run-pitboard.ts';

const folder = folderForEachTest();
const { write } = folder;

const RESULT = sheet(
  ['POSITION', 'NUMBER', 'STATUS', 'LAPS', 'TOTAL_TIME'],
  [
    ['1', '1', 'Classified', '3', '5:36.000'],
    ['2', '01', 'Classified', '3', '5:40.000'],
    ['', '7', 'Not started', '0', ''],
  ],
);

describe('B. Files brought in', () => {
  it('[B40] JSON has the same keys in the same order, and null for what is not known', async () => {
    const laps = write('laps.csv', `${lapSheet(SMALL_RACE)}07;1;x\r\n`);
    const { code, out } = await runPitboard(['results', laps, write('results.csv', RESULT), '--json']);
    expect(code).toBe(0);
    expect(out.endsWith('}\n')).toBe(true);
    const line = (values: Record<string, unknown>) => ({
      ...{ position: null, positionOnRoad: null, car: '', class: 'PRO/AM', classPosition: null, status: 'classified' },
      ...{ laps: 3, totalTimeMs: null, gapMs: null, lapsDown: 0, bestLapMs: null, bestLap: null, bestLapDriver: null },
      ...{ pitStops: 0, driverChanges: 0, penaltyMs: 0, ...values },
    });
    const bo = { car: '1', totalTimeMs: 336_000, gapMs: 0, pitStops: 1, driverChanges: 1 };
    const ann = { car: '01', totalTimeMs: 340_000, gapMs: 4000, penaltyMs: 43_000 };
    const best = { bestLapMs: 98_000, bestLap: 2, bestLapDriver: 'Ann LEE' };
    const absent = { car: '7', class: null, status: 'did-not-start', laps: 0, lapsDown: null };
    const expected = {
      session: { name: 'Race', kind: 'race' },
      classification: [
        line({ position: 1, positionOnRoad: 2, classPosition: 1, ...bo }),
        line({ position: 2, positionOnRoad: 1, classPosition: 2, ...ann, ...best }),
        line(absent),
      ],
      fastestLap: { car: '01', lap: 2, lapTimeMs: 98_000, driver: 'Ann LEE' },
      leadChanges: 0,
      flags: [
        { flag: 'green', atMs: 0 },
        { flag: 'chequered', atMs: 297_000 },
      ],
      skipped: { lines: 1, reasons: { 'no lap number': 1 } },
    };
    expect(JSON.parse(out)).toEqual(expected);
    expect(out).toBe(`${JSON.stringify(expected)}\n`);
  });

  it('[B45] a moment is asked for by race time', async () => {
    const laps = write('laps.csv', lapSheet(SMALL_RACE));
    const { out } = await runPitboard(['results', laps, '--json', '--at', '00:03:20']);
    const { classification } = JSON.parse(out) as { classification: { car: string; laps: number }[] };
    expect(classification.map(({ car, laps: done }) => [car, done])).toEqual([
      ['01', 2],
      ['1', 1],
    ]);
  });

  it('[B48] a folder stands for all of its files, hidden ones apart', async () => {
    mkdirSync(join(folder.path, 'race', 'more'), { recursive: true });
    write('race/laps.csv', lapSheet(SMALL_RACE));
    write('race/more/results.csv', RESULT);
    write('race/.hidden', 'a;b\n');
    const { code, out, err } = await runPitboard(['results', join(folder.path, 'race')]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('On the road: #01 was 1');
    expect(out).not.toContain('left out');
  });

  it('[B48] what cannot be answered is said in one line', async () => {
    const laps = write('laps.csv', lapSheet(SMALL_RACE));
    const cases = await Promise.all([
      runPitboard(['results', join(folder.path, 'none.csv')]),
      runPitboard(['results', write('junk.csv', 'a;b\n')]),
      runPitboard(['results', laps, '--at', 'noon']),
      runPitboard(['results', laps, '--session', 'podium']),
    ]);
    expect(cases.map(({ code }) => code)).toEqual([1, 1, 2, 2]);
    const said = ['there is no such file', 'junk.csv', 'a race time, like 00:32:00', 'there is none called podium'];
    cases.forEach(({ err, out }, index) => {
      expect(err).toContain(said[index]);
      expect(out).toBe('');
    });
  });
});
