import { type RunningServer, startServer } from '@pitboard/server/main.ts';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TimingComputer } from '../server/sources/feed/timing-computer.ts';
import { tinyProtocol } from '../server/sources/feed/tiny-protocol.ts';
import { launchBrowser, openPage, textOf } from './harness.ts';

const TOKEN = 'browser-token-0123456';

let browser: Browser;
let server: RunningServer;
let computer: TimingComputer;

beforeAll(async () => {
  computer = await TimingComputer.start();
  const log = { info: () => undefined, error: (message: string) => console.error(message) };
  server = await startServer({ port: 0, ingestToken: TOKEN, log, feedProtocols: [tinyProtocol] });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  await server.close();
  computer.close();
});

async function openSources(options: BrowserContextOptions = {}): Promise<{ page: Page; problems: string[] }> {
  const opened = await openPage(browser, options);
  await opened.page.goto(`${server.url}sources`);
  await opened.page.fill('input[type="password"]', TOKEN);
  await opened.page.keyboard.press('Enter');
  await opened.page.waitForSelector('form input[inputmode="url"]');
  return opened;
}

const line = (page: Page) => textOf(page, 'main li[data-state]');
const becomes = (ask: () => Promise<unknown>) => expect.poll(ask, { timeout: 20_000, interval: 100 });

describe('U. Sources at run time', () => {
  it('[U31] a source is added, watched, followed to its session and removed, by keyboard', async () => {
    computer.say('session 1 Heat', 'entry 7 Quick', 'phase running 0', 'lap 7 1 90000 90000');
    const { page, problems } = await openSources();
    await page.fill('form input[inputmode="url"]', computer.address);
    await page.keyboard.press('Tab');
    await page.keyboard.type('Tower');
    await page.keyboard.press('Enter');
    await becomes(() => line(page)).toMatch(/Connected.*Tower.*lap 7 1 90000 90000.*4 lines/);
    computer.pull();
    await becomes(() => line(page)).toMatch(/Waiting.*next try in/);
    computer.plug();
    await becomes(() => line(page)).toContain('Connected');
    await page.click('main li a');
    await page.waitForSelector('tr[data-car="7"]');
    await page.goBack();
    await page.waitForSelector('main li button');
    await page.focus('main li button');
    await page.keyboard.press('Enter');
    // The safe answer has the focus: Enter alone removes nothing.
    await page.keyboard.press('Enter');
    await becomes(() => page.locator('dialog').count()).toBe(0);
    expect(await line(page)).toContain('Tower');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForSelector('text=No sources yet');
    expect(problems).toEqual([]);
  });

  it('[U31] a phone shows it in German without scrolling sideways', async () => {
    const { page, problems } = await openSources({ viewport: { width: 390, height: 844 }, locale: 'de-DE' });
    await page.fill('form input[inputmode="url"]', `tiny://${'a-long-name.'.repeat(12)}example:50000`);
    await page.click('form button');
    await becomes(() => line(page)).toMatch(/Wartet|Verbindet/);
    expect(await textOf(page, 'h1')).toBe('Quellen');
    const [width, shown] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(width).toBe(shown);
    expect(problems).toEqual([]);
  });

  it('[U31] the lobby leads there, and back', async () => {
    const { page } = await openPage(browser);
    await page.goto(`${server.url}lobby`);
    await page.click('header a[href="/sources"]');
    await page.waitForSelector('input[type="password"]');
    await page.click('header a[href="/lobby"] >> nth=-1');
    await page.waitForSelector('h1:has-text("Sessions")');
  });
});
