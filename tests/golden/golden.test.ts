import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { SCENARIOS } from '@pitboard/simulator/scenarios/catalogue.ts';
import { describe, expect, it } from 'vitest';
import { runRace } from '../simulator/catalogue-race.ts';
import { tellRace } from './golden-race.ts';
import { unifiedDiff } from './unified-diff.ts';

const isUpdate = process.env.UPDATE_GOLDEN === '1';

function pathOf(id: string): string {
  return fileURLToPath(new URL(`./${id}.md`, import.meta.url));
}

describe('Golden races', () => {
  it.each(SCENARIOS.map(({ id }) => id))('[X71] %s ends as it is written down', (id) => {
    const told = tellRace(runRace(id).end);
    if (isUpdate) writeFileSync(pathOf(id), told);
    const diff = unifiedDiff(readFileSync(pathOf(id), 'utf8'), told);
    if (diff !== '') expect.fail(`${id} has changed; UPDATE_GOLDEN=1 writes it down anew:\n${diff}`);
  });

  it('[X71] a difference is shown line by line, with the lines around it', () => {
    const before = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].join('\n');
    expect(unifiedDiff(before, before)).toBe('');
    expect(unifiedDiff(before, before.replace('e', 'x'))).toBe(
      [' b', ' c', ' d', '-e', '+x', ' f', ' g', ' h'].join('\n'),
    );
    const both = before.replace('a', 'first').concat('\nlast');
    expect(unifiedDiff(before, both)).toBe(
      ['-a', '+first', ' b', ' c', ' d', '@@', ' g', ' h', ' i', '+last'].join('\n'),
    );
  });
});
