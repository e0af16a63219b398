import { gzipSync } from 'node:zlib';
import { ImportError } from '@pitboard/server/sources/import/import-error.ts';
import type { createImporter } from '@pitboard/server/sources/import/importer.ts';
import type { RaceFormat } from '@pitboard/server/sources/import/race-format.ts';
import { createSlicer } from '@pitboard/server/sources/import/slicer.ts';
import { formatRecording } from '@pitboard/shared/protocol/recording.ts';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { aManifest, someEvents } from '../../../builders.ts';
import { type Files, importFiles, LAPS } from './import-files.ts';

const MB = 1_000_000;
const laps = strToU8(LAPS);
const expected = importFiles({ 'laps.csv': LAPS }).races[0]?.events;

const eventsOf = (files: Files, chunkBytes?: number) =>
  importFiles(files, chunkBytes === undefined ? {} : { chunkBytes }).races[0]?.events;

function refusalOf(files: Files, limits?: Parameters<typeof createImporter>[1]): ImportError {
  try {
    importFiles(files, limits === undefined ? {} : { limits });
  } catch (error) {
    if (error instanceof ImportError) return error;
    throw error;
  }
  throw new Error('these files were taken');
}

/** Overwrites a number in the directory entry of the only file of an archive. */
function withEntry(zip: Uint8Array, offset: number, value: number): Buffer {
  const changed = Buffer.from(zip);
  changed.writeUInt32LE(value, changed.indexOf(Buffer.from('PK\u0001\u0002', 'latin1')) + offset);
  return changed;
}

/** The same archive with its numbers in the wide fields of ZIP64. */
function asZip64(content: Uint8Array): Buffer {
  const zip = Buffer.from(zipSync({ 'laps.csv': content }, { level: 0 }));
  const directoryAt = zip.indexOf(Buffer.from('PK\u0001\u0002', 'latin1'));
  const entry = Buffer.from(zip.subarray(directoryAt, directoryAt + 46 + 'laps.csv'.length));
  const extra = Buffer.alloc(28);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(24, 2);
  [entry.readUInt32LE(24), entry.readUInt32LE(20), entry.readUInt32LE(42)].forEach((value, index) => {
    extra.writeBigUInt64LE(BigInt(value), 4 + 8 * index);
  });
  for (const offset of [20, 24, 42]) entry.writeUInt32LE(0xffffffff, offset);
  entry.writeUInt16LE(28, 30);
  const end64 = Buffer.alloc(56);
  end64.write('PK\u0006\u0006', 'latin1');
  end64.writeBigUInt64LE(1n, 32);
  end64.writeBigUInt64LE(BigInt(directoryAt), 48);
  const locator = Buffer.alloc(20);
  locator.write('PK\u0006\u0007', 'latin1');
  locator.writeBigUInt64LE(BigInt(directoryAt + entry.length + extra.length), 8);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(0xffff, 10);
  end.writeUInt32LE(0xffffffff, 16);
  return Buffer.concat([zip.subarray(0, directoryAt), entry, extra, end64, locator, end]);
}

