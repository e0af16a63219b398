import {
  addressForOthers,
  type CaptureEntry,
  type CaptureHeader,
  formatCaptureEntry,
  formatCaptureHeader,
} from '@pitboard/server/sources/capture/capture-lines.ts';
import { createCaptureReader } from '@pitboard/server/sources/capture/capture-reader.ts';
import { createCaptureFormat } from '@pitboard/server/sources/capture/import-capture.ts';
import { NoRaceError } from '@pitboard/server/sources/import/imported-race.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aLineProtocol } from './line-protocol.ts';

const HEADER: CaptureHeader = {
  protocol: 'lines',
  address: 'lines://example.org:1',
  startedEpochMs: 1_900_000_000_000,
};

function aPiece(atMs: number, text: string): CaptureEntry {
  return { kind: 'piece', atMs, bytes: Buffer.from(text, 'latin1') };
}

function readBack(bytes: Uint8Array, size = bytes.length) {
  const found = { headers: [] as CaptureHeader[], entries: [] as CaptureEntry[], bad: [] as [number, string][] };
  const reader = createCaptureReader({
    onHeader: (header) => found.headers.push(header),
    onEntry: (entry) => found.entries.push(entry),
    onBad: (line, problem) => found.bad.push([line, problem]),
  });
  for (let from = 0; from < bytes.length; from += size) reader.write(bytes.subarray(from, from + size));
  reader.end();
  return found;
}

function bytesIn(entries: readonly CaptureEntry[]): Buffer {
  return Buffer.concat(entries.flatMap((entry) => (entry.kind === 'piece' ? [entry.bytes] : [])));
}

function captureOf(entries: readonly CaptureEntry[]): Buffer {
  return Buffer.from(formatCaptureHeader(HEADER) + entries.map(formatCaptureEntry).join(''));
}

const everyByte = Uint8Array.from({ length: 256 }, (_, index) => index);

