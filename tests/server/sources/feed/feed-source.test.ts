import { SessionRegistry } from '@pitboard/server/sessions/session-registry.ts';
import type { FeedConnectionHandlers, FeedProtocol, FeedSink } from '@pitboard/server/sources/feed/feed.ts';
import { FeedSource } from '@pitboard/server/sources/feed/feed-source.ts';
import { retryDelayMs } from '@pitboard/server/sources/feed/retry-delay.ts';
import type { EventStore } from '@pitboard/server/storage/event-store.ts';
import { createMemoryEventStore } from '@pitboard/server/storage/memory-event-store.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import { aManifest, aPassing, aStart } from '../../../builders.ts';
import { FakeTimers } from '../../fake-timers.ts';

let timers: FakeTimers;
let store: EventStore;
let registry: SessionRegistry;
/** What the source did, in order. */
let tries: FeedConnectionHandlers[];
let closed: number;
let sink: FeedSink;
let isStoreDown: boolean;

beforeEach(() => {
  timers = new FakeTimers();
  isStoreDown = false;
  const memory = createMemoryEventStore();
  store = {
    ...memory,
    append: (...args) => (isStoreDown ? Promise.reject(new Error('the disk is full')) : memory.append(...args)),
  };
  registry = new SessionRegistry({ store, nowEpochMs: timers.nowEpochMs });
  tries = [];
  closed = 0;
});

function createSource(connect?: FeedProtocol['connect']): FeedSource {
  const protocol: FeedProtocol = {
    id: 'fake',
    title: 'Fake',
    schemes: ['fake:'],
    example: 'fake://host',
    createReader: (given) => {
      sink = given;
      return { read: (bytes) => sink.line(new TextDecoder().decode(bytes)), cut: () => undefined };
    },
    connect:
      connect ??
      ((_url, handlers) => {
        tries.push(handlers);
        return { close: () => closed++ };
      }),
  };
  const log = { info: () => undefined, error: () => undefined };
  const address = { url: new URL('fake://host'), protocol };
  return new FeedSource({ id: 'fake', address, registry, timers, random: () => 0.5, log });
}

const bytes = new TextEncoder().encode('a line');

async function logged(): Promise<readonly unknown[]> {
  return (await registry.find('fake-1')?.read(1, 100)) ?? [];
}

