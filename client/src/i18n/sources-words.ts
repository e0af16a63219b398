import { type Locale, useViewState } from '../store/view-store.ts';
import { sourcesDe } from './de/sources.ts';
import { type SourcesWords, sourcesEn } from './en/sources.ts';

/** The words of the page of sources, which load with it: who watches a race has no need of them. */
const SOURCES_WORDS: Readonly<Record<Locale, SourcesWords>> = { en: sourcesEn, de: sourcesDe };

export function useSourcesWords(): SourcesWords {
  return SOURCES_WORDS[useViewState((view) => view.locale)];
}
