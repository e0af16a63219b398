import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import {
  RecordingFileError,
  readRecordingFile,
  sessionIdOfFile,
  writeRecordingFile,
} from '@pitboard/server/recordings/recording-file.ts';
import { formatRecording } from '@pitboard/shared/protocol/recording.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aManifest, someEvents } from '../../builders.ts';
import { temporaryFolder } from '../test-server.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const race = { manifest: aManifest(), events: someEvents(3000) };

describe('recording files', () => {
  it.each(['race.jsonl', 'race.jsonl.gz'])('[R1] %s is read back as it was written', async (name) => {
    const file = join(folder.path, name);
    await writeRecordingFile(file, race);
    expect(await readRecordingFile(file)).toEqual({ ...race, torn: undefined });
    expect(readFileSync(file)[0] === 0x1f).toBe(name.endsWith('.gz'));
  });

  it('[R2] of a packed file that was cut off, everything before the cut', async () => {
    const file = join(folder.path, 'cut.jsonl.gz');
    const packed = gzipSync(formatRecording(race.manifest, race.events));
    writeFileSync(file, packed.subarray(0, Math.floor(packed.length / 2)));
    const { events, torn } = await readRecordingFile(file);
    expect(events.length).toBeGreaterThan(100);
    expect(events.length).toBeLessThan(3000);
    expect(events).toEqual(race.events.slice(0, events.length));
    expect(torn).toContain(`ends after ${events.length} events`);
  });

  it('[R2] of a text file that was cut off in a line, everything before that line', async () => {
    const file = join(folder.path, 'cut.jsonl');
    writeFileSync(file, formatRecording(race.manifest, race.events.slice(0, 5)).slice(0, -20));
    const { events, torn } = await readRecordingFile(file);
    expect(events).toEqual(race.events.slice(0, 4));
    expect(torn).toContain('ends after 4 events');
  });

  it.each([
    ['missing.jsonl', undefined, /no such file/],
    ['text.jsonl', 'lap,car,time\n1,2,3\n', /not a Pitboard recording/],
    ['damaged.jsonl.gz', Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0]), Buffer.alloc(40, 7)]), /damaged\.jsonl\.gz: /],
  ])('[R3] says what is wrong with %s', async (name, content, problem) => {
    const file = join(folder.path, name);
    if (content !== undefined) writeFileSync(file, content);
    await expect(readRecordingFile(file)).rejects.toThrow(RecordingFileError);
    await expect(readRecordingFile(file)).rejects.toThrow(problem);
  });

  it('[R1] names a session for its file', () => {
    expect(sessionIdOfFile('races/Spa 24h (2).jsonl.gz')).toBe('Spa-24h-2-');
    expect(sessionIdOfFile('baku-2014.jsonl')).toBe('baku-2014');
    expect(sessionIdOfFile('…')).toBe('recording');
  });
});
