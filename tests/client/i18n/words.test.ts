import { wordsOf } from '@pitboard/client/i18n/words.ts';
import { describe, expect, test } from 'vitest';

/** `tower.gap` and so on, with what stands there; words with a figure in them are asked with one. */
function leaves(value: unknown, path: string): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') {
    const text: unknown = value('5', '5', '5');
    return typeof text === 'string' ? [[path, text]] : [];
  }
  return Object.entries(value as object).flatMap(([key, inner]) => leaves(inner, path === '' ? key : `${path}.${key}`));
}

const english = leaves(wordsOf('en'), '');
const german = new Map(leaves(wordsOf('de'), ''));

describe('Words', () => {
  test('[V6] German has every word that English has, and no other', () => {
    expect([...german.keys()].toSorted()).toEqual(english.map(([path]) => path).toSorted());
  });

  test('[V6] no word is empty', () => {
    for (const [path, text] of [...english, ...german]) expect(text.trim(), path).not.toBe('');
  });

  test('[V6] sentences are translated, not copied', () => {
    const copied = english.filter(([path, text]) => /(\p{L}+ ){2}\p{L}/u.test(text) && german.get(path) === text);
    expect(copied.map(([path]) => path)).toEqual([]);
  });

  test('[V6] one and many are told apart', () => {
    expect([1, 2].map(wordsOf('en').tower.stops)).toEqual(['1 stop', '2 stops']);
    expect([1, 2].map(wordsOf('de').tower.owes)).toEqual(['schuldet 1 Stopp', 'schuldet 2 Stopps']);
    expect([1, 2].map(wordsOf('de').gap.laps)).toEqual(['1 Runde', '2 Runden']);
  });
});
