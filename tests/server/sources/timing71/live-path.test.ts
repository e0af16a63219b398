import type { AddressInfo } from 'node:net';
import { simulate } from '@pitboard/server/sources/simulator-source.ts';
import { columnSpecOf, screenOfRace } from '@pitboard/server/sources/timing71/screen-of-race.ts';
import { timing71 } from '@pitboard/server/sources/timing71/timing71-screen.ts';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import { officialResult } from '@pitboard/shared/race/official-result.ts';
import { createRaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { temporaryFolder } from '../../test-server.ts';
import { addSource, eventually, lapsIn, listSources, logOf, startFeedServer } from '../feed/sources-api.ts';

let folder: ReturnType<typeof temporaryFolder>;
const ends: (() => unknown)[] = [];
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  folder.remove();
});

type Race = { readonly manifest: Manifest; readonly events: readonly RaceEvent[] };

/** A screen that shows a race second by second, as fast as one likes. */
async function showRace({ manifest, events }: Race) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  ends.push(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  await new Promise((resolve) => server.once('listening', resolve));
  const timeline = createRaceTimeline(manifest);
  timeline.append(events);
  const startEpochMs = manifest.startEpochMs ?? 0;
  const service = { name: manifest.event, description: manifest.session, uuid: 'u1', colSpec: columnSpecOf(manifest) };
  let seconds = -30;
  const state = () => {
    const screen = screenOfRace(timeline.viewAt(seconds * 1000));
    const lastUpdated = startEpochMs + seconds * 1000;
    return JSON.stringify({ type: 'STATE_UPDATE', state: { ...screen, messages: [], highlight: [], lastUpdated } });
  };
  server.on('connection', (client) => {
    client.send(JSON.stringify({ type: 'MANIFEST_UPDATE', manifest: service }));
    client.send(state());
    client.send(JSON.stringify({ type: 'ANALYSIS_STATE', data: {} }));
  });
  return {
    address: `timing71+ws://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    clients: server.clients,
    drop: () => {
      for (const client of server.clients) client.terminate();
    },
    showUntil: (share: number) => {
      const end = Math.ceil((timeline.headAtMs / 1000) * share);
      for (; seconds < end; seconds++) {
        const text = state();
        for (const client of server.clients) client.send(text);
      }
    },
  };
}

function resultOf({ manifest, events }: Race) {
  const timeline = createRaceTimeline(manifest);
  timeline.append(events);
  return officialResult(timeline.viewAt(timeline.headAtMs)).map(({ car, laps, bestLapTimeMs }) => ({
    car,
    laps,
    bestLapTimeMs,
  }));
}

describe('Y. Timing71 and the others', () => {
  it('[Y25] a screen, a server that listens to it, two cuts and a restart: the result is that of the race', async () => {
    const simulated = simulate({ scenario: 'lapped-finish', seed: 3 });
    // By the clock of today, as a live race is.
    const startEpochMs = Date.now() - 3_600_000;
    const race: Race = { ...simulated, manifest: { ...simulated.manifest, startEpochMs } };
    const screen = await showRace(race);
    const options = { dataDir: folder.path, feedProtocols: [timing71] };
    let server = await startFeedServer(options);
    ends.push(() => server.close());
    await addSource(server, screen.address, 'Screen');
    const isJoined = () => eventually(() => expect(screen.clients.size).toBe(1));
    const session = async () => (await listSources(server)).sources[0]?.sessions[0]?.id ?? '';
    const isHeard = (share: number) =>
      eventually(async () => {
        const newest = (await logOf(server, await session())).reduce((latest, { atMs }) => Math.max(latest, atMs), 0);
        expect(newest).toBeGreaterThan((race.events.at(-1)?.atMs ?? 0) * (share - 0.08));
      });
    await isJoined();
    screen.showUntil(0.3);
    await isHeard(0.3);
    for (const share of [0.4, 0.6]) {
      screen.drop();
      await isJoined();
      screen.showUntil(share);
      await isHeard(share);
    }
    await server.close();
    server = await startFeedServer(options);
    await isJoined();
    screen.showUntil(1);
    await isHeard(1);

    const log = await logOf(server, await session());
    const response = await fetch(new URL(`/api/sessions/${await session()}`, server.url));
    const { manifest } = (await response.json()) as { manifest: Manifest };
    expect(resultOf({ manifest, events: log })).toEqual(resultOf(race));
    const laps = lapsIn(log);
    expect(laps.length).toBe(new Set(laps).size);
    expect((await (await fetch(new URL('/api/sessions', server.url))).json()).sessions).toHaveLength(1);
  }, 120_000);
});
