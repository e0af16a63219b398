import { gzipSync } from 'node:zlib';
import { ImportError } from '@pitboard/server/sources/import/import-error.ts';
import { NoRaceError } from '@pitboard/server/sources/import/imported-race.ts';
import { createImporter } from '@pitboard/server/sources/import/importer.ts';
import type { RaceFormat } from '@pitboard/server/sources/import/race-format.ts';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { aManifest, someEvents } from '../../../builders.ts';
import { sheet } from '../al-kamel/sheet-builder.ts';
import { type Files, importFiles, LAPS } from './import-files.ts';

const RESULTS = sheet(
  ['POSITION', 'NUMBER', 'STATUS', 'LAPS', 'TOTAL_TIME'],
  [['1', '01', 'Classified', '3', '4:58.000']],
);
const MB = 1_000_000;

function refusal(files: Files, options: Parameters<typeof importFiles>[1] = {}): ImportError {
  try {
    importFiles(files, options);
  } catch (error) {
    if (error instanceof ImportError) return error;
    throw error;
  }
  throw new Error('these files were taken');
}

describe('B. Files brought in', () => {
  it('[B1] content tells what a file is, whatever it is called and however it is cut', () => {
    const expected = importFiles({ 'laps.csv': LAPS }).races[0]?.events;
    expect(expected?.length).toBeGreaterThan(10);
    for (const chunkBytes of [1, 7, 65_536]) {
      expect(importFiles({ 'photo.jpg': LAPS }, { chunkBytes }).races[0]?.events).toEqual(expected);
      expect(importFiles({ 'laps.pdf': gzipSync(LAPS) }, { chunkBytes }).races[0]?.events).toEqual(expected);
    }
  });

  it('[B1] text in UTF-16, as spreadsheets write it, is read like any other', () => {
    const expected = importFiles({ 'laps.csv': LAPS }).races[0]?.events;
    const little = Buffer.from(LAPS, 'utf16le');
    const big = Buffer.from(little).swap16();
    expect([little[0], big[0]]).toEqual([0xff, 0xfe]);
    for (const content of [little, big, gzipSync(little)]) {
      for (const chunkBytes of [1, 4096]) {
        expect(importFiles({ 'laps.csv': content }, { chunkBytes }).races[0]?.events).toEqual(expected);
      }
    }
    const line = Buffer.from(`${LAPS}07;1;x\r\n`, 'utf16le');
    expect(importFiles({ 'laps.csv': line }).skipped.examples[0]?.line).toBe(8);
    expect(refusal({ 'notes.txt': Buffer.from('\uFEFFrain', 'utf16le') }).message).toContain(
      'no file of a known format',
    );
  });

  it('[B1] a giver may use its buffer again', () => {
    const expected = importFiles({ 'laps.csv': LAPS }).races;
    const large = zipSync({ noise: new Uint8Array(200_000), laps: Buffer.from(LAPS) }, { level: 0 });
    for (const content of [Buffer.from(LAPS), gzipSync(LAPS), large]) {
      const importer = createImporter();
      const reader = importer.open('laps.csv');
      const buffer = Buffer.alloc(10);
      for (let from = 0; from < content.length; from += buffer.length) {
        const part = content.subarray(from, from + buffer.length);
        buffer.set(part);
        reader.write(buffer.subarray(0, part.length));
        buffer.fill(0);
      }
      reader.end();
      expect(importer.finish().races[0]?.events).toEqual(expected[0]?.events);
    }
  });

  it('[B5] hostile names are cut to a harmless end of their path', () => {
    const nameOf = (name: string) => importFiles({ [name]: LAPS }).files[0]?.name;
    expect(nameOf('/etc/../../../passwd')).toBe('etc/passwd');
    expect(nameOf('C:\\Users\\me\\laps.csv')).toBe('Users/me/laps.csv');
    expect(nameOf('a\u0000b\n\u202ec.csv')).toBe('a b c.csv');
    expect(nameOf('../..')).toBe('unnamed file');
    expect(nameOf('__proto__')).toBe('__proto__');
    expect(nameOf(`${'x'.repeat(5000)}.csv`)).toHaveLength(120);
    expect(nameOf(`${'😀'.repeat(100)}a`)?.codePointAt(0)).toBe(0x1f600);
  });

  it('[B6] a file that gives nothing is named, and the others give their race', () => {
    const { races, formats, files, skipped } = importFiles({ 'a.csv': LAPS, 'notes.txt': 'rain at noon', none: '' });
    expect(races).toHaveLength(1);
    expect(formats).toEqual(['Al Kamel timing sheets']);
    expect(files).toEqual([
      { name: 'a.csv', format: 'Al Kamel timing sheets', problem: undefined },
      { name: 'notes.txt', format: undefined, problem: 'no file of a known format' },
      { name: 'none', format: undefined, problem: 'the file is empty' },
    ]);
    expect(skipped).toMatchObject({ lines: 2, examples: [{ file: 'notes.txt', line: 1 }, { file: 'none' }] });
  });

  it.each([
    ['a PDF', '%PDF-1.7'],
    ['RAR', 'Rar!\u001a'],
    ['7-Zip', '7z\u00bc\u00af'],
    ['a web page', '<!DOCTYPE html><html>'],
    ['an old Office document', '\u00d0\u00cf\u0011\u00e0'],
    ['bzip2', 'BZh91AY'],
    ['xz', '\u00fd7zXZ'],
    ['a tar archive', `${'laps.csv'.padEnd(257, '\u0000')}ustar`],
    ['binary data', '\u0001\u0000\u0002'],
  ])('[B6] what else a file may be is guessed: %s', (guess, content) => {
    const { message } = refusal({ file: Buffer.from(content, 'latin1') });
    expect(message).toContain(guess);
    expect(message).toContain('known are: ');
    expect(message).toContain('Al Kamel timing sheets');
  });

  it('[B6] files without a race are refused with what is wrong with each', () => {
    const error = refusal({ 'results.csv': RESULTS, 'notes.txt': 'rain' });
    expect(error).toBeInstanceOf(NoRaceError);
    expect(error.code).toBe('no-race');
    expect(error.problems.map(({ file }) => file)).toEqual(['results.csv', 'notes.txt']);
    expect(error.message).toMatch(
      /^no race found: results\.csv: no laps found.*; notes\.txt: no file of a known format$/,
    );
    expect(refusal({}).message).toContain('no race found');
  });

  it('[B7] most lines bad: nothing is kept, and the first are named', () => {
    const bad = '07;1;x\r\n';
    expect(importFiles({ 'laps.csv': LAPS + bad.repeat(3) }).skipped.lines).toBe(3);
    const error = refusal({ 'laps.csv': LAPS + bad.repeat(40) });
    expect(error.message).toContain('laps.csv: most of its lines cannot be read; laps.csv:8 no lap number');
    expect(error.problems[1]).toEqual({ file: 'laps.csv', line: 8, reason: 'no lap number' });
  });

  it.each([
    ['few facts of many lines are kept', { lines: 100, skipped: 40, facts: 5 }, 'kept'],
    ['many facts of one long line are kept', { lines: 1, skipped: 40, facts: 50 }, 'kept'],
    ['few facts of few lines are not', { lines: 60, skipped: 40, facts: 5 }, 'refused'],
  ] as const)('[B7] a file is mostly bad by its lines and by what came of them: %s', (_name, counts, outcome) => {
    const race = { manifest: aManifest(), events: someEvents(counts.facts) };
    const format: RaceFormat = {
      id: 'counted',
      title: 'Counted',
      recognises: () => true,
      open: () => ({
        open: () => ({ write: () => undefined, end: () => undefined }),
        finish: () => ({ races: [race], skipped: { lines: counts.skipped, reasons: {}, examples: [] } }),
      }),
    };
    const files = { file: 'x\n'.repeat(counts.lines) };
    if (outcome === 'kept') expect(importFiles(files, { formats: [format] }).races).toEqual([race]);
    else expect(refusal(files, { formats: [format] }).message).toContain('most of its lines');
  });

  it('[B4] what is given and the number of files are limited', () => {
    const limits = { givenBytes: 1000, unpackedBytes: 100 * MB, files: 2 };
    const large = refusal({ 'laps.csv': LAPS + LAPS }, { limits, chunkBytes: 100 });
    expect(large).toMatchObject({ code: 'too-large', problems: [{ file: 'laps.csv' }] });
    const many = refusal({ a: 'x', b: 'x', c: 'x' }, { limits });
    expect(many).toMatchObject({ code: 'too-large', problems: [{ file: 'c', reason: 'more than 2 files' }] });
  });

  it('[B1] a huge line and plain junk are read without harm', () => {
    const long = `${LAPS}07;${'9'.repeat(3 * MB)}\r\n`;
    expect(importFiles({ 'laps.csv': long }).skipped.reasons).toEqual({ 'line too long': 1 });
    const junk = Buffer.from(Array.from({ length: 200_000 }, (_, index) => (index * 7919) % 256));
    expect(refusal({ junk }).code).toBe('no-race');
  });
});
