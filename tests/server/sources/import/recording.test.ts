import { gzipSync } from 'node:zlib';
import { NoRaceError } from '@pitboard/server/sources/import/imported-race.ts';
import { pitboardRecording } from '@pitboard/server/sources/pitboard-recording/import-recording.ts';
import { formatRecording } from '@pitboard/shared/protocol/recording.ts';
import { describe, expect, it } from 'vitest';
import { aManifest, aPassing, numbered, someEvents } from '../../../builders.ts';
import { fuzzFormat } from '../fuzz.ts';
import { importFiles } from './import-files.ts';

const manifest = aManifest();
const events = someEvents(40);
const text = formatRecording(manifest, events);

describe('B. Files brought in', () => {
  it('[B8] a recording comes back as it was written, packed or not, in any pieces', () => {
    for (const content of [text, `\uFEFF${text}`, text.replaceAll('\n', '\r\n'), gzipSync(text)]) {
      for (const chunkBytes of [1, 1000]) {
        const { races, skipped } = importFiles({ 'race.jsonl': content }, { chunkBytes });
        expect(races).toEqual([{ manifest, events }]);
        expect(skipped.lines).toBe(0);
      }
    }
  });

  it('[B8] of a recording that was cut off, everything before the cut is kept', () => {
    const { races, skipped } = importFiles({ 'race.jsonl': text.slice(0, -10) });
    expect(races[0]?.events).toEqual(events.slice(0, -1));
    expect(skipped).toMatchObject({ lines: 1, examples: [{ file: 'race.jsonl', line: 41, reason: 'not JSON' }] });
  });

  it('[B8] lines that are no events are left out, and the rest is numbered anew', () => {
    const facts = [aPassing({ atMs: 1000 }), aPassing({ atMs: 2000 }), aPassing({ atMs: 3000 })];
    const withdrawn = (seq: number) => ({
      type: 'passing-withdrawn' as const,
      atMs: 4000,
      car: '1',
      withdrawnSeq: seq,
    });
    const all = numbered([...facts, withdrawn(2), withdrawn(3)]);
    const lines = formatRecording(manifest, all).split('\n');
    lines[2] = '{"seq":2,"type":"no such thing","atMs":1}';
    lines.push(lines[1] ?? '', '');
    const { races, skipped } = importFiles({ 'race.jsonl': lines.join('\n') });
    const [first, , third] = facts as [(typeof facts)[0], (typeof facts)[0], (typeof facts)[0]];
    expect(races[0]?.events).toEqual(numbered([first, third, withdrawn(2)]));
    expect(skipped.lines).toBe(3);
    expect(skipped.examples.slice(1).map(({ line, reason }) => [line, reason])).toEqual([
      [5, 'withdraws a passing that is not there'],
      [8, 'seq runs backwards'],
    ]);
  });

  it('[B8] every recording is a race, and one that is of another version says so', () => {
    expect(importFiles({ one: text, two: text }).races).toHaveLength(2);
    const newer = text.replace('"version":1', '"version":99');
    expect(() => importFiles({ 'race.jsonl': newer })).toThrow(/version 99 is not known here/);
    const broken = text.replace('"event":', '"evnt":');
    expect(() => importFiles({ 'race.jsonl': broken })).toThrow(/race\.jsonl:1|race\.jsonl: line 1: manifest/);
    expect(() => importFiles({ 'race.jsonl': formatRecording(manifest, []) })).toThrow(NoRaceError);
  });

  it('[B8] spoilt recordings do no harm', () => {
    const report = fuzzFormat(pitboardRecording, { samples: [{ name: 'race.jsonl', content: text }] });
    expect(report.lines).toBeGreaterThanOrEqual(200_000);
    expect(report.races).toBeGreaterThan(0);
  });
});
