import { describe, expect, test } from 'vitest';
import { IMPORT_WORDS } from '../../../client/src/i18n/import-words.ts';

describe('Words', () => {
  test('[V6] those of the import stand in both languages, translated', () => {
    const texts = (words: object): string[] =>
      Object.values(words).flatMap((value) =>
        typeof value === 'object' ? texts(value) : typeof value === 'string' ? [value] : [],
      );
    const german = texts(IMPORT_WORDS.de);
    expect(german).toHaveLength(texts(IMPORT_WORDS.en).length);
    expect(texts(IMPORT_WORDS.en).filter((text) => text.includes(' ') && german.includes(text))).toEqual([]);
    expect([1, 2].map(IMPORT_WORDS.de.leftOut)).toEqual(['1 Zeile ausgelassen', '2 Zeilen ausgelassen']);
    expect([1, 1234].map(IMPORT_WORDS.en.leftOut)).toEqual(['1 line left out', '1,234 lines left out']);
  });
});
