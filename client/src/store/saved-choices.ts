import * as z from 'zod/mini';
import { LOCALES, MAX_DELAY_MS, THEMES, type ViewChoices, viewStore } from './view-store.ts';

const KEY = 'pitboard.choices';

// A value of an older or a newer version is no reason to lose the others.
const savedSchema = z.object({
  locale: z.catch(z.optional(z.enum(LOCALES)), undefined),
  theme: z.catch(z.optional(z.enum(THEMES)), undefined),
  delayMs: z.catch(z.optional(z.int().check(z.gte(0), z.lte(MAX_DELAY_MS))), undefined),
});

type Saved = Pick<ViewChoices, 'locale' | 'theme' | 'delayMs'>;

/** What this device keeps, as far as it can be read. */
export function readSaved(storage: Pick<Storage, 'getItem'>): Partial<Saved> {
  try {
    const { locale, theme, delayMs } = savedSchema.parse(JSON.parse(storage.getItem(KEY) ?? '{}'));
    return {
      ...(locale === undefined ? {} : { locale }),
      ...(theme === undefined ? {} : { theme }),
      ...(delayMs === undefined ? {} : { delayMs }),
    };
  } catch {
    return {};
  }
}

/** Starts with what this device has kept, else the language of the browser, and keeps every change. */
export function attachSavedChoices(storage: Storage, language: string): () => void {
  viewStore.setState({ locale: language.startsWith('de') ? 'de' : 'en', ...readSaved(storage) });
  return viewStore.subscribe((view, before) => {
    if (view.locale === before.locale && view.theme === before.theme && view.delayMs === before.delayMs) return;
    const { locale, theme, delayMs } = view;
    try {
      storage.setItem(KEY, JSON.stringify({ locale, theme, delayMs } satisfies Saved));
    } catch {
      // A device that keeps nothing can still show a race.
    }
  });
}
