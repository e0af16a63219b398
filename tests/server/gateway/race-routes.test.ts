import type { RunningServer } from '@pitboard/server/main.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aManifest, aPassing, aStart, numbered } from '../../builders.ts';
import { startTestServer } from '../test-server.ts';

let server: RunningServer;

/** Car 2 leads car 1 by 1.5 s after a lap; car 3 has stopped. */
const events = numbered([
  aStart(),
  aPassing({ atMs: 90_000, car: '2' }),
  aPassing({ atMs: 91_500, car: '1' }),
  { type: 'car-retired', atMs: 95_000, car: '3', reason: 'gearbox' },
  aPassing({ atMs: 180_000, car: '1' }),
]);

beforeEach(async () => {
  server = await startTestServer({ sessions: [{ id: 'race', manifest: aManifest(), events }] });
});
afterEach(() => server.close());

async function get(path: string) {
  return (await fetch(new URL(path, server.url))).json();
}

describe('the race over HTTP', () => {
  it('[W29] is told as it stood at any moment, leader first', async () => {
    const state = await get('/api/sessions/race/state?at=92000');
    expect(state).toMatchObject({ atMs: 92_000, phase: 'running', flag: 'green' });
    expect(state).toMatchObject({
      cars: [
        { position: 1, car: '2', status: 'running', lapsCompleted: 1, positionsGained: 1, gap: { kind: 'leader' } },
        { position: 2, car: '1', driver: 'Driver 1', gap: { kind: 'time', ms: 1500 }, interval: { ms: 1500 } },
        { position: 3, car: '3', status: 'running' },
      ],
    });
  });

  it('[W29] stands at its end, and not later, where no moment is asked for', async () => {
    const state = await get('/api/sessions/race/state');
    expect(state).toMatchObject({ atMs: 180_000, cars: [{ car: '1' }, { car: '2' }, { car: '3', status: 'retired' }] });
    expect(await get('/api/sessions/race/state?at=999999')).toEqual(state);
  });

  it('[W29] is classified as it stands', async () => {
    const result = await get('/api/sessions/race/classification');
    expect(result).toMatchObject({
      atMs: 180_000,
      cars: [
        { car: '1', laps: 2 },
        { car: '2', laps: 1 },
        { car: '3', laps: 0, outcome: { reason: 'gearbox' } },
      ],
    });
  });

  it('[W20] refuses a moment that is none', async () => {
    expect(await get('/api/sessions/race/state?at=noon')).toMatchObject({ error: 'bad-request' });
    expect(await get('/api/sessions/nowhere/state')).toMatchObject({ error: 'unknown-session' });
  });
});
