import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BakuServer, launchBrowser, openPage, serveBaku, shownOrder, textOf } from './harness.ts';

let browser: Browser;
let server: BakuServer;

beforeAll(async () => {
  browser = await launchBrowser();
  server = await serveBaku({ speed: 1, startAtMs: 10 * 60_000 });
});

afterAll(async () => {
  await browser.close();
  await server.close();
});

async function openRace(query: string, viewport = { width: 1440, height: 900 }): Promise<Page> {
  const { page } = await openPage(browser, { viewport });
  await page.goto(server.page('baku-2014', query));
  await page.waitForSelector('tr[data-car], nav');
  return page;
}

const fitsSideways = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

describe('V. The race screen in a browser', () => {
  it('[V50] an address opens car, panel, time, language and theme', async () => {
    const page = await openRace('?t=1920&car=6&panel=pit&lang=de&theme=light');
    expect(await page.locator('tr[aria-selected="true"]').getAttribute('data-car')).toBe('6');
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    expect(await page.locator('html').getAttribute('data-theme')).toBe('light');
    expect(await textOf(page, 'header')).toContain('Grüne Flagge');
    expect(await page.getByRole('tab', { selected: true }).textContent()).toMatch(/Box/);
    expect(await textOf(page, 'section[aria-label="Wiedergabe"] b')).toMatch(/^0:3[2-3]:\d\d$/);
    await page.context().close();
  });

  it('[V51] one control switches the language, one the theme, and the device keeps both', async () => {
    const page = await openRace('?t=600');
    await page.getByRole('button', { name: 'Language: DE' }).click();
    await page.waitForFunction(() => document.documentElement.lang === 'de');
    expect(await textOf(page, 'table')).toContain('Abstand');
    await page.keyboard.press('t');
    await page.waitForFunction(() => document.documentElement.dataset.theme === 'light');
    await page.goto(server.page('baku-2014'));
    await page.waitForSelector('tr[data-car]');
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    expect(await page.locator('html').getAttribute('data-theme')).toBe('light');
    await page.context().close();
  });

  it('[V52] a click and the arrow keys select a car, and the panels follow it', async () => {
    const page = await openRace('?t=1200&panel=car');
    await page.locator('tr[data-car="007"]').click();
    await page.waitForFunction(() => location.search.includes('car=007'));
    expect(await page.getByRole('tabpanel').textContent()).toContain('Adam');
    await page.keyboard.press('ArrowDown');
    await page.waitForFunction(() => location.search.includes('car=9'));
    await expect.poll(() => page.getByRole('tabpanel').textContent()).toContain('Richelmi');
    await page.context().close();
  });

  it('[V53] the class filter keeps the running order and the overall positions', async () => {
    const page = await openRace('?t=1200');
    await page.keyboard.press('Space');
    const all = await shownOrder(page);
    await page.getByRole('button', { name: 'Silver', exact: true }).click();
    await page.waitForFunction((count) => document.querySelectorAll('tr[data-car]').length < count, all.length);
    const silver = await shownOrder(page);
    expect(silver.length).toBeGreaterThan(2);
    expect(all.filter((car) => silver.includes(car))).toEqual(silver);
    const first = silver[0] as string;
    expect(await textOf(page, `tr[data-car="${first}"] td`)).toBe(String(all.indexOf(first) + 1));
    await page.context().close();
  });

  it('[V54] a phone shows the tower, and every panel by a tab, without scrolling sideways', async () => {
    const page = await openRace('?t=1920', { width: 390, height: 844 });
    expect(await fitsSideways(page)).toBe(true);
    for (const name of ['Gaps', 'Pit', 'Title', 'Story', 'Car', 'Tower']) {
      await page.getByRole('navigation').getByText(name, { exact: true }).click();
      await page.waitForLoadState('networkidle');
      expect(await fitsSideways(page)).toBe(true);
    }
    expect(await page.locator('tr[data-car]').count()).toBeGreaterThan(20);
    await page.context().close();
  });

  it('[V55] wide and narrow desks need no scrolling sideways either', async () => {
    for (const width of [1024, 1280, 1440, 1920]) {
      const page = await openRace('?t=1920', { width, height: 900 });
      expect(await fitsSideways(page)).toBe(true);
      await page.context().close();
    }
  });

  it('[V56] the lobby lists what is live and what is recorded, and leads there', async () => {
    const { page } = await openPage(browser);
    await page.goto(`${server.url}lobby`);
    await page.getByText('LIVE', { exact: true }).first().waitFor();
    expect(await page.getByRole('link', { name: /Baku World Challenge/ }).count()).toBe(2);
    await page
      .getByRole('link', { name: /Baku World Challenge/ })
      .last()
      .click();
    await page.waitForSelector('tr[data-car]');
    expect(page.url()).toContain('/session/baku-2014');
    await page.context().close();
  });

  it('[V57] a session that does not exist is said so, with a way back', async () => {
    const { page } = await openPage(browser);
    await page.goto(server.page('no-such-race'));
    await page.getByText('There is no such session').waitFor();
    await page.getByRole('link').last().click();
    await page.waitForURL(/\/lobby$/);
    await page.context().close();
  });

  it('[V58] what is reconstructed is told in a dialog that Escape closes', async () => {
    const page = await openRace('?t=1200');
    await page.getByRole('button', { name: 'reconstructed' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    expect(await dialog.textContent()).toMatch(/gaps|lap times/i);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await page.context().close();
  });
});
