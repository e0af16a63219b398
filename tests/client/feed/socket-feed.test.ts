import type { FeedListener } from '@pitboard/client/feed/feed.ts';
import { openSocketFeed } from '@pitboard/client/feed/socket-feed.ts';
import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import { describe, expect, test, vi } from 'vitest';
import { aManifest, someEvents } from '../../builders.ts';
import { FakeServer } from './fake-server.ts';

const EVENTS = someEvents(60);
const run = (fromSeq: number, toSeq: number) => EVENTS.slice(fromSeq - 1, toSeq);

function openFeed(server: FakeServer) {
  const events: RaceEvent[] = [];
  const told: string[] = [];
  const listener: FeedListener = {
    onLog: (_manifest, word) => {
      events.length = 0;
      told.push(`log ${word.session}`);
    },
    onEvents: (run) => events.push(...run),
    onLoaded: (share) => share === 1 && told.push('loaded'),
    onWord: (word) => told.push(`word ${word.viewers}`),
    onConnection: (connection) => told.push(connection),
    onProblem: (problem, final) => told.push(`${problem}${final ? ', final' : ''}`),
  };
  const { openSocket, fetchJson } = server;
  const wait = () => Promise.resolve();
  const feed = openSocketFeed({ session: 's', listener, openSocket, fetchJson, wait });
  return { events, told, feed };
}

async function joined(history: number) {
  const server = new FakeServer(aManifest(), run(1, history));
  const feed = openFeed(server);
  server.connect();
  await vi.waitFor(() => expect(feed.told).toContain('loaded'));
  return { server, ...feed };
}

describe('Socket feed', () => {
  test('[W30] fetches whole segments and the open rest, and gives all of it in order', async () => {
    const { server, events } = await joined(20);
    expect(events).toEqual(run(1, 20));
    expect(server.paths.toSorted()).toEqual([
      '/api/sessions/s/logs/log-1/events?from=17',
      '/api/sessions/s/logs/log-1/segments/0',
      '/api/sessions/s/logs/log-1/segments/1',
    ]);
  });

  test('[W30] keeps what arrives while history is on its way, and applies it after', async () => {
    const server = new FakeServer(aManifest(), run(1, 20));
    server.held = [];
    const { events, told } = openFeed(server);
    server.connect();
    server.publish(run(21, 23));
    expect(events).toEqual([]);
    server.release();
    await vi.waitFor(() => expect(told).toContain('loaded'));
    expect(events).toEqual(run(1, 23));
  });

  test('[W30] fetches at most four pieces at a time', async () => {
    const server = new FakeServer(aManifest(), run(1, 60));
    server.held = [];
    const { told } = openFeed(server);
    server.connect();
    expect(server.paths).toHaveLength(4);
    server.release();
    await vi.waitFor(() => expect(told).toContain('loaded'));
    expect(server.paths).toHaveLength(8);
  });

  test('[W31] heals a hole by history', async () => {
    const { server, events } = await joined(10);
    server.publish(run(11, 14), 'loses-them');
    server.publish(run(15, 16));
    await vi.waitFor(() => expect(events).toEqual(run(1, 16)));
  });

  test('[W31] repeats change nothing', async () => {
    const { server, events } = await joined(10);
    server.publish(run(11, 12));
    server.send(run(11, 12));
    server.send(run(3, 12));
    expect(events).toEqual(run(1, 12));
  });

  test('[W31] a lost last batch is noticed by the word of the server', async () => {
    const { server, events } = await joined(10);
    server.publish(run(11, 13), 'loses-them');
    server.status();
    // The first word may be ahead of a batch that is on its way.
    expect(events).toEqual(run(1, 10));
    server.status();
    await vi.waitFor(() => expect(events).toEqual(run(1, 13)));
  });

  test('[W31] a batch that cannot be read is healed like a lost one', async () => {
    const { server, events } = await joined(10);
    server.publish(run(11, 12), 'loses-them');
    server.sendRaw([11, 5000, { type: 'no-such-fact' }]);
    server.publish(run(13, 13));
    await vi.waitFor(() => expect(events).toEqual(run(1, 13)));
  });

  test('[W32] after a cut it joins again and is given what it missed', async () => {
    const { server, events, told } = await joined(10);
    server.disconnect();
    expect(told.at(-1)).toBe('reconnecting');
    server.publish(run(11, 30), 'loses-them');
    server.connect();
    await vi.waitFor(() => expect(events).toEqual(run(1, 30)));
    expect(told.filter((word) => word.startsWith('log'))).toHaveLength(1);
  });

  test('[R13] a session that starts over begins with a fresh log', async () => {
    const { server, events, told } = await joined(10);
    server.restart('log-2');
    await vi.waitFor(() => expect(told.filter((word) => word === 'loaded')).toHaveLength(2));
    expect(events).toEqual([]);
    server.publish(run(1, 2));
    expect(events).toEqual(run(1, 2));
    expect(told.filter((word) => word.startsWith('log'))).toHaveLength(2);
  });

  test('[R13] answers that belong to the log before are dropped', async () => {
    const server = new FakeServer(aManifest(), run(1, 20));
    server.held = [];
    const { events, told } = openFeed(server);
    server.connect();
    const late = server.held;
    server.held = undefined;
    server.restart('log-2');
    server.publish(run(1, 1));
    for (const resolve of late) resolve();
    await vi.waitFor(() => expect(told).toContain('loaded'));
    expect(events).toEqual(run(1, 1));
  });

  test('[W32] a server that is gone is told, and asked again', async () => {
    const server = new FakeServer(aManifest(), run(1, 3));
    const { events, told } = openFeed(server);
    server.unreachable();
    expect(told).toEqual(['server-gone']);
    server.connect();
    await vi.waitFor(() => expect(events).toEqual(run(1, 3)));
  });

  test.each(['unknown-session', 'protocol-version'] as const)('[W32] %s is final', (error) => {
    const server = new FakeServer(aManifest(), []);
    server.nextReply = { ok: false, error, message: 'no' };
    const { told } = openFeed(server);
    server.connect();
    expect(told).toEqual([`${error}, final`]);
    expect(server.closed).toBe(true);
  });

  test('[W32] history that fails is asked for again', async () => {
    const server = new FakeServer(aManifest(), run(1, 6));
    const { fetchJson } = server;
    let failures = 2;
    const flaky = Object.assign(server, {
      fetchJson: (path: string) => (failures-- > 0 ? Promise.reject(new Error('cut')) : fetchJson(path)),
    });
    const { events, told } = openFeed(flaky);
    server.connect();
    await vi.waitFor(() => expect(told).toContain('loaded'));
    expect(events).toEqual(run(1, 6));
    expect(told).toContain('server-gone');
  });
});
