import type { AddressInfo } from 'node:net';
import { createFeedCollector } from '@pitboard/server/sources/feed/collect-feed.ts';
import { connectScreen, screenAddressOf } from '@pitboard/server/sources/timing71/screen-connection.ts';
import { timing71 } from '@pitboard/server/sources/timing71/timing71-screen.ts';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type ServerOptions, type WebSocket, WebSocketServer } from 'ws';
import { fuzzFeed } from '../fuzz.ts';
import { endOf, eventsOf, green, line, NOON, SERVICE, type State } from './replay-builder.ts';

const NOON_MS = NOON * 1000;
const ARRIVED_MS = NOON_MS + 7;

function message(type: string, content: object): string {
  return JSON.stringify({ type, ...content });
}

/** A state as the screen sends it, so many seconds after noon. */
function stateMessage(seconds: number, state: State): string {
  const full = { cars: [], session: green(seconds), messages: [], highlight: [], ...state };
  return message('STATE_UPDATE', { state: { ...full, lastUpdated: NOON_MS + seconds * 1000 } });
}

const manifestMessage = message('MANIFEST_UPDATE', { manifest: SERVICE });
const race = [
  manifestMessage,
  stateMessage(0, { cars: [line('7'), line('8')] }),
  message('ANALYSIS_STATE', { data: { version: 2 } }),
  stateMessage(90, { cars: [line('7', { laps: 1, last: 89.6 }), line('8')] }),
  stateMessage(91, { cars: [line('7', { laps: 1, last: 89.6 }), line('8', { laps: 1, last: 90.1, gap: 0.5 })] }),
];

function listen() {
  const skipped: string[] = [];
  const collector = createFeedCollector((_, __, reason) => skipped.push(reason));
  const reader = timing71.createReader(collector);
  const tell = (texts: readonly string[], arrivedMs = ARRIVED_MS) => {
    for (const text of texts) reader.read(Buffer.from(`${text}\n`), arrivedMs);
  };
  return { collector, reader, skipped, tell };
}

const endings: (() => void)[] = [];
afterEach(() => {
  for (const end of endings.splice(0)) end();
});

/** A screen on a socket of its own. */
async function serve(greet: (client: WebSocket) => void, options: ServerOptions = {}) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', ...options });
  endings.push(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  server.on('connection', greet);
  await new Promise((resolve) => server.once('listening', resolve));
  return { server, url: new URL(`timing71+ws://127.0.0.1:${(server.address() as AddressInfo).port}/`) };
}

function watch(url: URL, pingMs?: number) {
  const events: string[] = [];
  const connection = connectScreen(
    url,
    {
      opened: () => events.push('opened'),
      received: (bytes) => events.push(Buffer.from(bytes).toString()),
      closed: (reason) => events.push(`closed: ${reason}`),
    },
    pingMs,
  );
  endings.push(() => connection.close());
  return { events, connection };
}

