import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importLimitsOf } from '@pitboard/server/sources/import/import-limits.ts';
import { type FilesRead, type ReadOptions, readInThread } from '@pitboard/server/sources/import/read-in-thread.ts';
import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import { formatRecording } from '@pitboard/shared/protocol/recording.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aManifest, someEvents } from '../../../builders.ts';
import { temporaryFolder } from '../../test-server.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

function read(content: string, options: Partial<ReadOptions> = {}): Promise<FilesRead> {
  const path = join(folder.path, '0');
  writeFileSync(path, content);
  const files = [{ path, name: 'race.jsonl', bytes: statSync(path).size }];
  return readInThread({ files, limits: importLimitsOf(300), ...options });
}

const events = someEvents(12_345);
const text = formatRecording(aManifest(), events);

describe('B. Files brought in', () => {
  it('[B14] events come out of the thread as they were, in short runs', async () => {
    const shares: number[] = [];
    const result = await read(text, { onReading: (_file, share) => shares.push(share) });
    expect(result.races).toMatchObject([
      { eventCount: events.length, contentId: expect.stringMatching(/^[0-9a-f]+$/) },
    ]);
    const taken: RaceEvent[] = [];
    for await (const run of result.eventsOf(0)) {
      expect(run.length).toBeLessThanOrEqual(1000);
      taken.push(...run);
    }
    expect(taken).toEqual(events);
    expect(shares.every((share) => share > 0 && share <= 1)).toBe(true);
    await result.close();
  });

  it('[B14] too long, too large, or no longer wanted: it ends, and says why', async () => {
    await expect(read(text, { timeLimitMs: 1 })).rejects.toMatchObject({ code: 'too-slow' });
    await expect(read(text, { memoryLimitMb: 10 })).rejects.toMatchObject({ code: 'too-large' });
    const gone = new AbortController();
    const reading = read(text, { signal: gone.signal });
    gone.abort();
    await expect(reading).rejects.toMatchObject({ code: 'failed', message: 'given up' });
    await expect(read(text, { signal: AbortSignal.abort() })).rejects.toMatchObject({ message: 'given up' });
  });

  it('[B12] a refusal keeps its file, line and reason on the way', async () => {
    await expect(read('junk')).rejects.toMatchObject({
      code: 'no-race',
      message: expect.stringMatching(/^no race found: race\.jsonl: no file of a known format; known are: .*$/),
      problems: [{ file: 'race.jsonl', reason: 'no file of a known format' }],
    });
  });
});
