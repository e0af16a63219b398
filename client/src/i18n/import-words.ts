import { type Locale, useViewState } from '../store/view-store.ts';
import { importDe } from './de/import.ts';
import { type ImportWords, importEn } from './en/import.ts';

/** The words of the import, which load with it: who watches a race has no need of them. */
export const IMPORT_WORDS: Readonly<Record<Locale, ImportWords>> = { en: importEn, de: importDe };

export function useImportWords(): ImportWords {
  return IMPORT_WORDS[useViewState((view) => view.locale)];
}
