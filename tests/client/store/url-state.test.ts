import { formatSearch, parseSearch } from '@pitboard/client/store/url-state.ts';
import {
  GAP_MODES,
  INITIAL_CHOICES,
  LOCALES,
  PANELS,
  THEMES,
  type ViewChoices,
} from '@pitboard/client/store/view-store.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const choices = fc.record({
  session: fc.constant(undefined),
  selectedCar: fc.option(fc.constantFrom('1', '007', '0', 'A&1', '%20'), { nil: undefined }),
  panel: fc.constantFrom(...PANELS),
  classFilter: fc.option(fc.constantFrom('pro', 'pro-am', 'gt3.am'), { nil: undefined }),
  gapMode: fc.constantFrom(...GAP_MODES),
  locale: fc.constantFrom(...LOCALES),
  theme: fc.constantFrom(...THEMES),
  delayMs: fc.nat(86_400_000),
});

describe('Address', () => {
  test('[V4] opens the same screen again', () => {
    const place = fc.option(fc.integer({ min: -3_600_000, max: 86_400_000 }), { nil: undefined });
    fc.assert(
      fc.property(choices, place, (given: ViewChoices, atMs) => {
        const parsed = parseSearch(formatSearch(given, atMs));
        expect({ ...INITIAL_CHOICES, ...parsed.choices }).toEqual(given);
        expect(parsed.atMs).toBe(atMs);
      }),
    );
  });

  test('[V4] says nothing of what is as it always is', () => {
    expect(formatSearch(INITIAL_CHOICES, undefined)).toBe('');
    expect(formatSearch({ ...INITIAL_CHOICES, selectedCar: '007', delayMs: 35_000 }, 1_666_250)).toBe(
      '?car=007&t=1666.25&delay=35',
    );
  });

  test.each([
    ['?panel=secrets&lang=fr&theme=pink&gap=none'],
    ['?t=NaN&delay=-5&car=a b&class='],
    ['?t=1e9&delay=1;drop&car=123456789'],
    ['?%E0%A4%A&t='],
  ])('[V4] leaves out what it does not understand: %s', (search) => {
    expect(parseSearch(search)).toEqual({
      choices: search.includes('delay=-5') ? { delayMs: 0 } : {},
      atMs: undefined,
    });
  });

  test('[V4] keeps a delay within a day', () => {
    expect(parseSearch('?delay=999999999').choices).toEqual({ delayMs: 86_400_000 });
  });
});
