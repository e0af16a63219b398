import { type RunningServer, startServer } from '@pitboard/server/main.ts';
import { type Simulation, simulate } from '@pitboard/server/sources/simulator-source.ts';
import { classify } from '@pitboard/shared/race/classification.ts';
import { createRaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSpeakingComputer, type SpeakingComputer } from '../server/sources/feed/speaking-computer.ts';
import { launchBrowser, openPage, shownOrder, textOf } from './harness.ts';

const SESSION = 'orbits';
const TOKEN = 'browser-token-0123456';

let browser: Browser;
let server: RunningServer;
let computer: SpeakingComputer;
let race: Simulation;
let page: Page;
let problems: string[];
let session: string;

beforeAll(async () => {
  race = simulate({ scenario: 'lapped-finish', seed: 3 });
  computer = await openSpeakingComputer(race);
  const log = { info: () => undefined, error: (message: string) => console.error(message) };
  server = await startServer({ port: 0, ingestToken: TOKEN, log });
  await fetch(new URL('/api/sources', server.url), {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ address: computer.address, name: SESSION }),
  });
  browser = await launchBrowser();
  ({ page, problems } = await openPage(browser));
});

afterAll(async () => {
  await browser.close();
  await server.close();
  await computer.close();
});

/** The order of the race itself when so much of it is over, or at its end. */
function orderAt(share: number): string[] {
  const timeline = createRaceTimeline(race.manifest);
  timeline.append(race.events);
  const view = timeline.viewAt(timeline.startMs + (timeline.headAtMs - timeline.startMs) * share);
  return share === 1 ? classify(view).map(({ car }) => car) : [...view.state.order];
}

async function sourceState(): Promise<string> {
  const response = await fetch(new URL('/api/sources', server.url), { headers: { authorization: `Bearer ${TOKEN}` } });
  const { sources } = (await response.json()) as { sources: { state: string; sessions: { id: string }[] }[] };
  session = sources[0]?.sessions[0]?.id ?? '';
  return sources[0]?.state ?? '';
}

const badge = () => textOf(page, 'section[aria-label="Playback"]');
const becomes = (ask: () => Promise<unknown>) => expect.poll(ask, { timeout: 30_000, interval: 100 });

// One race, from the formation to the flag: the steps follow on each other.
describe('U. Sources at run time', () => {
  it('[U30] a race that a timing computer tells over TCP is live on screen', async () => {
    await becomes(sourceState).toBe('connected');
    computer.speakUntil(0.3);
    await becomes(async () => (await sourceState()) === 'connected' && session !== '').toBe(true);
    await page.goto(`${server.url}session/${session}`);
    await becomes(() => shownOrder(page)).toHaveLength(race.manifest.entries.length);
    await becomes(badge).toContain('LIVE');
    expect(await textOf(page, 'h1')).toContain(race.manifest.session);
  });

  it.each([0.5, 0.7])(
    '[U30] the cable is pulled at %d of it: the screen says so, and is live again after',
    async (share) => {
      computer.cable.cut();
      await becomes(badge).toContain('NO DATA');
      computer.speakUntil(share);
      computer.cable.mend();
      await becomes(sourceState).toBe('connected');
      computer.speakUntil(share + 0.02);
      await becomes(badge).toContain('LIVE');
      await becomes(async () => (await shownOrder(page)).slice(0, 5)).toEqual(orderAt(share + 0.02).slice(0, 5));
    },
  );

  it('[U30] the order at the end is that of the race', async () => {
    computer.speakUntil(1);
    await becomes(() => shownOrder(page)).toEqual(orderAt(1));
    expect(problems).toEqual([]);
  });
});
