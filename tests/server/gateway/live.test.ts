import type { RunningServer } from '@pitboard/server/main.ts';
import { PushClient } from '@pitboard/server/sources/push-client.ts';
import { LIVE_NAMESPACE, PROTOCOL_VERSION } from '@pitboard/shared/protocol/socket-events.ts';
import { io } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aManifest, aPassing, numbered, someEvents, someFacts } from '../../builders.ts';
import { startTestServer, TEST_TOKEN } from '../test-server.ts';
import { TestViewer } from '../test-viewer.ts';

let server: RunningServer;
let ends: (() => void)[];

beforeEach(async () => {
  ends = [];
  const recorded = { id: 'recorded', manifest: aManifest(), events: someEvents(50) };
  server = await startTestServer({ sessions: [recorded] });
});
afterEach(async () => {
  for (const end of ends) end();
  await server.close();
});

async function openSource(session = 'race'): Promise<PushClient> {
  const client = new PushClient({
    url: server.url,
    token: TEST_TOKEN,
    session,
    source: 'feed',
    manifest: aManifest(),
  });
  ends.push(() => client.close());
  await client.open();
  return client;
}

function view(session: string): TestViewer {
  const viewer = new TestViewer(server.url, session);
  ends.push(() => viewer.close());
  return viewer;
}

function connect() {
  const socket = io(new URL(LIVE_NAMESPACE, server.url).href, { transports: ['websocket'], forceNew: true });
  ends.push(() => socket.disconnect());
  return socket;
}

