import type { Locale } from '../store/view-store.ts';
import { useViewState } from '../store/view-store.ts';
import { coreDe } from './de/core.ts';
import { panelsDe } from './de/panels.ts';
import { type CoreWords, coreEn } from './en/core.ts';
import { type PanelWords, panelsEn } from './en/panels.ts';

/** All words of the screen. English is the source: a key that another language lacks does not compile. */
export type Words = CoreWords & { readonly panels: PanelWords };

const WORDS: Readonly<Record<Locale, Words>> = {
  en: { ...coreEn, panels: panelsEn },
  de: { ...coreDe, panels: panelsDe },
};

export function wordsOf(locale: Locale): Words {
  return WORDS[locale];
}

/** The words in the viewer's language. */
export function useWords(): Words {
  return WORDS[useViewState((view) => view.locale)];
}
