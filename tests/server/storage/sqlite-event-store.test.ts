import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StoreFileError } from '@pitboard/server/storage/event-store.ts';
import { createSqliteEventStore } from '@pitboard/server/storage/sqlite-event-store.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aManifest, someEvents } from '../../builders.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pitboard-sqlite-'));
  file = join(folder, 'test.db');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

async function storeWith(count: number) {
  const store = createSqliteEventStore(file);
  await store.openSession({ id: 'a', log: 'log', manifest: aManifest(), rate: 2, openedEpochMs: 1, closed: false });
  await store.append('log', someEvents(count), { name: 'feed', lastSourceSeq: count });
  return store;
}

/** https://www.sqlite.org/fileformat.html: user version at 60, application id at 68. */
function overwriteHeader(offset: number, value: number): void {
  const bytes = readFileSync(file);
  bytes.writeUInt32BE(value, offset);
  writeFileSync(file, bytes);
}

describe('SQLite file', () => {
  it('[D5] holds everything for the next start', async () => {
    await (await storeWith(5)).close();
    const store = createSqliteEventStore(file);
    expect((await store.sessions()).map(({ id, rate }) => ({ id, rate }))).toEqual([{ id: 'a', rate: 2 }]);
    expect(await store.read('log', 1, 10)).toEqual(someEvents(5));
    expect(await store.sourceCursor('log', 'feed')).toBe(5);
    await store.close();
  });

  it('[D6] says so when the file is no database', () => {
    writeFileSync(file, 'lap times, and a lot of other text that is no database at all\n'.repeat(100));
    expect(() => createSqliteEventStore(file)).toThrow(StoreFileError);
    expect(() => createSqliteEventStore(file)).toThrow(/test\.db: damaged, or no database/);
  });

  it('[D6] leaves the database of another program alone', async () => {
    await (await storeWith(1)).close();
    overwriteHeader(68, 0x0badcafe);
    const before = readFileSync(file);
    expect(() => createSqliteEventStore(file)).toThrow(/another program/);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('[D6] refuses a file of a newer version', async () => {
    await (await storeWith(1)).close();
    overwriteHeader(60, 999);
    expect(() => createSqliteEventStore(file)).toThrow(/newer Pitboard/);
  });

  it('[D6] says so when pages are damaged', async () => {
    await (await storeWith(2000)).close();
    const bytes = readFileSync(file);
    bytes.fill(0x5a, 8192, bytes.length - 4096);
    writeFileSync(file, bytes);
    const reading = async () => {
      const store = createSqliteEventStore(file);
      try {
        for (const { log } of await store.sessions()) await store.read(log, 1, 5000);
      } finally {
        await store.close();
      }
    };
    await expect(reading()).rejects.toThrow(StoreFileError);
  });

  it('[D6] a second server on the same file is told who has it', async () => {
    const first = await storeWith(1);
    expect(() => createSqliteEventStore(file)).toThrow(/another Pitboard server/);
    await first.close();
  });
});