describe('viewers', () => {
  it('[W1] those who join at any moment of a push miss nothing and see nothing twice', async () => {
    const source = await openSource();
    const viewers: TestViewer[] = [];
    const facts = someFacts(400);
    for (let from = 0; from < facts.length; from += 20) {
      viewers.push(view('race'));
      await source.push(facts.slice(from, from + 20), from + 1);
    }
    await Promise.all(viewers.map((viewer) => viewer.until(({ events }) => events.length >= 400)));
    for (const viewer of viewers) expect(viewer.events).toEqual(numbered(facts));
  });

  it('[W1] history ends where the batches begin', async () => {
    const source = await openSource();
    await source.push(someFacts(30), 1);
    const viewer = view('race');
    await viewer.until(({ joins }) => joins.length > 0);
    await source.push(someFacts(60).slice(30), 31);
    await viewer.until(({ events }) => events.length === 60);
    expect(viewer.batches[0]?.fromSeq).toBe((viewer.joins[0]?.headSeq ?? 0) + 1);
  });

  it('[W2] batches follow each other without a hole', async () => {
    const source = await openSource();
    await source.push(someFacts(1), 1);
    const viewer = view('race');
    await viewer.until(({ joins }) => joins.length > 0);
    for (let sourceSeq = 2; sourceSeq <= 60; sourceSeq++) {
      await source.push([aPassing({ atMs: sourceSeq })], sourceSeq);
      if (sourceSeq % 20 === 0) await viewer.until(({ events }) => events.length === sourceSeq);
    }
    expect(viewer.batches.length).toBeGreaterThan(2);
    viewer.batches.slice(1).forEach(({ fromSeq }, index) => {
      expect(fromSeq).toBe((viewer.batches[index]?.toSeq ?? 0) + 1);
    });
  });

  it('[W14] a viewer of one session hears nothing of another', async () => {
    const race = await openSource('race');
    const other = await openSource('other');
    await race.push(someFacts(1), 1);
    await other.push(someFacts(1), 1);
    const viewer = view('race');
    await viewer.until(({ joins }) => joins.length > 0);
    await other.push(someFacts(9).slice(1), 2);
    await race.push(someFacts(3).slice(1), 2);
    await viewer.until(({ events }) => events.length === 3);
    expect(viewer.batches.every(({ toSeq }) => toSeq <= 3)).toBe(true);
    expect(viewer.events).toEqual(someEvents(3));
  });

  it('[W14] joining another session leaves the one before', async () => {
    const race = await openSource('race');
    await race.push(someFacts(1), 1);
    const socket = connect();
    const batches: unknown[] = [];
    socket.on('race:events', (batch) => batches.push(batch));
    await socket.emitWithAck('session:join', { session: 'race', protocolVersion: PROTOCOL_VERSION });
    await socket.emitWithAck('session:join', { session: 'recorded', protocolVersion: PROTOCOL_VERSION });
    const witness = view('race');
    await witness.until(({ joins }) => joins.length > 0);
    await race.push(someFacts(5).slice(1), 2);
    await witness.until(({ events }) => events.length === 5);
    await socket.emitWithAck('session:join', { session: 'recorded', protocolVersion: PROTOCOL_VERSION });
    expect(batches).toEqual([]);
  });

  it('[W10] are told when a session goes live, loses its source, and ends', async () => {
    const source = await openSource();
    const viewer = view('race');
    await viewer.until(({ joins }) => joins.length > 0);
    expect(viewer.joins[0]?.summary.state).toBe('upcoming');
    await source.push(someFacts(3), 1);
    await viewer.until(({ statuses }) => statuses.at(-1)?.state === 'live');
    expect(viewer.statuses.at(-1)).toMatchObject({ session: 'race', viewers: 1, clock: { rate: 1 } });
    source.close();
    await viewer.until(({ statuses }) => statuses.at(-1)?.state === 'stale');
    await (await openSource()).finish();
    await viewer.until(({ statuses }) => statuses.at(-1)?.state === 'recorded');
    expect(viewer.statuses.at(-1)).toMatchObject({ headSeq: 3, clock: { atMs: 2000, rate: 0 } });
  });

  it('[W15] an old or new client is told to reload, in a typed answer', async () => {
    const reply = await connect().emitWithAck('session:join', { session: 'recorded', protocolVersion: 999 });
    expect(reply).toMatchObject({ ok: false, error: 'protocol-version' });
  });

  it('[W15] a session that does not exist is said not to', async () => {
    const request = { session: 'nowhere', protocolVersion: PROTOCOL_VERSION };
    expect(await connect().emitWithAck('session:join', request)).toMatchObject({ error: 'unknown-session' });
  });

  it.each([
    [undefined],
    [null],
    [7],
    ['recorded'],
    [[]],
    [{}],
    [{ session: '../etc', protocolVersion: PROTOCOL_VERSION }],
  ])('[W16] %j in place of a request is refused, and the server lives on', async (request) => {
    const socket = connect();
    expect(await socket.emitWithAck('session:join', request)).toMatchObject({ ok: false, error: 'bad-request' });
    // Without an acknowledgement, and one message that nobody knows.
    socket.emit('session:join', request);
    socket.emit('session:join');
    socket.emit('session:leave', 1, 2, 3);
    socket.emit('nobody:knows', {});
    const good = { session: 'recorded', protocolVersion: PROTOCOL_VERSION };
    expect(await socket.emitWithAck('session:join', good)).toMatchObject({ ok: true, headSeq: 50 });
  });

  it('[W17] a connection that floods the server is closed', async () => {
    const socket = connect();
    socket.io.reconnection(false);
    const closed = new Promise<string>((resolve) => socket.on('disconnect', resolve));
    await new Promise<void>((resolve) => socket.on('connect', resolve));
    for (let count = 0; count < 500; count++) socket.emit('session:leave');
    expect(await closed).toMatch(/transport/);
  });

  it('[W17] no more connections are taken than allowed', async () => {
    await server.close();
    server = await startTestServer({ connectionLimit: 1 });
    const first = connect();
    await new Promise<void>((resolve) => first.on('connect', resolve));
    const second = connect();
    await new Promise<Error>((resolve) => second.on('connect_error', resolve));
    expect(second.connected).toBe(false);
  });

  it('[W18] pages of strange origins get no connection, those of this server do', async () => {
    const connecting = (origin: string) =>
      new Promise<string>((resolve) => {
        const socket = io(new URL(LIVE_NAMESPACE, server.url).href, {
          transports: ['websocket'],
          forceNew: true,
          reconnection: false,
          extraHeaders: { origin },
        });
        ends.push(() => socket.disconnect());
        socket.on('connect', () => resolve('connected'));
        socket.on('connect_error', () => resolve('refused'));
      });
    expect(await connecting('https://elsewhere.example')).toBe('refused');
    expect(await connecting(server.url.replace(/\/$/, ''))).toBe('connected');
  });
});

describe('replayed session', () => {
  it('[W12] is live to its viewers, and takes them along when it starts over', async () => {
    await server.close();
    const replay = { speed: 1000, loopPauseMs: 50 };
    server = await startTestServer({
      sessions: [{ id: 'loop', manifest: aManifest(), events: someEvents(200), replay }],
    });
    const viewer = view('loop');
    await viewer.until(({ joins, events }) => joins.length >= 2 && events.length === 200);
    expect(viewer.joins[0]?.log).not.toBe(viewer.joins[1]?.log);
    expect(viewer.events).toEqual(someEvents(200));
    expect(viewer.joins[0]?.summary.replayed).toBe(true);
  });
});
