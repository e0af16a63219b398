import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type EventStore,
  LogExistsError,
  SequenceConflictError,
  type StoredSession,
  UnknownLogError,
} from '@pitboard/server/storage/event-store.ts';
import { createMemoryEventStore } from '@pitboard/server/storage/memory-event-store.ts';
import { createSqliteEventStore } from '@pitboard/server/storage/sqlite-event-store.ts';
import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aManifest, numbered, someEvents, someFacts } from '../../builders.ts';

let folder: string;
let store: EventStore;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pitboard-store-'));
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const STORES = [
  { name: 'memory', create: () => createMemoryEventStore() },
  { name: 'sqlite', create: () => createSqliteEventStore(join(folder, 'test.db')) },
];

function aSession(changes: Partial<StoredSession> = {}): StoredSession {
  const session = { id: 'race', log: 'log-1', manifest: aManifest(), rate: 1, openedEpochMs: 1000, closed: false };
  return { ...session, ...changes };
}

describe.each(STORES)('event store: $name', ({ create }) => {
  beforeEach(async () => {
    store = create();
    await store.openSession(aSession());
  });

  it('[D1] gives back what was appended, by place and number', async () => {
    const events = someEvents(10);
    await store.append('log-1', events.slice(0, 4));
    await store.append('log-1', events.slice(4));
    expect(await store.head('log-1')).toBe(10);
    expect(await store.read('log-1', 1, 100)).toEqual(events);
    expect(await store.read('log-1', 3, 2)).toEqual(events.slice(2, 4));
    expect(await store.read('log-1', 11, 5)).toEqual([]);
  });

  it('[D1] keeps sessions with their manifests in order of opening, and their marks', async () => {
    await store.openSession(aSession({ id: 'second', log: 'log-2', rate: 4 }));
    await store.setClosed('log-1', 'closed');
    expect(await store.sessions()).toEqual([
      aSession({ closed: true }),
      aSession({ id: 'second', log: 'log-2', rate: 4 }),
    ]);
    await store.setClosed('log-1', 'open');
    expect((await store.sessions())[0]?.closed).toBe(false);
    await expect(store.openSession(aSession())).rejects.toThrow(LogExistsError);
  });

  it('[D2] refuses events that do not follow the head, and keeps none of them', async () => {
    await store.append('log-1', someEvents(3));
    const afterHole = numbered(someFacts(2), 5);
    const twice = numbered(someFacts(2), 3);
    const withHole = [...numbered(someFacts(1), 4), ...numbered(someFacts(1), 6)];
    for (const events of [afterHole, twice, withHole]) {
      await expect(store.append('log-1', events, { name: 'feed', lastSourceSeq: 9 })).rejects.toThrow(
        SequenceConflictError,
      );
    }
    expect(await store.head('log-1')).toBe(3);
    expect(await store.sourceCursor('log-1', 'feed')).toBe(0);
  });

  it('[D3] writes the position of a source together with its events', async () => {
    await store.append('log-1', someEvents(2), { name: 'feed', lastSourceSeq: 7 });
    expect(await store.sourceCursor('log-1', 'feed')).toBe(7);
    expect(await store.sourceCursor('log-1', 'other')).toBe(0);
    await store.append('log-1', numbered(someFacts(1), 3), { name: 'feed', lastSourceSeq: 8 });
    expect(await store.sourceCursor('log-1', 'feed')).toBe(8);
  });

  it('[D4] a tail hands over stored and new events in order, each once, until it is stopped', async () => {
    const events = someEvents(9);
    await store.append('log-1', events.slice(0, 4));
    const seen: RaceEvent[] = [];
    const stop = store.tail('log-1', 3, (run) => seen.push(...run));
    // Appended before the tail has caught up with what was stored.
    await store.append('log-1', events.slice(4, 6));
    await store.append('log-1', events.slice(6, 8));
    expect(seen).toEqual(events.slice(2, 8));
    stop();
    await store.append('log-1', events.slice(8));
    expect(seen).toHaveLength(6);
  });

  it('[D1] forgets a session that is removed, and knows no log that was never opened', async () => {
    await store.append('log-1', someEvents(2), { name: 'feed', lastSourceSeq: 2 });
    await store.removeSession('log-1');
    expect(await store.sessions()).toEqual([]);
    await expect(store.read('log-1', 1, 10)).rejects.toThrow(UnknownLogError);
    await expect(store.append('log-1', someEvents(1))).rejects.toThrow(UnknownLogError);
    await store.openSession(aSession());
    expect(await store.head('log-1')).toBe(0);
    expect(await store.sourceCursor('log-1', 'feed')).toBe(0);
  });
});
