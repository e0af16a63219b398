import { attachSavedChoices, readSaved } from '@pitboard/client/store/saved-choices.ts';
import { INITIAL_CHOICES, viewStore } from '@pitboard/client/store/view-store.ts';
import { beforeEach, describe, expect, test } from 'vitest';

const holding = (text: string | null) => ({ getItem: () => text });

beforeEach(() => {
  localStorage.clear();
  viewStore.setState(INITIAL_CHOICES);
});

describe('What a device keeps', () => {
  test.each(['', 'no json', '7', 'null', '[]', '{"locale":"xx","theme":3,"delayMs":-1}', null])(
    '[V5] is not believed where it makes no sense: %s',
    (text) => expect(readSaved(holding(text))).toEqual({}),
  );

  test('[V5] one bad value does not cost the others', () => {
    expect(readSaved(holding('{"locale":"de","theme":"neon","delayMs":35000}'))).toEqual({
      locale: 'de',
      delayMs: 35_000,
    });
  });

  test('[V5] choices are kept and found again; the browser says which language to begin with', () => {
    const stop = attachSavedChoices(localStorage, 'de-AT');
    expect(viewStore.getState().locale).toBe('de');
    viewStore.getState().setTheme('light');
    viewStore.getState().setDelayMs(12_345);
    stop();
    viewStore.setState(INITIAL_CHOICES);
    attachSavedChoices(localStorage, 'en-GB')();
    expect(viewStore.getState()).toMatchObject({ locale: 'de', theme: 'light', delayMs: 12_345 });
  });

  test('[V5] a device that keeps nothing does not break the page', () => {
    const full = {
      getItem: () => null,
      setItem: () => {
        throw new Error('full');
      },
    } as unknown as Storage;
    const stop = attachSavedChoices(full, 'en');
    viewStore.getState().setTheme('light');
    expect(viewStore.getState().theme).toBe('light');
    stop();
  });
});
