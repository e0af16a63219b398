import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BakuServer, launchBrowser, openPage, serveBaku, shownOrder, textOf } from './harness.ts';
import { startSampling } from './screen-sampler.ts';

const MINUTE_MS = 60_000;

let browser: Browser;
let server: BakuServer;
let page: Page;
let problems: string[];

beforeAll(async () => {
  browser = await launchBrowser();
  server = await serveBaku({ speed: 40, startAtMs: -20_000 });
  ({ page, problems } = await openPage(browser));
});

afterAll(async () => {
  await browser.close();
  await server.close();
});

/** Waits until the screen has come to a session time. */
async function until(minutes: number): Promise<void> {
  await page.waitForFunction(
    (atMs) => {
      const text = document.querySelector('section[aria-label="Playback"] b')?.textContent ?? '';
      const found = /^(\d+):(\d\d):(\d\d)$/.exec(text);
      return found !== null && ((Number(found[1]) * 60 + Number(found[2])) * 60 + Number(found[3])) * 1000 >= atMs;
    },
    minutes * MINUTE_MS,
    { timeout: 200_000, polling: 50 },
  );
}

const row = (car: string) => textOf(page, `tr[data-car="${car}"]`);
const out = () => textOf(page, 'section[aria-label="Out of the race"]');
const badge = () => textOf(page, 'section[aria-label="Playback"]');

async function headAtMs(): Promise<number> {
  const response = await fetch(`${server.url}api/sessions/baku-2014-live`);
  const { summary } = (await response.json()) as { summary: { headAtMs: number } };
  return summary.headAtMs;
}

// One race, watched from the start to the flag: the steps follow on each other.
describe('X. Baku, live, on screen', () => {
  it('[X60] the start page opens on the live race, with who does not start', async () => {
    await page.goto(server.url);
    await page.waitForSelector('tr[data-car="1"]');
    expect(page.url()).toContain('/session/baku-2014-live');
    expect(await textOf(page, 'h1')).toBe('Baku World Challenge · Main Race');
    expect(await textOf(page, 'header')).toContain('reconstructed');
    expect(await badge()).toContain('LIVE');
    expect(await out()).toMatch(/DNS.*ZANARDI.*qualifying race/);
    await until(0.5);
    expect(await row('1')).toContain('RAMOS');
  });

  it('[X61] retirements are named with lap, reason and the other car', async () => {
    await until(11.6);
    const text = await out();
    expect(text).toMatch(/DNF\s*84\s*GÖTZ\s*lap 7.*suspension/);
    expect(text).toMatch(/DNF\s*2\s*RAST\s*lap 7.*84/);
    expect(text).toMatch(/DNF\s*31\s*WESTBROOK\s*lap 1.*radiator/);
  });

  it('[X62] a rewind shows an earlier order while the race goes on', async () => {
    const before = await headAtMs();
    await page.locator('input[aria-label="Race time"]').evaluate((slider: HTMLInputElement) => {
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(slider, String(5 * 60_000));
      slider.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await page.keyboard.press('Space');
    await page.waitForFunction(() => document.querySelector('tr[data-car="84"]') !== null);
    expect(await badge()).toMatch(/0:05:\d\d\s*REPLAY/);
    expect((await shownOrder(page)).slice(0, 3)).toEqual(['1', '007', '9']);
    expect(await out()).not.toContain('GÖTZ');
    await expect.poll(headAtMs, { timeout: 20_000 }).toBeGreaterThan(before + 20_000);
    expect(await badge()).toMatch(/0:05:\d\d/);
    await page.keyboard.press('l');
    await page.waitForFunction(() => document.querySelector('tr[data-car="84"]') === null);
    expect(await badge()).toContain('LIVE');
  });

  it('[X63] a car in the pit lane shows PIT and a running clock', async () => {
    await until(25);
    const collect = await startSampling(page);
    await until(28);
    const samples = (await collect()).filter(({ pit }) => pit.includes('PIT'));
    const clocks = samples.map(({ pit }) => /PIT\s*(\d+):(\d\d)/.exec(pit)).filter((found) => found !== null);
    const seconds = clocks.map((found) => Number(found[1]) * 60 + Number(found[2]));
    expect(new Set(seconds).size).toBeGreaterThan(5);
    expect(seconds).toEqual([...seconds].sort((one, other) => one - other));
    expect(Math.max(...seconds)).toBeLessThanOrEqual(63);
    expect(await row('1')).toContain('VANTHOOR');
  });

  it('[X64] after the stops Vanthoor leads Soucek by about seven seconds', async () => {
    await until(35.5);
    expect((await shownOrder(page)).slice(0, 2)).toEqual(['1', '007']);
    expect(await row('1')).toContain('VANTHOOR');
    const second = await row('007');
    expect(second).toContain('SOUCEK');
    const gap = Number(/\+(\d+\.\d)/.exec(second)?.[1]);
    expect(gap).toBeGreaterThan(6.2);
    expect(gap).toBeLessThan(7.8);
    expect(await textOf(page, 'section[aria-label="Story"]')).toMatch(/After the stops Vanthoor leads Soucek by 7\.\d/);
  });

  it('[X65] under a delay nothing on screen is later than the playhead', async () => {
    await page.keyboard.press('d');
    for (let press = 0; press < 7; press++) await page.getByRole('button', { name: '5 s longer', exact: true }).click();
    await page.keyboard.press('Escape');
    expect(await badge()).toContain('−35.0 s');
    const collect = await startSampling(page);
    const behind: number[] = [];
    for (const minutes of [50, 55, 60, 60.3]) {
      await until(minutes);
      behind.push((await headAtMs()) - minutes * MINUTE_MS);
    }
    await until(60.8);
    const samples = (await collect()).filter(({ badge }) => badge.includes('−35.0'));
    expect(samples.length).toBeGreaterThan(100);
    expect(Math.min(...behind)).toBeGreaterThan(20_000);
    const flagAtMs = 60 * MINUTE_MS + 20_000;
    for (const { atMs, storyMs, markMs, flag, finished } of samples) {
      expect(storyMs).toBeLessThanOrEqual(atMs);
      expect(markMs).toBeLessThanOrEqual(atMs);
      if (atMs < flagAtMs) expect({ flag: flag.toLowerCase(), finished }).toEqual({ flag: 'green flag', finished: [] });
    }
    expect(samples.at(-1)?.flag.toLowerCase()).toContain('chequered');
  });

  it('[X66] Winkelhock is third and the margin 2.225 at the flag; Mies did not reach it', async () => {
    await until(61.5);
    expect((await shownOrder(page)).slice(0, 10)).toEqual(['1', '007', '6', '9', '36', '16', '25', '38', '0', '13']);
    expect(await row('6')).toMatch(/^3.*WINKELHOCK/);
    expect(await row('007')).toContain('+2.225');
    expect(await row('1')).toContain('FIN');
    expect(await out()).toMatch(/DNF\s*777\s*MIES\s*lap 39.*brake disc/);
  });

  it('[X67] the page met no error', () => {
    expect(problems).toEqual([]);
  });
});
