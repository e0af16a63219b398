import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants, gunzipSync } from 'node:zlib';
import type { CaptureEntry } from '@pitboard/server/sources/capture/capture-lines.ts';
import { createCaptureWriter } from '@pitboard/server/sources/capture/capture-writer.ts';
import { type RecordStatus, recordFeed } from '@pitboard/server/sources/capture/record-feed.ts';
import type { FeedConnectionHandlers } from '@pitboard/server/sources/feed/feed.ts';
import { retryDelayMs } from '@pitboard/server/sources/feed/retry-delay.ts';
import { systemTimers } from '@pitboard/server/sources/timers.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeTimers } from '../../fake-timers.ts';
import { temporaryFolder } from '../../test-server.ts';

const HEADER = { protocol: 'lines', address: 'lines://example.org:1', startedEpochMs: 1_900_000_000_000 };

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

/** A feed whose line a test opens, speaks on and cuts. */
function aFeed() {
  const attempts: FeedConnectionHandlers[] = [];
  const closed: number[] = [];
  return {
    closed,
    attempts,
    protocol: {
      connect: (_url: URL, handlers: FeedConnectionHandlers) => {
        const number = attempts.push(handlers);
        return { close: () => closed.push(number) };
      },
    },
  };
}

function aRecorder() {
  const timers = new FakeTimers();
  const feed = aFeed();
  const entries: CaptureEntry[] = [];
  const statuses: RecordStatus[] = [];
  const recorder = recordFeed({
    protocol: feed.protocol,
    url: new URL('lines://example.org:1'),
    startedEpochMs: timers.nowEpochMs(),
    timers,
    random: () => 1,
    onEntry: (entry) => entries.push(entry),
    onStatus: (status) => statuses.push(status),
  });
  return { timers, feed, entries, statuses, recorder };
}

describe('U. Sources at run time', () => {
  it('[U42] what arrives is kept with its time, and the connection lost and found again', async () => {
    const { timers, feed, entries, statuses } = aRecorder();
    await timers.advance(10);
    feed.attempts[0]?.opened();
    feed.attempts[0]?.received(Buffer.from('$F,1\r\n$F,'));
    await timers.advance(5);
    feed.attempts[0]?.closed('the cable');
    const waitedMs = retryDelayMs(1, 1);
    await timers.advance(waitedMs);
    feed.attempts[1]?.opened();
    feed.attempts[1]?.received(Buffer.from('2\r\n'));
    expect(entries).toEqual([
      { kind: 'opened', atMs: 10 },
      { kind: 'piece', atMs: 10, bytes: Buffer.from('$F,1\r\n$F,') },
      { kind: 'closed', atMs: 15, reason: 'the cable' },
      { kind: 'opened', atMs: 15 + waitedMs },
      { kind: 'piece', atMs: 15 + waitedMs, bytes: Buffer.from('2\r\n') },
    ]);
    expect(statuses.at(-1)).toEqual({ state: 'connected', bytes: 12, lines: 2, lastLine: '2', problem: undefined });
  });

  it('[U42] a feed that is away is sought ever less often, at least four times a minute, until it speaks', async () => {
    const { timers, feed } = aRecorder();
    const waits: number[] = [];
    for (let attempt = 0; attempt < 8; attempt++) {
      feed.attempts.at(-1)?.closed('refused');
      const before = feed.attempts.length;
      let waitedMs = 0;
      for (; feed.attempts.length === before; waitedMs += 500) await timers.advance(500);
      waits.push(waitedMs);
    }
    expect(waits).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((failures) => retryDelayMs(failures, 1)));
    expect(waits).toEqual(waits.toSorted((one, other) => one - other));
    expect(waits.at(-1)).toBeLessThanOrEqual(15_000);
    feed.attempts.at(-1)?.opened();
    feed.attempts.at(-1)?.received(Buffer.from('x'));
    feed.attempts.at(-1)?.closed('gone');
    await timers.advance(1000);
    expect(feed.attempts).toHaveLength(10);
  });

  it('[U42] nothing is kept after the stop, and no attempt is made', async () => {
    const { timers, feed, entries, recorder } = aRecorder();
    feed.attempts[0]?.opened();
    recorder.stop();
    feed.attempts[0]?.received(Buffer.from('late'));
    feed.attempts[0]?.closed('late');
    await timers.advance(60_000);
    expect(feed.closed).toEqual([1]);
    expect(feed.attempts).toHaveLength(1);
    expect(entries).toEqual([{ kind: 'opened', atMs: 0 }]);
  });

  it.each(['race.jsonl', 'race.jsonl.gz'])('[U41] %s is on disk each second, without an end', async (name) => {
    const file = join(folder.path, name);
    const timers = new FakeTimers();
    const writer = createCaptureWriter({
      file,
      header: HEADER,
      timers,
      onProblem: (error) => expect.fail(error.message),
    });
    writer.write({ kind: 'opened', atMs: 1 });
    await timers.advance(1000);
    const unpacked = () => {
      const bytes = readFileSync(file);
      const options = { finishFlush: constants.Z_SYNC_FLUSH };
      return (name.endsWith('.gz') ? gunzipSync(bytes, options) : bytes).toString().trim().split('\n');
    };
    await expect.poll(() => unpacked().length).toBe(2);
    writer.write({ kind: 'piece', atMs: 2, bytes: Buffer.from('x') });
    await writer.end();
    expect(unpacked()).toEqual([
      JSON.stringify({ format: 'pitboard-capture', version: 1, ...HEADER }),
      '[1,{"connection":"opened"}]',
      '[2,"x"]',
    ]);
  });

  it('[U41] a file that is there already is left alone', async () => {
    const file = join(folder.path, 'race.jsonl');
    writeFileSync(file, 'kept');
    const problem = await new Promise<Error>((resolve) => {
      const writer = createCaptureWriter({ file, header: HEADER, timers: systemTimers, onProblem: resolve });
      writer.write({ kind: 'opened', atMs: 1 });
    });
    expect(problem).toMatchObject({ code: 'EEXIST' });
    expect(readFileSync(file, 'utf8')).toBe('kept');
  });
});