describe('Y. Timing71 and the others', () => {
  it('[Y23] a screen says what it is, then what it shows; what Timing71 makes of it is passed over', () => {
    const { collector, skipped, tell } = listen();
    tell(race);
    expect(skipped).toEqual([]);
    const [first] = collector.races();
    expect(first?.manifest).toMatchObject({ event: 'Pier Park', session: 'Race 2', orderAuthority: 'feed' });
    expect(eventsOf(first as never, 'passing').map(({ car, atMs }) => [car, atMs])).toEqual([
      ['7', 89_600],
      ['8', 90_100],
    ]);
    expect(eventsOf(first as never, 'session-phase')).toMatchObject([{ atMs: 0, startEpochMs: NOON_MS }]);
  });

  it('[Y23] a line that was cut and tells everything again says nothing new', () => {
    const { collector, reader, skipped, tell } = listen();
    tell(race);
    const before = JSON.stringify(collector.races());
    reader.read(Buffer.from(manifestMessage.slice(0, 40)), ARRIVED_MS);
    reader.cut();
    tell([manifestMessage, race.at(-1) ?? '', message('ANALYSIS_STATE', { data: {} })]);
    expect(JSON.stringify(collector.races())).toBe(before);
    expect(skipped).toEqual([]);
  });

  it('[Y23] a state that does not say when it was made is of the moment of its arrival', () => {
    const { collector, tell } = listen();
    tell([
      manifestMessage,
      message('STATE_UPDATE', { state: { cars: [line('7')], session: green(10), messages: [] } }),
    ]);
    expect(eventsOf(collector.races()[0] as never, 'session-phase')[0]?.startEpochMs).toBe(ARRIVED_MS - 10_000);
  });

  it('[Y23] before the start facts stand before it, and a screen without a service says nothing yet', () => {
    const { collector, skipped, tell } = listen();
    const before = { cars: [line('7', { state: 'N/S' })], session: { flagState: 'none', timeElapsed: 0 } };
    tell([message('MANIFEST_UPDATE', { manifest: {} }), message('STATE_UPDATE', { state: {} })]);
    expect([collector.races(), skipped]).toEqual([[], []]);
    tell([manifestMessage, stateMessage(-600, before), stateMessage(2, { cars: [line('7')] })]);
    const told = collector.races()[0]?.events.map(({ type, atMs }) => [type, atMs]);
    expect(told).toEqual([
      ['order-reported', -1],
      ['clock', -1],
      ['session-phase', 0],
      ['flag-changed', 2000],
      ['clock', 2000],
    ]);
    expect(endOf(collector.races()[0] as never).state.phase).toBe('running');
  });

  it('[Y23] what is no message of a screen is counted, and the rest goes on', () => {
    const { collector, skipped, tell } = listen();
    tell([
      stateMessage(1, {}),
      '{',
      '7',
      'null',
      message('PING', {}),
      message('STATE_UPDATE', { state: 7 }),
      'x'.repeat(9_000_000),
    ]);
    tell([message('MANIFEST_UPDATE', { manifest: { name: 'x' } }), ...race]);
    expect(skipped).toEqual([
      'a state before any manifest',
      'not JSON',
      'no message of a timing screen',
      'no message of a timing screen',
      'no message of a timing screen',
      'no message of a timing screen',
      'line too long',
      'no manifest: name, description and columns are needed',
    ]);
    expect(eventsOf(collector.races()[0] as never, 'passing')).toHaveLength(2);
  });

  it('[Y23] however the bytes are cut, the same race comes out', () => {
    const whole = listen();
    whole.tell(race);
    const bytes = Buffer.from(`${race.join('\r\n')}\n`);
    for (const size of [1, 7, 500]) {
      const { collector, reader } = listen();
      for (let at = 0; at < bytes.length; at += size) reader.read(bytes.subarray(at, at + size), ARRIVED_MS);
      expect(collector.races()).toEqual(whole.collector.races());
    }
  });

  it('[Y23] each message on the socket becomes a line, in order', async () => {
    const { url } = await serve((client) => {
      client.send(manifestMessage);
      client.send('{\r\n  "type": "STATE_UPDATE",\n"state": {}}');
      client.send(Buffer.from('{"type":"ANALYSIS_STATE"}'));
    });
    const { events } = watch(url);
    await vi.waitFor(() => expect(events).toHaveLength(4));
    expect(events).toEqual([
      'opened',
      `${manifestMessage}\n`,
      '{   "type": "STATE_UPDATE", "state": {}}\n',
      '{"type":"ANALYSIS_STATE"}\n',
    ]);
  });

  it('[Y23] the end of a line is told once: cut, silent, too large, or never there; one closed from here tells nothing', async () => {
    const cut = await serve((client) => client.terminate());
    const cutEvents = watch(cut.url).events;
    await vi.waitFor(() => expect(cutEvents.at(-1)).toMatch(/^closed: /));

    const dead = await serve(() => undefined, { autoPong: false });
    const deadEvents = watch(dead.url, 20).events;
    await vi.waitFor(() => expect(deadEvents).toEqual(['opened', 'closed: no answer any more']));

    const large = await serve((client) => client.send('x'.repeat(8_000_001)));
    const largeEvents = watch(large.url).events;
    await vi.waitFor(() => expect(largeEvents).toEqual(['opened', expect.stringMatching(/^closed: .*size/i)]));

    const gone = await serve(() => undefined);
    gone.server.close();
    const goneEvents = watch(gone.url).events;
    await vi.waitFor(() => expect(goneEvents).toEqual([expect.stringMatching(/^closed: ./)]));

    const alive = await serve(() => undefined);
    const { events, connection } = watch(alive.url, 20);
    await vi.waitFor(() => expect(events).toEqual(['opened']));
    await new Promise((resolve) => setTimeout(resolve, 100));
    connection.close();
    watch(alive.url).connection.close();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(events).toEqual(['opened']);
    expect(deadEvents).toHaveLength(2);
  });

  it('[Y23] a screen is reached by its own kind of address or by that of a socket', () => {
    expect(screenAddressOf(new URL('t71://timing.local'))).toBe('ws://timing.local:24771/');
    expect(screenAddressOf(new URL('t71://timing.local:99'))).toBe('ws://timing.local:99/');
    expect(screenAddressOf(new URL('timing71+ws://[::1]:99/screen?id=1'))).toBe('ws://[::1]:99/screen?id=1');
    expect(screenAddressOf(new URL('timing71+wss://timing.example'))).toBe('wss://timing.example/');
  });

  it('[Y24] a spoilt feed does no harm', () => {
    const more = Array.from({ length: 40 }, (_, index) => {
      const laps = 2 + Math.floor(index / 4);
      const cars = [
        line('7', { laps, last: 89 + index, driver: ['ROWE, Ida', 'Gold'] }),
        line('08', { laps, gap: '1 lap', state: index % 5 === 0 ? 'PIT' : 'RUN' }),
      ];
      const session = green(100 + index * 20, { trackData: ['20°C'], timeRemain: 9000 - index * 20 });
      return stateMessage(100 + index * 20, {
        cars,
        session,
        messages: [[NOON_MS + index, 'Race Control', `Car ${index}`, 'raceControl', '7']],
      });
    });
    const report = fuzzFeed(timing71, { samples: [{ name: 'screen.txt', content: [...race, ...more].join('\n') }] });
    expect(report.races).toBeGreaterThan(report.files / 2);
    expect(report.events).toBeGreaterThan(report.races * 10);
    expect(report.skipped).toBeGreaterThan(0);
  }, 120_000);
});
