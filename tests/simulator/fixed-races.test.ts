import { createHash } from 'node:crypto';
import { createBaku2014 } from '@pitboard/simulator/scenarios/baku-2014.ts';
import { createEndurance24h } from '@pitboard/simulator/scenarios/endurance-24h.ts';
import { simulateRace } from '@pitboard/simulator/simulate-race.ts';
import { describe, expect, it } from 'vitest';
import { CANONICAL_SEED } from './catalogue-race.ts';

const RACES = [
  { name: 'Baku', create: () => createBaku2014(), hash: '66b66457236c163e' },
  { name: '24 hours, 3 loops', create: () => createEndurance24h(3), hash: '31b25eaa95566569' },
  { name: '24 hours, 12 loops', create: () => createEndurance24h(12), hash: 'adf963a8e8019d3f' },
];

describe('Races that are fixed', () => {
  it.each(RACES)('[X70] $name stays the same to the byte', ({ create, hash }) => {
    const { events } = simulateRace(create(), { seed: CANONICAL_SEED });
    expect(createHash('sha256').update(JSON.stringify(events)).digest('hex').slice(0, 16)).toBe(hash);
  });
});
