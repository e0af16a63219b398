import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseRecording } from '@pitboard/shared/protocol/recording.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readZip } from '../sources/timing71/replay-builder.ts';
import { startTestServer, temporaryFolder } from '../test-server.ts';
import { runPitboard } from './run-pitboard.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const laps = (file: string) => readZip(readFileSync(file)).races[0]?.events.filter(({ type }) => type === 'passing');

describe('Y. Timing71 and the others', () => {
  it('[Y22] a recording, a file of timing and a session on a server are written as replays', async () => {
    const [recording, replay, again, fetched] = ['race.jsonl', 'replay.zip', 'again.zip', 'fetched.zip'].map((name) =>
      join(folder.path, name),
    ) as [string, string, string, string];
    const { out } = await runPitboard(['simulate', '--scenario', 'baku-2014', '--seed', '3']);
    // Ten minutes are as good as a race, and sooner read.
    const short = out.split('\n').filter((line) => Number(/^\{"seq":\d+,"atMs":(\d+)/.exec(line)?.[1] ?? 0) < 600_000);
    writeFileSync(recording, `${short.join('\n')}\n`);
    expect(parseRecording(readFileSync(recording, 'utf8')).events.length).toBeGreaterThan(200);

    expect(await runPitboard(['export', recording, '--to', 'timing71', '--out', replay])).toMatchObject({ code: 0 });
    expect(laps(replay)?.length).toBeGreaterThan(100);
    expect(await runPitboard(['export', replay, '--to', 'timing71', '--out', again])).toMatchObject({ code: 0 });
    expect(laps(again)).toHaveLength(laps(replay)?.length ?? 0);

    const { manifest, events } = parseRecording(readFileSync(recording, 'utf8'));
    const server = await startTestServer({ sessions: [{ id: 'short', manifest, events }] });
    try {
      const words = ['export', 'short', '--from', server.url, '--to', 'timing71', '--out', fetched];
      expect(await runPitboard(words)).toMatchObject({ code: 0 });
    } finally {
      await server.close();
    }
    expect(laps(fetched)).toEqual(laps(replay));
  }, 120_000);

  it.each([
    [2, ['race.jsonl', '--to', 'timing71', '--out', 'race.jsonl'], 'ends in .zip'],
    [2, ['race', '--out', 'race.jsonl'], '--from: the server'],
    [2, ['race', '--to', 'pdf', '--out', 'race.pdf'], 'Allowed choices are recording, timing71'],
    [2, ['no/id', '--from', 'http://127.0.0.1:1', '--out', 'race.jsonl'], 'not the id of a session'],
    [1, ['/nowhere/race.jsonl', '--to', 'timing71', '--out', 'race.zip'], 'there is no such file'],
  ])('[Y22] asked wrongly it exits with %i and one clear line: %j', async (code, words, message) => {
    const ending = await runPitboard(['export', ...words]);
    expect(ending.code).toBe(code);
    expect(ending.err).toContain(message);
  });
});
