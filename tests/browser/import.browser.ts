import { type RunningServer, startServer } from '@pitboard/server/main.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lapSheet, SMALL_RACE, sheet } from '../server/sources/al-kamel/sheet-builder.ts';
import { launchBrowser, openPage, shownOrder, textOf } from './harness.ts';

let browser: Browser;
let server: RunningServer;

beforeAll(async () => {
  browser = await launchBrowser();
  server = await startServer({ port: 0, log: { info: () => undefined, error: (message) => console.error(message) } });
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

const RESULTS = sheet(
  ['POSITION', 'NUMBER', 'STATUS', 'LAPS', 'TOTAL_TIME'],
  [
    ['1', '01', 'Classified', '3', '4:57.000'],
    ['2', '1', 'Classified', '3', '5:05.000'],
  ],
);

async function openLobby(viewport = { width: 1440, height: 900 }): Promise<{ page: Page; problems: string[] }> {
  const opened = await openPage(browser, { viewport });
  await opened.page.goto(`${server.url}lobby`);
  await opened.page.getByRole('button', { name: 'Choose files' }).waitFor();
  return opened;
}

/** Drops files on the page as a person does: they hang over it first. */
async function drop(page: Page, files: Readonly<Record<string, string>>): Promise<void> {
  const transfer = await page.evaluateHandle((contents) => {
    const data = new DataTransfer();
    for (const [name, text] of Object.entries(contents)) data.items.add(new File([text], name));
    return data;
  }, files);
  await page.dispatchEvent('main', 'dragenter', { dataTransfer: transfer });
  await page.getByText('Drop to import').waitFor();
  await page.dispatchEvent('main', 'dragover', { dataTransfer: transfer });
  await page.dispatchEvent('main', 'drop', { dataTransfer: transfer });
  await page.getByText('Drop to import').waitFor({ state: 'detached' });
}

describe('B. Files brought in', () => {
  it('[B18] laps and results that are dropped are a race on the screen', async () => {
    const { page, problems } = await openLobby();
    await drop(page, { '23_Analysis_Harbour.csv': lapSheet(SMALL_RACE), '03_Results_Harbour.csv': RESULTS });
    await page.waitForSelector('tr[data-car]');
    expect(new URL(page.url()).pathname).toMatch(/^\/session\/[a-z0-9-]+$/);
    await page.keyboard.press('End');
    await expect.poll(() => shownOrder(page), { timeout: 15_000 }).toEqual(['01', '1']);
    expect(problems).toEqual([]);
    await page.goto(`${server.url}lobby`);
    await page.getByRole('button', { name: /^Remove / }).click();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByText('No sessions yet').waitFor();
    await page.context().close();
  });

  it('[B18] a race with lines that cannot be read says so, and its line stands out', async () => {
    const { page, problems } = await openLobby();
    await drop(page, { 'laps.csv': `${lapSheet(SMALL_RACE)}07;1;x\r\n`, 'notes.txt': 'rain' });
    await page.getByRole('heading', { name: 'Race imported' }).waitFor();
    await page.getByText('1 line left out').click();
    expect(await textOf(page, 'details[open]')).toContain('laps.csvline 8no lap number');
    await page.waitForSelector('li[data-fresh]');
    await page.getByRole('link', { name: /^Open: / }).click();
    await page.waitForSelector('tr[data-car]');
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it('[B19] a broken file is refused on the screen, on a phone too', async () => {
    const { page } = await openLobby({ width: 390, height: 844 });
    await drop(page, {
      'broken.csv': '\u0000\u0001\u0002',
      'laps.csv': lapSheet(SMALL_RACE) + '07;1;x\r\n'.repeat(60),
    });
    const alert = page.getByRole('alert');
    await alert.waitFor();
    const text = (await alert.textContent()) ?? '';
    expect(text).toContain('Nothing was imported');
    expect(text).toContain('broken.csvbinary data of no known format');
    expect(text).toContain('laps.csvmost of its lines cannot be read');
    expect(text).toContain('line 8no lap number');
    expect(text).toContain('Al Kamel timing sheets');
    const fits = () => document.documentElement.scrollWidth <= document.documentElement.clientWidth;
    expect(await page.evaluate(fits)).toBe(true);
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Choose files' }).waitFor();
    await page.context().close();
  });
});