describe('U. Sources at run time', () => {
  it('[U40] every byte comes back, with its time and what became of the connection', () => {
    const entries: CaptureEntry[] = [
      { kind: 'opened', atMs: 3 },
      { kind: 'piece', atMs: 4, bytes: everyByte },
      { kind: 'closed', atMs: 5, reason: 'the cable' },
      { kind: 'opened', atMs: 900 },
    ];
    const found = readBack(captureOf(entries));
    expect(found.headers).toEqual([HEADER]);
    expect(found.entries.map((entry) => ({ ...entry }))).toEqual(
      entries.map((entry) => (entry.kind === 'piece' ? { ...entry, bytes: Buffer.from(entry.bytes) } : entry)),
    );
    expect(found.bad).toEqual([]);
  });

  it('[U40] any bytes, in pieces of any length, cut anywhere', () => {
    const piece = fc.tuple(fc.nat(100_000), fc.uint8Array({ maxLength: 300 }));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), fc.integer({ min: 1, max: 50 }), (pieces, size) => {
        const entries = pieces.map(([atMs, bytes]): CaptureEntry => ({ kind: 'piece', atMs, bytes }));
        const found = readBack(captureOf(entries), size);
        expect(bytesIn(found.entries)).toEqual(bytesIn(entries));
        expect(found.bad).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('[U40] a long piece of the worst bytes is read back too', () => {
    const bytes = new Uint8Array(200_000).fill(1);
    expect(bytesIn(readBack(captureOf([{ kind: 'piece', atMs: 1, bytes }]), 1000).entries)).toEqual(Buffer.from(bytes));
  });

  it('[U40] a torn last line is no fault, a bad one within is counted', () => {
    const whole = captureOf([aPiece(1, 'one'), aPiece(2, 'two')]);
    for (let length = whole.length - 11; length < whole.length; length++) {
      expect(readBack(whole.subarray(0, length)).bad).toEqual([]);
    }
    expect(bytesIn(readBack(whole.subarray(0, whole.length - 5)).entries).toString()).toBe('one');
    const bad = Buffer.from(
      `${formatCaptureHeader(HEADER)}[1,"\u0100"]\n[-1,"x"]\n[2]\n${formatCaptureEntry(aPiece(3, 'x'))}`,
    );
    expect(readBack(bad).bad).toEqual([
      [2, 'characters that are no bytes'],
      [3, 'not a line of a capture'],
      [4, 'not a line of a capture'],
    ]);
    expect(readBack(Buffer.from(`${formatCaptureHeader(HEADER)}junk\n`)).bad).toHaveLength(1);
  });

  it('[U40] another file or version is refused once', () => {
    expect(readBack(Buffer.from('{"format":"other"}\n[1,"x"]\n')).bad).toEqual([
      [1, 'not the first line of a Pitboard capture'],
    ]);
    const newer = formatCaptureHeader(HEADER).replace('"version":1', '"version":2');
    expect(readBack(Buffer.from(newer)).bad).toEqual([
      [1, 'version 2 is not known here (this program reads version 1)'],
    ]);
  });

  it('[U40] the address that is kept names no user, no password and no key', () => {
    expect(addressForOthers(new URL('rmonitor://me:secret@10.0.0.7:50000/x?key=1#y'))).toBe(
      'rmonitor://10.0.0.7:50000/x',
    );
  });

  it('[U43] a capture is read as its feed would have been live, half a line of a lost connection forgotten', () => {
    const format = createCaptureFormat([aLineProtocol(HEADER.startedEpochMs)]);
    const bytes = captureOf([
      { kind: 'opened', atMs: 0 },
      aPiece(10, '1\n2'),
      aPiece(20, '\nx\n3'),
      { kind: 'closed', atMs: 30, reason: '' },
      { kind: 'opened', atMs: 40 },
      aPiece(50, '4\n'),
    ]);
    expect(format.recognises({ name: '', bytes, text: bytes.toString() })).toBe(true);
    expect(format.recognises({ name: '', bytes, text: '{"format":"pitboard-recording","version":1}\n' })).toBe(false);
    const opened = format.open();
    const file = opened.open('a.jsonl');
    file.write(bytes);
    file.end();
    const { races, skipped } = opened.finish();
    expect(
      races.map(({ events }) => events.map((event) => event.type === 'passing' && [event.car, event.atMs])),
    ).toEqual([
      [
        ['1', 10],
        ['2', 20],
        ['4', 50],
      ],
    ]);
    expect(skipped).toEqual({
      lines: 1,
      reasons: { 'no number': 1 },
      examples: [{ file: 'a.jsonl', line: 4, reason: 'no number' }],
    });
  });

  it('[U43] captures of one feed that follow each other are one, others are not', () => {
    const next = { ...HEADER, startedEpochMs: HEADER.startedEpochMs + 1000 };
    const other = { ...next, address: 'lines://example.org:2' };
    const textOf = (header: CaptureHeader, text: string) =>
      formatCaptureHeader(header) + formatCaptureEntry(aPiece(10, text));
    const read = (...files: readonly string[]) => {
      const opened = createCaptureFormat([aLineProtocol(HEADER.startedEpochMs)]).open();
      for (const content of files) {
        const file = opened.open('a.jsonl');
        file.write(Buffer.from(content));
        file.end();
      }
      return opened.finish().races.map(({ events }) => events.map((event) => 'car' in event && event.car));
    };
    expect(read(textOf(HEADER, '1\n2'), textOf(next, '3\n'))).toEqual([['1', '3']]);
    expect(read(textOf(next, '3\n'), textOf(HEADER, '1\n'))).toEqual([['3'], ['1']]);
    expect(read(textOf(HEADER, '1\n'), textOf(other, '3\n'))).toEqual([['1'], ['3']]);
  });

  it('[U43] a capture of an unknown feed, or of none that spoke, is refused in plain words', () => {
    const read = (bytes: Buffer) => {
      const opened = createCaptureFormat([aLineProtocol(0)]).open();
      const file = opened.open('a.jsonl');
      file.write(bytes);
      file.end();
      return opened.finish();
    };
    const other = Buffer.from(formatCaptureHeader({ ...HEADER, protocol: 'morse' }));
    expect(() => read(other)).toThrow(
      new NoRaceError('no session found in the capture: line 1, a feed that is not known here'),
    );
    expect(() => read(captureOf([aPiece(1, 'half')]))).toThrow(new NoRaceError('no session found in the capture'));
  });
});