describe('U. Sources at run time', () => {
  it('[U2] a lost line is tried again with growing pauses, without end, and quickly once it has spoken', async () => {
    const source = createSource();
    source.start();
    const pauses: number[] = [];
    for (let count = 0; count < 10; count++) {
      tries.at(-1)?.closed('no answer');
      const { nextAttemptEpochMs = 0 } = source.status;
      pauses.push(nextAttemptEpochMs - timers.nowEpochMs());
      expect(source.status).toMatchObject({ state: 'waiting', problem: 'no answer', attempts: count + 1 });
      await timers.advance(pauses.at(-1) as number);
      expect(tries).toHaveLength(count + 2);
    }
    expect(pauses).toEqual([750, 1500, 3000, 6000, 11_250, 11_250, 11_250, 11_250, 11_250, 11_250]);
    tries.at(-1)?.opened();
    tries.at(-1)?.received(bytes);
    tries.at(-1)?.closed('cut');
    expect((source.status.nextAttemptEpochMs ?? 0) - timers.nowEpochMs()).toBe(750);
  });

  it('[U2] a line that opens and says nothing does not begin the pauses anew', async () => {
    const source = createSource();
    source.start();
    for (let count = 0; count < 5; count++) {
      tries.at(-1)?.opened();
      tries.at(-1)?.closed('cut');
      await timers.advance(15_000);
    }
    tries.at(-1)?.closed('cut');
    expect((source.status.nextAttemptEpochMs ?? 0) - timers.nowEpochMs()).toBe(11_250);
  });

  it('[U2] pauses lie within their half, whatever chance says', () => {
    for (const random of [0, 0.3, 0.999]) {
      expect(retryDelayMs(1, random)).toBeGreaterThanOrEqual(500);
      expect(retryDelayMs(1, random)).toBeLessThanOrEqual(1000);
      expect(retryDelayMs(5000, random)).toBeLessThanOrEqual(15_000);
    }
    expect(retryDelayMs(3, 0.1)).not.toBe(retryDelayMs(3, 0.9));
  });

  it('[U3] a try that gets no answer at all is given up for the next', async () => {
    const source = createSource();
    source.start();
    await timers.advance(29_999);
    expect(source.status.state).toBe('connecting');
    await timers.advance(1);
    expect(source.status).toMatchObject({ state: 'waiting', problem: 'no answer' });
    expect(closed).toBe(1);
    await timers.advance(1000);
    expect(tries).toHaveLength(2);
  });

  it('[U2] a protocol that fails to try at all is tried again', async () => {
    const source = createSource(() => {
      throw new Error('bad port');
    });
    source.start();
    expect(source.status).toMatchObject({ state: 'waiting', problem: 'bad port', attempts: 1 });
    await timers.advance(60_000);
    expect(source.status.attempts).toBeGreaterThan(4);
    await source.stop();
    expect(source.status.state).toBe('stopped');
  });

  it.each([
    ['connect ECONNREFUSED 10.0.0.9:50000', 'nobody listens there: is the timing switched on?'],
    ['getaddrinfo ENOTFOUND timing.local', 'nobody knows that name'],
    ['the run is over', 'the run is over'],
    ['', 'cannot be reached'],
    ['ECONSTRUCTOR __proto__', 'ECONSTRUCTOR __proto__'],
  ])('[U4] a line lost by %j is told in plain words', (reason, words) => {
    const source = createSource();
    source.start();
    tries[0]?.closed(reason);
    expect(source.status.problem).toBe(words);
  });

  it('[U3] a connection that is over says nothing any more', async () => {
    const source = createSource();
    source.start();
    tries[0]?.opened();
    tries[0]?.closed('cut');
    tries[0]?.received(bytes);
    tries[0]?.opened();
    tries[0]?.closed('cut again');
    expect(source.status).toMatchObject({ state: 'waiting', problem: 'cut', linesRead: 0 });
    await source.stop();
    await timers.advance(60_000);
    expect(tries).toHaveLength(1);
  });

  it('[U12] what the store does not take waits, and is stored in order when it is back', async () => {
    const source = createSource();
    source.start();
    tries[0]?.opened();
    sink.session('1', aManifest());
    sink.facts([aStart()]);
    await timers.advance(100);
    expect(await logged()).toHaveLength(1);
    isStoreDown = true;
    for (let lapNumber = 1; lapNumber <= 5; lapNumber++) {
      sink.facts([aPassing({ lapNumber, atMs: lapNumber * 90_000 })]);
      await timers.advance(1000);
    }
    expect(source.status.problem).toBe('not stored: the disk is full');
    isStoreDown = false;
    await timers.advance(2000);
    expect((await logged()).slice(1)).toMatchObject([1, 2, 3, 4, 5].map((lapNumber) => ({ lapNumber })));
    expect(source.status.problem).toBeUndefined();
  });

  it('[U12] what waits is bounded: the feed is asked for everything again', async () => {
    const source = createSource();
    source.start();
    tries[0]?.opened();
    sink.session('1', aManifest());
    sink.facts([aStart()]);
    await timers.advance(100);
    isStoreDown = true;
    const first = sink;
    for (let count = 0; count < 101; count++) sink.facts(Array.from({ length: 1000 }, () => aPassing({ loop: 'S1' })));
    tries[0]?.received(bytes);
    expect(source.status).toMatchObject({ state: 'waiting', problem: expect.stringContaining('keep up') });
    expect(sink).not.toBe(first);
    await timers.advance(5000);
    isStoreDown = false;
    tries[1]?.opened();
    sink.session('1', aManifest());
    sink.facts([aStart(), aPassing({ lapNumber: 1 })]);
    await timers.advance(100);
    const log = await logged();
    expect(log.filter((event) => (event as { type: string }).type === 'session-phase')).toHaveLength(1);
    expect(log.at(-1)).toMatchObject({ lapNumber: 1 });
  });

  it('[U11] facts of no session, and sessions that cannot be, are left out', async () => {
    const source = createSource();
    source.start();
    tries[0]?.opened();
    sink.facts([aStart()]);
    sink.session('1', { ...aManifest(), event: '' });
    sink.facts([aStart()]);
    expect(source.status).toMatchObject({ factsLeftOut: 2, problem: expect.stringContaining('event') });
    sink.session('1', aManifest());
    sink.facts([aStart()]);
    await timers.advance(100);
    expect(await logged()).toHaveLength(1);
  });

  it('[U5] sessions come and go in any order, and each keeps its own facts', async () => {
    const source = createSource();
    source.start();
    tries[0]?.opened();
    for (let round = 0; round < 2; round++) {
      for (let key = 1; key <= 60; key++) {
        sink.session(String(key), aManifest());
        sink.facts([aPassing({ lapNumber: round, atMs: key * 1000 })]);
      }
    }
    await timers.advance(1000);
    expect(source.sessions).toHaveLength(50);
    for (const session of registry.all()) {
      const atMs = Number(session.id.slice('fake-'.length)) * 1000;
      expect(await session.read(1, 100)).toMatchObject([0, 1].map((lapNumber) => ({ lapNumber, atMs })));
    }
    expect(registry.all()).toHaveLength(60);
  });
});
