import { GAP_MODES, INITIAL_CHOICES, LOCALES, MAX_DELAY_MS, PANELS, THEMES, type ViewChoices } from './view-store.ts';

/** What the search part of an address says: choices, and a session time to open at. */
export type UrlState = { readonly choices: Partial<ViewChoices>; readonly atMs: number | undefined };

/** Reads the search part of an address with care: what is not understood is left out. */
export function parseSearch(search: string): UrlState {
  const params = new URLSearchParams(search);
  const delayS = numberOf(params.get('delay'));
  const atS = numberOf(params.get('t'));
  return {
    choices: withoutUndefined({
      selectedCar: shortText(params.get('car'), 8),
      classFilter: shortText(params.get('class'), 64),
      panel: oneOf(PANELS, params.get('panel')),
      gapMode: oneOf(GAP_MODES, params.get('gap')),
      locale: oneOf(LOCALES, params.get('lang')),
      theme: oneOf(THEMES, params.get('theme')),
      delayMs: delayS === undefined ? undefined : Math.round(clamp(delayS * 1000, 0, MAX_DELAY_MS)),
    }),
    atMs: atS === undefined ? undefined : Math.round(atS * 1000),
  };
}

/**
 * The search part of an address that opens the same screen: what is not as it always is.
 * @param atMs the session time on screen; `undefined` while it follows the live edge
 */
export function formatSearch(choices: ViewChoices, atMs: number | undefined): string {
  const params = new URLSearchParams();
  const set = (name: string, value: string | undefined, usual: string | undefined): void => {
    if (value !== undefined && value !== usual) params.set(name, value);
  };
  set('car', choices.selectedCar, undefined);
  set('panel', choices.panel, INITIAL_CHOICES.panel);
  set('class', choices.classFilter, undefined);
  set('gap', choices.gapMode, INITIAL_CHOICES.gapMode);
  set('t', atMs === undefined ? undefined : String(Math.round(atMs) / 1000), undefined);
  set('delay', String(choices.delayMs / 1000), '0');
  set('lang', choices.locale, INITIAL_CHOICES.locale);
  set('theme', choices.theme, INITIAL_CHOICES.theme);
  const search = params.toString();
  return search === '' ? '' : `?${search}`;
}

function oneOf<T extends string>(allowed: readonly T[], value: string | null): T | undefined {
  return allowed.find((candidate) => candidate === value);
}

function shortText(value: string | null, max: number): string | undefined {
  return value !== null && value.length <= max && /^\S+$/.test(value) ? value : undefined;
}

function numberOf(value: string | null): number | undefined {
  return value !== null && /^-?\d{1,9}(\.\d{1,6})?$/.test(value) ? Number(value) : undefined;
}

function clamp(value: number, min: number, max: number): number {
  return Math.max(min, Math.min(max, value));
}

function withoutUndefined(choices: { [K in keyof ViewChoices]?: ViewChoices[K] | undefined }): Partial<ViewChoices> {
  return Object.fromEntries(Object.entries(choices).filter(([, value]) => value !== undefined));
}
