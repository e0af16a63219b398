import { describe, expect, it } from 'vitest';
import { readText, sourcesIn } from './sources.ts';

type Rule = { readonly id: string; readonly text: string };

const spec = readText('shared/SPEC.md') ?? '';
const rules: readonly Rule[] = [...spec.matchAll(/^- \*\*([A-Z]\d+)\*\* (.+)$/gm)].map(([, id = '', text = '']) => ({
  id,
  text,
}));
const headed = new Set([...spec.matchAll(/^## ([A-Z])\. /gm)].map(([, letter = '']) => letter));
const tests = sourcesIn('tests').filter(({ path }) => /\.(?:test|browser|bench)\.tsx?$/.test(path));
/** `it('[G4] …`, `it.each(…)('[G4] …` and the like: an id at the start of a text. */
const tested = new Set(
  tests.flatMap(({ text }) => [...text.matchAll(/['"`]\[([A-Z]\d+)\]/g)].map(([, id = '']) => id)),
);

const sectionOf = (id: string): string => id.slice(0, 1);
/** Sections that are headed and still empty are being written: their rules come with their parts. */
const filled = new Set(rules.map(({ id }) => sectionOf(id)));

describe('Z. The project itself', () => {
  it('[Z1] the rules are read, each id once, each under its section', () => {
    expect(rules.length).toBeGreaterThan(90);
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    expect([...filled].filter((letter) => !headed.has(letter))).toEqual([]);
    for (const letter of headed) {
      const section = spec.split(`\n## ${letter}. `)[1]?.split('\n## ')[0] ?? '';
      for (const [, id = ''] of section.matchAll(/^- \*\*([A-Z]\d+)\*\*/gm)) expect(sectionOf(id)).toBe(letter);
    }
  });

  it('[Z1] every rule has a test', () => {
    expect(rules.map(({ id }) => id).filter((id) => !tested.has(id))).toEqual([]);
  });

  it('[Z1] every test names a rule', () => {
    const known = new Set(rules.map(({ id }) => id));
    const strays = [...tested].filter(
      (id) => !known.has(id) && (filled.has(sectionOf(id)) || !headed.has(sectionOf(id))),
    );
    expect(strays).toEqual([]);
  });

  it('[Z1] every rule that the sources cite exists', () => {
    const known = new Set(rules.map(({ id }) => id));
    const cited = sourcesIn('shared/src').flatMap(({ path, text }) =>
      [...text.matchAll(/\[([A-Z]\d+)\]/g)].map(([, id = '']) => ({ path, id })),
    );
    expect(cited.length).toBeGreaterThan(30);
    expect(cited.filter(({ id }) => !known.has(id))).toEqual([]);
  });

  it('[Z2] every npm script that the README names exists', () => {
    const { scripts } = JSON.parse(readText('package.json') ?? '{}') as { scripts: Record<string, string> };
    const readme = readText('README.md') ?? '';
    const named = [...readme.matchAll(/\bnpm (?:run ([\w:-]+)|(start|test))\b/g)].map(([, run, short]) => run ?? short);
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => name !== undefined && scripts[name] === undefined)).toEqual([]);
  });
});
