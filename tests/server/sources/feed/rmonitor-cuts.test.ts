import type { RunningServer } from '@pitboard/server/main.ts';
import { closedRun } from '@pitboard/server/sources/rmonitor/closed-run.ts';
import { rmonitor } from '@pitboard/server/sources/rmonitor/rmonitor-protocol.ts';
import { simulate } from '@pitboard/server/sources/simulator-source.ts';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import { classify } from '@pitboard/shared/race/classification.ts';
import { createRaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test-server.ts';
import {
  addSource,
  eventually,
  lapsIn,
  listSources,
  logOf,
  sourceOf,
  startFeedServer,
  stateOf,
} from './sources-api.ts';
import { openSpeakingComputer } from './speaking-computer.ts';

let folder: ReturnType<typeof temporaryFolder>;
let ends: (() => unknown)[];
beforeEach(() => {
  folder = temporaryFolder();
  ends = [];
});
afterEach(async () => {
  for (const end of ends.reverse()) await end();
  folder.remove();
});

/** Order, laps and times at the end of a race. */
function resultOf(manifest: Manifest, events: readonly RaceEvent[]) {
  const timeline = createRaceTimeline(manifest);
  timeline.append(events);
  const view = timeline.viewAt(Number.MAX_SAFE_INTEGER);
  return classify(view).map(({ car, laps, totalTimeMs }) => ({ car, laps, totalTimeMs }));
}

async function storedResult(server: RunningServer, session: string) {
  const response = await fetch(new URL(`/api/sessions/${session}`, server.url));
  const { manifest } = (await response.json()) as { manifest: Manifest };
  return resultOf(manifest, await logOf(server, session));
}

describe('U. Sources at run time', () => {
  it('[U6] a race in RMonitor survives two cuts and a restart of the server: its result is that of the race', async () => {
    const race = simulate({ scenario: 'lapped-finish', seed: 3 });
    const computer = await openSpeakingComputer(race);
    ends.push(() => computer.close());
    const options = { dataDir: folder.path, feedProtocols: [rmonitor] };
    let server = await startFeedServer(options);
    ends.push(() => server.close());
    await addSource(server, computer.address, 'Orbits');
    const isConnected = async () => expect(await sourceOf(server, 'orbits')).toMatchObject({ state: 'connected' });
    const isHeard = (share: number) => async () => {
      const { sources } = await listSources(server);
      const session = sources[0]?.sessions[0]?.id ?? '';
      const reached = race.events.findLast(({ atMs }) => atMs >= 0)?.atMs ?? 0;
      const newest = (await logOf(server, session)).reduce((latest, { atMs }) => Math.max(latest, atMs), 0);
      expect(newest).toBeGreaterThan(reached * (share - 0.08));
    };
    await eventually(isConnected);
    computer.speakUntil(0.2);
    await eventually(isHeard(0.2));
    for (const share of [0.3, 0.5]) {
      computer.cable.cut();
      computer.speakUntil(share);
      await eventually(async () => expect(await sourceOf(server, 'orbits')).toMatchObject({ state: 'waiting' }));
      computer.cable.mend();
      await eventually(isConnected);
      computer.speakUntil(share + 0.1);
      await eventually(isHeard(share + 0.1));
    }
    await server.close();
    computer.speakUntil(0.7);
    server = await startFeedServer(options);
    await eventually(isConnected);
    computer.speakUntil(1);
    const session = (await listSources(server)).sources[0]?.sessions[0]?.id ?? '';
    await eventually(async () => expect((await logOf(server, session)).at(-1)).toMatchObject({ phase: 'closed' }));

    expect(await storedResult(server, session)).toEqual(resultOf(race.manifest, race.events));
    const laps = lapsIn(await logOf(server, session));
    expect(laps.length).toBe(new Set(laps).size);
    expect((await (await fetch(new URL('/api/sessions', server.url))).json()).sessions).toHaveLength(1);
  });

  it('[U7] a closed run is the one that was told of last under its name and on its day', () => {
    const earlier = [
      'run-1-race-2031-05-04',
      'run-2-race-2031-05-04',
      'run-3-heat-2031-05-04',
      'run-95-race-2031-05-04',
    ];
    expect(closedRun('run-95-race-2031-05-04', earlier)).toBe('run-2-race-2031-05-04');
    expect(closedRun('run-95-race-2031-05-05', earlier)).toBeUndefined();
    expect(closedRun('run-4-race-2031-05-04', earlier)).toBeUndefined();
    expect(closedRun('run-95-race-2031-05-04', [])).toBeUndefined();
  });

  it('[U7] a run that was closed while the server was away is still the same session, and over', async () => {
    const race = simulate({ scenario: 'lapped-finish', seed: 5 });
    const computer = await openSpeakingComputer(race);
    ends.push(() => computer.close());
    const options = { dataDir: folder.path, feedProtocols: [rmonitor] };
    const first = await startFeedServer(options);
    await addSource(first, computer.address, 'Orbits');
    await eventually(async () => expect(await sourceOf(first, 'orbits')).toMatchObject({ state: 'connected' }));
    computer.speakUntil(0.8);
    await eventually(async () => expect((await sourceOf(first, 'orbits'))?.sessions).toHaveLength(1));
    const session = (await sourceOf(first, 'orbits'))?.sessions[0]?.id ?? '';
    await eventually(async () => expect((await logOf(first, session)).length).toBeGreaterThan(100));
    await first.close();
    computer.speakUntil(1);
    for (let start = 0; start < 2; start++) {
      const server = await startFeedServer(options);
      ends.push(() => server.close());
      await eventually(async () => expect((await logOf(server, session)).at(-1)).toMatchObject({ phase: 'closed' }));
      await eventually(async () =>
        expect((await sourceOf(server, 'orbits'))?.sessions).toMatchObject([{ id: session }]),
      );
      expect(await storedResult(server, session)).toEqual(resultOf(race.manifest, race.events));
      expect(await stateOf(server, session)).toBe('recorded');
      expect(
        (await logOf(server, session)).filter((event) => event.type === 'session-phase' && event.phase === 'closed'),
      ).toHaveLength(1);
      await server.close();
    }
  });
});
