import { connectF1, hubAddressOf } from '@pitboard/server/sources/f1/f1-connection.ts';
import type { FeedConnection } from '@pitboard/server/sources/feed/feed.ts';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type FakeHub, startFakeHub } from './fake-hub.ts';

const STATES = {
  Heartbeat: { Utc: '2031-05-04T12:00:00Z' },
  TimingData: { Lines: { '7': { Line: 1, Position: '1' } } },
  SessionInfo: { Meeting: { Name: 'Harbour Prix' }, Name: 'Race' },
};

const endings: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

async function hubWith(options: Partial<Parameters<typeof startFakeHub>[0]> = {}): Promise<FakeHub> {
  const hub = await startFakeHub({ states: STATES, ...options });
  endings.push(() => hub.stop());
  return hub;
}

/** Listens to a hub and writes down what happens. */
function listen(url: URL, token?: string) {
  const heard: unknown[] = [];
  const events: string[] = [];
  const connection: FeedConnection = connectF1(
    url,
    {
      opened: () => events.push('opened'),
      received: (bytes) => {
        const text = Buffer.from(bytes).toString();
        expect(text.endsWith('\n')).toBe(true);
        for (const line of text.trimEnd().split('\n')) heard.push(JSON.parse(line));
      },
      closed: (reason) => events.push(`closed: ${reason}`),
    },
    { token },
  );
  endings.push(() => connection.close());
  return { heard, events, connection };
}

describe('J. Formula 1', () => {
  it('[J40] the hub is met with its cookie, asked for the topics, and told state by state, the session first', async () => {
    const hub = await hubWith({ needsCookie: true });
    const { heard, events } = listen(hub.url);
    await vi.waitFor(() => expect(heard).toHaveLength(3));
    expect(events).toEqual(['opened']);
    expect(heard).toEqual([
      ['SessionInfo', STATES.SessionInfo, ''],
      ['TimingData', STATES.TimingData, ''],
      ['Heartbeat', STATES.Heartbeat, ''],
    ]);
    expect(hub.requests).toEqual(['OPTIONS /signalrcore/negotiate', 'POST /signalrcore/negotiate']);
    expect(hub.subscriptions).toEqual([expect.arrayContaining(['SessionInfo', 'TimingData', 'RaceControlMessages'])]);
  });

  it('[J41] what the hub tells comes as lines of topic, data and stamp, pings in between', async () => {
    const hub = await hubWith();
    const { heard, events } = listen(hub.url);
    await vi.waitFor(() => expect(heard).toHaveLength(3));
    hub.feed(
      ['TrackStatus', { Status: '4' }, '2031-05-04T12:00:01.5Z'],
      ['TimingData', { Lines: { '7': { Line: 2 } } }, '2031-05-04T12:00:01.2Z'],
    );
    hub.ping();
    hub.feed(['CarData.z', 'q1Y=', '2031-05-04T12:00:02Z']);
    await vi.waitFor(() => expect(heard).toHaveLength(6));
    expect(heard.slice(3)).toEqual([
      ['TrackStatus', { Status: '4' }, '2031-05-04T12:00:01.5Z'],
      ['TimingData', { Lines: { '7': { Line: 2 } } }, '2031-05-04T12:00:01.2Z'],
      ['CarData.z', 'q1Y=', '2031-05-04T12:00:02Z'],
    ]);
    expect(events).toEqual(['opened']);
  });

  it('[J42] a line that is cut, a hub that says good-bye or refuses, and one that is not there are told once', async () => {
    const hub = await hubWith();
    const cut = listen(hub.url);
    await vi.waitFor(() => expect(cut.heard).toHaveLength(3));
    hub.drop();
    await vi.waitFor(() => expect(cut.events).toEqual(['opened', expect.stringMatching(/^closed: /)]));

    const again = listen(hub.url);
    await vi.waitFor(() => expect(again.heard).toHaveLength(3));
    hub.dismiss();
    await vi.waitFor(() => expect(again.events).toEqual(['opened', expect.stringContaining('the session is over')]));

    const refusing = await hubWith({ refusesSubscription: true });
    const refused = listen(refusing.url);
    await vi.waitFor(() => expect(refused.events).toEqual([expect.stringContaining('not now')]));

    const gone = await startFakeHub({ states: {} });
    await gone.stop();
    const nobody = listen(gone.url);
    await vi.waitFor(() => expect(nobody.events).toEqual([expect.stringMatching(/^closed: ./)]));
    expect(cut.events).toHaveLength(2);
  });

  it('[J43] nothing is told after a connection was closed from this side, at whatever moment', async () => {
    const hub = await hubWith();
    const early = listen(hub.url);
    early.connection.close();
    const { heard, events, connection } = listen(hub.url);
    await vi.waitFor(() => expect(heard).toHaveLength(3));
    connection.close();
    hub.feed(['TrackStatus', { Status: '1' }, '']);
    const after = listen(hub.url);
    await vi.waitFor(() => expect(after.heard).toHaveLength(3));
    expect([heard.length, events]).toEqual([3, ['opened']]);
    expect([early.heard, early.events]).toEqual([[], []]);
  });

  it('[J43] a listener who has heard enough hears no more of what has come already', async () => {
    const hub = await hubWith();
    const heard: string[] = [];
    const connection = connectF1(hub.url, {
      opened: () => undefined,
      received: (bytes) => {
        heard.push(Buffer.from(bytes).toString());
        connection.close();
      },
      closed: () => heard.push('closed'),
    });
    await vi.waitFor(() => expect(heard).toHaveLength(1));
    const after = listen(hub.url);
    await vi.waitFor(() => expect(after.heard).toHaveLength(3));
    expect(heard).toHaveLength(1);
  });

  it('[J44] a token of a subscriber is brought along, and a wrong one refused', async () => {
    const hub = await hubWith({ token: 'pass' });
    const welcome = listen(hub.url, 'pass');
    await vi.waitFor(() => expect(welcome.heard).toHaveLength(3));
    expect(hub.socketHeaders().authorization).toBe('Bearer pass');
    const stranger = listen(hub.url, 'guess');
    await vi.waitFor(() => expect(stranger.events).toEqual([expect.stringMatching(/^closed: /)]));
  });

  it('[J45] an address without a host is the public hub', () => {
    expect(hubAddressOf(new URL('f1:'))).toBe('https://livetiming.formula1.com/signalrcore');
    expect(hubAddressOf(new URL('f1://timing.example/hub'))).toBe('https://timing.example/hub');
    expect(hubAddressOf(new URL('f1://timing.example'))).toBe('https://timing.example/signalrcore');
    expect(hubAddressOf(new URL('f1+http://127.0.0.1:99/hub'))).toBe('http://127.0.0.1:99/hub');
  });
});
