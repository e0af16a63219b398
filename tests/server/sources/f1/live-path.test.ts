import type { RunningServer } from '@pitboard/server/main.ts';
import { f1 } from '@pitboard/server/sources/f1/f1-protocol.ts';
import { afterEach, describe, expect, it } from 'vitest';
import { addSource, eventually, lapsIn, listSources, logOf, sourceOf, startFeedServer } from '../feed/sources-api.ts';
import { type FakeHub, startFakeHub } from './fake-hub.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** ISO time of a second after two o'clock. */
const at = (seconds: number): string => new Date(Date.UTC(2031, 4, 4, 14, 0, 0) + seconds * 1000).toISOString();

const SESSION = {
  Meeting: {
    Name: 'Harbour Prix',
    Location: 'Brinemouth',
    Country: { Name: 'Nowhere' },
    Circuit: { ShortName: 'Pier' },
  },
  Type: 'Race',
  Name: 'Race',
  StartDate: '2031-05-04T14:00:00',
  EndDate: '2031-05-04T16:00:00',
  GmtOffset: '00:00:00',
  Path: '2031/2031-05-04_Harbour_Prix/2031-05-04_Race/',
};
const sectors = () => [{ Value: '' }, { Value: '' }, { Value: '' }];
const car = (number: string, line: number) => ({
  RacingNumber: number,
  Line: line,
  Position: String(line),
  NumberOfLaps: 0,
  Sectors: sectors(),
  LastLapTime: { Value: '' },
  BestLapTime: { Value: '' },
});
const STATES = {
  SessionInfo: SESSION,
  DriverList: {
    '7': {
      RacingNumber: '7',
      Tla: 'ROW',
      FullName: 'Ida ROWE',
      LastName: 'Rowe',
      FirstName: 'Ida',
      TeamName: 'Brine',
      Line: 1,
    },
    '08': {
      RacingNumber: '08',
      Tla: 'DAH',
      FullName: 'Ove DAHL',
      LastName: 'Dahl',
      FirstName: 'Ove',
      TeamName: 'Kelp',
      Line: 2,
    },
  },
  SessionData: { Series: [], StatusSeries: [{ Utc: at(0), SessionStatus: 'Started' }] },
  SessionStatus: { Status: 'Started' },
  TrackStatus: { Status: '1', Message: 'AllClear' },
  LapCount: { CurrentLap: 1, TotalLaps: 5 },
  TimingData: { Lines: { '7': car('7', 1), '08': car('08', 2) } },
};

/** The end of a lap, as the feed tells it. */
function lapMessage(number: string, lap: number, time: string, seconds: number): readonly [string, unknown, string] {
  const line = { NumberOfLaps: lap, LastLapTime: { Value: time }, Sectors: { '2': { Value: '30.000' } } };
  return ['TimingData', { Lines: { [number]: line } }, at(seconds)];
}

async function newestSession(server: RunningServer): Promise<string> {
  return (await listSources(server)).sources[0]?.sessions[0]?.id ?? '';
}

async function joined(hub: FakeHub, server: RunningServer, times: number): Promise<void> {
  await eventually(() => expect(hub.subscriptions).toHaveLength(times));
  await eventually(async () => expect((await listSources(server)).sources[0]).toMatchObject({ state: 'connected' }));
}

describe('J. Formula 1', () => {
  it('[J46] the hub, a server that listens to it, a cut, and the laps in the session: each once', async () => {
    const states = structuredClone(STATES);
    const hub = await startFakeHub({ states });
    ends.push(() => hub.stop());
    const server = await startFeedServer({ feedProtocols: [f1] });
    ends.push(() => server.close());
    await addSource(server, hub.url.href, 'Hub');
    await joined(hub, server, 1);
    hub.feed(lapMessage('7', 1, '1:31.500', 91.6), lapMessage('08', 1, '1:32.100', 92.2));
    hub.feed(lapMessage('7', 2, '1:30.250', 181.9), lapMessage('08', 2, '1:31.000', 183.2));
    const laps = async () =>
      lapsIn(
        (await logOf(server, await newestSession(server))).filter((event) => 'loop' in event && event.loop === 'SF'),
      );
    await eventually(async () => expect(await laps()).toEqual(expect.arrayContaining(['7 2', '08 2'])));

    // What happened while the line was down is in the states that a new subscriber is told.
    Object.assign(states.TimingData.Lines['7'], { NumberOfLaps: 3, LastLapTime: { Value: '1:30.000' } });
    Object.assign(states.TimingData.Lines['08'], { NumberOfLaps: 2, LastLapTime: { Value: '1:31.000' } });
    hub.drop();
    await joined(hub, server, 2);
    hub.feed(lapMessage('08', 3, '1:30.900', 274.1), lapMessage('7', 4, '1:30.100', 361.9));
    await eventually(async () => expect(await laps()).toEqual(expect.arrayContaining(['7 4', '08 3'])));
    const told = await laps();
    expect(told.length).toBe(new Set(told).size);
    const [summary] = (await (await fetch(new URL('/api/sessions', server.url))).json()).sessions;
    expect(summary).toMatchObject({ event: 'Harbour Prix', session: 'Race' });
    expect(await sourceOf(server, 'hub')).toMatchObject({ state: 'connected' });
  });
});