describe('B. Files brought in', () => {
  it('[B2] gzip and ZIP give what is in them, in any pieces', () => {
    for (const chunkBytes of [1, 100, 65_536]) {
      expect(eventsOf({ 'laps.csv.gz': gzipSync(LAPS) }, chunkBytes)).toEqual(expected);
      expect(eventsOf({ 'race.zip': zipSync({ 'laps.csv': laps }) }, chunkBytes)).toEqual(expected);
    }
    expect(eventsOf({ 'race.zip': zipSync({ 'laps.csv': laps }, { level: 0 }) })).toEqual(expected);
    expect(eventsOf({ 'race.zip': asZip64(laps) })).toEqual(expected);
    const half = Buffer.from(LAPS).length / 2;
    const parts = [gzipSync(LAPS.slice(0, half)), gzipSync(LAPS.slice(half))];
    expect(eventsOf({ 'laps.csv.gz': Buffer.concat(parts) })).toEqual(expected);
  });

  it('[B2] folders, hidden files and what systems add are passed over', () => {
    const none = new Uint8Array(0);
    const members = { 'spa/': none, 'spa/laps.csv': laps, '__MACOSX/spa/._laps.csv': laps, 'spa/.DS_Store': laps };
    const { files, skipped } = importFiles({ 'race.zip': zipSync({ ...members, 'spa/Thumbs.db': laps }) });
    expect(files.map(({ name }) => name)).toEqual(['race.zip/spa/laps.csv']);
    expect(skipped.lines).toBe(0);
    expect(refusalOf({ 'a.zip': zipSync({ '.hidden': laps }) }).message).toContain('an archive without files');
    expect(refusalOf({ 'a.zip': zipSync({}) }).message).toContain('an archive without files');
  });

  it('[B2] an archive within an archive stays shut', () => {
    const inner = [gzipSync(LAPS), zipSync({ 'laps.csv': laps })];
    for (const packed of inner) {
      for (const outer of [gzipSync(packed), zipSync({ inner: packed })]) {
        expect(refusalOf({ outer }).message).toContain('an archive within an archive is not opened');
      }
    }
  });

  it('[B2] an archive that is one file of a format goes to it whole', () => {
    const zip = zipSync({ 'manifest.json': laps, '00001.json': laps, '__MACOSX/x': laps });
    const taken: Buffer[] = [];
    const format: RaceFormat = {
      id: 'whole',
      title: 'Whole archives',
      recognises: () => false,
      recognisesZip: (names) => names.join() === 'manifest.json,00001.json',
      open: () => ({
        open: () => ({ write: (bytes) => void taken.push(Buffer.from(bytes)), end: () => undefined }),
        finish: () => ({ races: [], skipped: { lines: 0, reasons: {}, examples: [] } }),
      }),
    };
    expect(() => importFiles({ 'replay.zip': zip }, { formats: [format] })).toThrow(ImportError);
    expect(Buffer.concat(taken).equals(Buffer.from(zip))).toBe(true);
  });

  it('[B3] what came before the end of a torn file is read', () => {
    const events = someEvents(20_000);
    const packed = gzipSync(formatRecording(aManifest(), events));
    const { races, skipped } = importFiles({ 'race.jsonl.gz': packed.subarray(0, packed.length / 2) });
    const read = races[0]?.events ?? [];
    expect(read.length).toBeGreaterThan(5000);
    expect(read).toEqual(events.slice(0, read.length));
    expect(skipped.reasons).toMatchObject({ 'cut off: the packed data end in the middle': 1 });
    expect(refusalOf({ 'laps.csv.gz': gzipSync(LAPS).subarray(0, 15) }).message).toContain('cut off');
  });

  it('[B3] damage costs its own file only, and is told', () => {
    const notFitting = withEntry(zipSync({ 'laps.csv': laps }), 16, 12_345);
    expect(importFiles({ 'race.zip': notFitting })).toMatchObject({
      races: [{ events: expected }],
      skipped: { lines: 1, reasons: { 'damaged: its content does not fit its check sum': 1 } },
    });
    const locked = Buffer.from(zipSync({ 'laps.csv': laps }));
    locked.writeUInt16LE(1, locked.indexOf(Buffer.from('PK\u0001\u0002', 'latin1')) + 8);
    expect(refusalOf({ 'race.zip': locked }).message).toContain('race.zip/laps.csv: locked with a password');
    const odd = Buffer.from(zipSync({ 'laps.csv': laps }));
    odd.writeUInt16LE(99, odd.indexOf(Buffer.from('PK\u0001\u0002', 'latin1')) + 10);
    expect(refusalOf({ 'race.zip': odd }).message).toContain('packed in a way that is not known');
    const elsewhere = withEntry(zipSync({ 'laps.csv': laps }), 42, 7);
    expect(refusalOf({ 'race.zip': elsewhere }).message).toContain('the archive does not hold it');
    const good = zipSync({ 'laps.csv': laps });
    const longer = withEntry(good, 20, good.length - 10);
    expect(refusalOf({ 'race.zip': longer }).message).toContain('the archive does not hold it');
    const overlapping = withEntry(zipSync({ 'laps.csv': laps }), 20, 1_000_000);
    expect(refusalOf({ 'race.zip': overlapping }).message).toContain('its files overlap');
    const { races, files } = importFiles({ 'good.csv': LAPS, 'race.zip': locked });
    expect(races).toHaveLength(1);
    expect(files.map(({ problem }) => problem)).toEqual([undefined, 'locked with a password']);
  });

  it('[B3] an archive that is cut anywhere, or changed anywhere, is refused or read, never more', () => {
    const zip = Buffer.from(zipSync({ 'laps.csv': laps, 'more/laps.csv': laps }));
    const outcomes = new Set<string>();
    const outcome = (bytes: Buffer): string => {
      try {
        return importFiles({ 'race.zip': bytes }).races.length > 0 ? 'read' : 'nothing';
      } catch (error) {
        if (!(error instanceof ImportError)) throw error;
        return 'refused';
      }
    };
    for (let at = 0; at < zip.length; at++) {
      outcomes.add(outcome(zip.subarray(0, at)));
      for (const value of [0, 0xff]) {
        const changed = Buffer.from(zip);
        changed[at] = value;
        outcomes.add(outcome(changed));
      }
    }
    expect(outcomes).toEqual(new Set(['refused', 'read']));
  });

  it('[B1] bytes are cut anew into pieces of one size, whatever they came in', () => {
    const content = Buffer.from(Array.from({ length: 41 }, (_, index) => index));
    for (const chunkBytes of [1, 3, 10, 41]) {
      const slices: number[][] = [];
      let ends = 0;
      const slicer = createSlicer(10, { write: (bytes) => slices.push([...bytes]), end: () => ends++ });
      for (let from = 0; from < 41; from += chunkBytes) slicer.write(content.subarray(from, from + chunkBytes));
      slicer.end();
      expect(slices.map((slice) => slice.length)).toEqual([10, 10, 10, 10, 1]);
      expect(slices.flat()).toEqual([...content]);
      expect(ends).toBe(1);
    }
  });

  it('[B4] packed data that swell beyond reason are refused before they are unpacked', () => {
    const zeros = new Uint8Array(40 * MB);
    for (const content of [gzipSync(zeros), zipSync({ zeros })]) {
      const error = refusalOf({ bomb: content });
      expect(error).toMatchObject({ code: 'too-large', problems: [{ file: 'bomb' }] });
      expect(error.message).toContain('swell beyond all reason');
    }
  });

  it('[B4] what is unpacked is limited over all files, and so is the number of files in an archive', () => {
    const limits = { givenBytes: 100 * MB, unpackedBytes: laps.length * 3, files: 3 };
    const members = (count: number) =>
      zipSync(Object.fromEntries(Array.from({ length: count }, (_, index) => [`${index}.csv`, laps])));
    expect(importFiles({ 'race.zip': members(3) }, { limits }).races).toHaveLength(1);
    const more = { ...limits, unpackedBytes: laps.length * 3 - 1 };
    expect(refusalOf({ 'race.zip': members(3) }, more)).toMatchObject({
      code: 'too-large',
      problems: [{ file: 'race.zip/2.csv' }],
    });
    expect(refusalOf({ 'race.zip': members(4) }, limits).message).toContain('an archive of more than 3 files');
  });

  it('[B5] names in an archive are harmless too, and not mixed up', () => {
    const zip = zipSync({ '../../etc/passwd': laps, 'C:\\x.csv': strToU8('junk'), 'a\u0007b': strToU8('junk') });
    expect(importFiles({ 'race.zip': zip }).files.map(({ name }) => name)).toEqual([
      'race.zip/etc/passwd',
      'race.zip/x.csv',
      'race.zip/a b',
    ]);
  });
});
