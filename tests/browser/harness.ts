import { existsSync } from 'node:fs';
import { type RunningServer, type ServedSession, startServer } from '@pitboard/server/main.ts';
import { simulate } from '@pitboard/server/sources/simulator-source.ts';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** The installed browser: the one that `CHROMIUM` names, else Debian's. */
const EXECUTABLE = process.env.CHROMIUM ?? '/usr/bin/chromium';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

export async function launchBrowser(): Promise<Browser> {
  if (!existsSync(EXECUTABLE)) throw new Error(`no browser at ${EXECUTABLE}: set CHROMIUM`);
  return chromium.launch({ executablePath: EXECUTABLE, args: FLAGS });
}

export type BakuServer = RunningServer & {
  /** Where a session opens, with what the address can say. */
  page(session: string, query?: string): string;
};

/** A server with the built page, the recorded Baku race, and the same race played live from `startAtMs` on. */
export async function serveBaku(live: { readonly speed: number; readonly startAtMs: number }): Promise<BakuServer> {
  const race = simulate({ scenario: 'baku-2014', seed: 2014 });
  const sessions: ServedSession[] = [
    { id: 'baku-2014-live', ...race, replay: { ...live, loopPauseMs: 60_000 } },
    { id: 'baku-2014', ...race },
  ];
  const log = { info: () => undefined, error: (message: string) => console.error(message) };
  const server = await startServer({ port: 0, sessions, featured: 'baku-2014-live', log });
  return { ...server, page: (session, query = '') => `${server.url}session/${session}${query}` };
}

export type OpenPage = { readonly page: Page; readonly problems: string[] };

/** A page that takes down every error it meets: scripts, console, refused requests. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<OpenPage> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  return { page, problems };
}

/** The text of an element, spaces folded. */
export async function textOf(page: Page, selector: string): Promise<string> {
  return ((await page.locator(selector).first().textContent()) ?? '').replace(/\s+/g, ' ').trim();
}

/** Car numbers of the tower from the top. */
export async function shownOrder(page: Page): Promise<string[]> {
  return page.locator('tr[data-car]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-car') ?? ''));
}
