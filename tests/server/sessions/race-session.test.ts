import type { RaceSession } from '@pitboard/server/sessions/race-session.ts';
import { SessionRegistry } from '@pitboard/server/sessions/session-registry.ts';
import type { EventStore } from '@pitboard/server/storage/event-store.ts';
import { createMemoryEventStore } from '@pitboard/server/storage/memory-event-store.ts';
import type { RaceEvent, RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { SEGMENT_SIZE } from '@pitboard/shared/protocol/segment.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import { aManifest, aPassing, aStart, someEvents, someFacts } from '../../builders.ts';
import { FakeTimers } from '../fake-timers.ts';

let timers: FakeTimers;
let store: EventStore;
let registry: SessionRegistry;
let session: RaceSession;
let told: string[];
let seen: RaceEvent[];

beforeEach(async () => {
  timers = new FakeTimers();
  store = createMemoryEventStore();
  ({ registry, session } = await open());
});

async function open() {
  const opened = new SessionRegistry({ store, nowEpochMs: timers.nowEpochMs });
  await opened.load();
  told = [];
  seen = [];
  opened.subscribe({
    events: (_session, events) => void seen.push(...events),
    statusChanged: ({ state, clock }) => void told.push(`${state} ×${clock.rate}`),
    restarted: ({ log }, endedLog) => void told.push(`restarted ${endedLog} → ${log}`),
  });
  return { registry: opened, session: await opened.openPushed({ id: 'race', manifest: aManifest() }) };
}

function push(facts: readonly RaceFact[], firstSourceSeq = 1) {
  return session.push({ facts, source: { name: 'feed', firstSourceSeq } });
}

describe('session log', () => {
  it('[W3] gives facts their place, stores them, and acknowledges them after', async () => {
    expect(await push(someFacts(3))).toEqual({ ok: true, acknowledged: 3 });
    expect(await store.read(session.log, 1, 10)).toEqual(someEvents(3));
    expect(seen).toEqual(someEvents(3));
    expect(session.headSeq).toBe(3);
  });

  it('[W3] acknowledges nothing that the store did not take', async () => {
    await push(someFacts(2));
    store.append = () => Promise.reject(new Error('disk full'));
    expect(await push(someFacts(2), 3)).toMatchObject({ ok: false, error: 'storage' });
    expect(session.headSeq).toBe(2);
    expect(seen).toHaveLength(2);
  });

  it('[W4] pushes that cross each other are stored once, in order', async () => {
    const facts = someFacts(6);
    const replies = await Promise.all([push(facts.slice(0, 4)), push(facts.slice(2, 6), 3), push(facts)]);
    expect(replies.map((reply) => reply.ok && reply.acknowledged)).toEqual([4, 6, 6]);
    expect(seen).toEqual(someEvents(6));
  });

  it('[W6] keeps nothing of a push with one bad fact', async () => {
    const bad = { type: 'passing', atMs: 'soon' } as unknown as RaceFact;
    expect(await push([aStart(), bad])).toMatchObject({ ok: false, error: 'bad-fact', sourceSeq: 2 });
    expect(session.headSeq).toBe(0);
  });

  it('[W8] reads across whole segments and the open one', async () => {
    const count = SEGMENT_SIZE + 10;
    await push(someFacts(count));
    expect(await session.read(1, 3)).toEqual(someEvents(3));
    expect(await session.read(SEGMENT_SIZE + 4, 100)).toEqual(someEvents(count).slice(SEGMENT_SIZE + 3));
    expect(await session.read(count + 1, 100)).toEqual([]);
  });

  it('[W9] goes on after a restart of the server, where source and log stood', async () => {
    await push(someFacts(4));
    ({ registry, session } = await open());
    expect(session.headSeq).toBe(4);
    expect(await session.openSource({ source: 'feed', connection: 'c1' })).toBe(4);
    await push(someFacts(6));
    expect(await session.read(1, 100)).toEqual(someEvents(6));
  });
});

describe('session state', () => {
  it('[W10] is upcoming, live, stale when its source is lost, live again, recorded when it is closed', async () => {
    expect(session.state).toBe('upcoming');
    await session.openSource({ source: 'feed', connection: 'c1' });
    await push([aStart(), aPassing()]);
    expect(session.state).toBe('live');
    await session.loseSource('c1');
    expect(session.state).toBe('stale');
    await session.openSource({ source: 'feed', connection: 'c2' });
    expect(session.state).toBe('live');
    await session.closeSource({ source: 'feed', connection: 'c2' });
    expect(session.state).toBe('recorded');
    expect(session.clock).toMatchObject({ atMs: 1000, rate: 0 });
  });

  it('[W10] is stale after half a minute of silence under way, and live with the next fact', async () => {
    await push([aStart()]);
    await timers.advance(30_000);
    session.refreshState();
    expect(session.state).toBe('live');
    await timers.advance(1);
    session.refreshState();
    expect(session.state).toBe('stale');
    await push([aPassing({ atMs: 31_000 })], 2);
    expect(session.state).toBe('live');
    expect(told).toEqual(['live ×1', 'stale ×1', 'live ×1']);
  });

  it('[W10] is recorded once the feed says that it is closed', async () => {
    await push([aStart(), { type: 'session-phase', atMs: 9000, phase: 'closed' }]);
    expect(session.state).toBe('recorded');
  });

  it('[W10] an old connection that ends late does not make its successor look lost', async () => {
    await session.openSource({ source: 'feed', connection: 'old' });
    await push([aStart()]);
    await session.openSource({ source: 'feed', connection: 'new' });
    await session.loseSource('old');
    expect(session.state).toBe('live');
  });

  it('[W10] a source that is lost while it opens does not leave its session live', async () => {
    await push([aStart()]);
    const opening = session.openSource({ source: 'feed', connection: 'short' });
    await session.loseSource('short');
    await opening;
    expect(session.state).toBe('stale');
  });

  it('[W10] a session that was under way when the server went down is stale until its source is back', async () => {
    await push([aStart(), aPassing()]);
    ({ registry, session } = await open());
    expect(session.state).toBe('stale');
    expect(session.clock).toMatchObject({ atMs: 1000, rate: 0 });
  });
});

describe('lobby', () => {
  it('[W13] tells of each session what became known late', async () => {
    await push([
      { type: 'session-updated', atMs: -1000, changes: { session: 'Main Race', series: 'GT' } },
      { type: 'entry-updated', atMs: -900, entry: { car: '4', drivers: [] } },
      aStart({ startEpochMs: 123_000 }),
    ]);
    expect(session.summary(7)).toEqual({
      id: 'race',
      event: 'Test Event',
      series: 'GT',
      session: 'Main Race',
      circuit: 'Test Ring',
      startEpochMs: 123_000,
      state: 'live',
      replayed: false,
      reconstructed: false,
      entries: 4,
      headSeq: 3,
      headAtMs: 0,
      viewers: 7,
    });
    // Batches refer to the manifest that viewers were given.
    expect(session.manifest).toEqual(aManifest());
  });

  it('[W13] lists live sessions before others, and names the one to open', async () => {
    await registry.addRecorded({ id: 'old', manifest: aManifest() }, someEvents(3));
    await push([aStart()]);
    const lobby = registry.lobby(() => 0);
    expect(lobby.sessions.map(({ id, state }) => `${id} ${state}`)).toEqual(['race live', 'old recorded']);
    expect(lobby.featured).toBe('race');
    registry.featured = 'old';
    expect(registry.lobby(() => 0).featured).toBe('old');
  });

  it('[W13] two sources that open one new session get the same', async () => {
    const manifest = aManifest();
    const [one, two] = await Promise.all([
      registry.openPushed({ id: 'new', manifest }),
      registry.openPushed({ id: 'new', manifest }),
    ]);
    expect(one).toBe(two);
    expect(await store.sessions()).toHaveLength(2);
  });

  it('[W12] a session that starts over has a new, empty log', async () => {
    const replayed = await registry.addReplayed({ id: 'replay', manifest: aManifest(), log: 'run-1' });
    replayed.setClock({ atMs: 0, epochMs: 1, rate: 2 });
    await replayed.append(someFacts(5));
    await replayed.restart('run-2');
    expect(replayed.log).toBe('run-2');
    expect(replayed.headSeq).toBe(0);
    expect(told.at(-1)).toBe('restarted run-1 → run-2');
    await replayed.append(someFacts(2));
    expect(await replayed.read(1, 10)).toEqual(someEvents(2));
  });
});
