import type { Page } from 'playwright-core';

/** What a viewer could read on the race screen at one instant. Times are ms of session time. */
export type ScreenSample = {
  readonly atMs: number;
  readonly flag: string;
  /** Under the time: `LIVE`, `−35.0 s`, `REPLAY`. */
  readonly badge: string;
  /** Leader first. */
  readonly order: readonly string[];
  readonly finished: readonly string[];
  readonly out: string;
  /** The pit column of car 1. */
  readonly pit: string;
  /** The latest time that the story, and the timeline, mention. */
  readonly storyMs: number;
  readonly markMs: number;
};

/** Takes a sample of the screen every few frames until `collect` is called. */
export async function startSampling(page: Page): Promise<() => Promise<ScreenSample[]>> {
  await page.evaluate(() => {
    const clock = /(−?)(?:(\d+):)?(\d+):(\d\d)/;
    const toMs = (text: string): number => {
      const found = clock.exec(text);
      if (found === null) return Number.NEGATIVE_INFINITY;
      const [, minus, hours = '0', minutes, seconds] = found;
      const ms = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
      return minus === '−' ? -ms : ms;
    };
    const text = (selector: string): string => document.querySelector(selector)?.textContent ?? '';
    const latest = (selector: string, read: (element: Element) => string): number =>
      [...document.querySelectorAll(selector)].reduce(
        (most, element) => Math.max(most, toMs(read(element))),
        Number.NEGATIVE_INFINITY,
      );
    const samples: unknown[] = [];
    const take = (): void => {
      const rows = [...document.querySelectorAll('tr[data-car]')];
      const bar = document.querySelector('section[aria-label="Playback"]');
      const time = bar?.querySelector('b')?.textContent ?? '';
      samples.push({
        atMs: toMs(time),
        flag: text('header [data-flag]'),
        badge: bar?.querySelector('b')?.nextElementSibling?.textContent ?? '',
        order: rows.map((row) => row.getAttribute('data-car')),
        finished: rows
          .filter((row) => row.getAttribute('data-status') === 'finished')
          .map((row) => row.getAttribute('data-car')),
        out: text('section[aria-label="Out of the race"]'),
        pit: document.querySelector('tr[data-car="1"]')?.lastElementChild?.textContent ?? '',
        storyMs: latest('section[aria-label="Story"] li > button', (element) => element.textContent ?? ''),
        markMs: latest('fieldset[aria-label="Moments on the timeline"] button', (element) => element.ariaLabel ?? ''),
      });
    };
    const timer = setInterval(take, 40);
    Object.assign(window, {
      collectSamples: () => {
        clearInterval(timer);
        return samples;
      },
    });
  });
  return () =>
    page.evaluate(() => (window as unknown as { collectSamples: () => unknown }).collectSamples()) as Promise<
      ScreenSample[]
    >;
}
