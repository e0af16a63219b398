import { importedSessionId } from '@pitboard/server/imports/imported-session-id.ts';
import { idSchema } from '@pitboard/shared/protocol/scalars.ts';
import { describe, expect, it } from 'vitest';

const free = () => false;

describe('B. Files brought in', () => {
  it('[B10] an id is made of the names of a race, whatever they are written in', () => {
    const idOf = (event: string, session: string, season?: number) =>
      importedSessionId({ event, session, season }, free);
    expect(idOf('Spa 6 Hours', 'Race')).toBe('spa-6-hours-race');
    expect(idOf('Spa 6 Hours', 'Race', 2031)).toBe('spa-6-hours-2031-race');
    expect(idOf('2031 Spa', 'Race', 2031)).toBe('2031-spa-race');
    expect(idOf('Harbour Race', 'Race')).toBe('harbour-race');
    expect(idOf('Größe É', 'Rennen 1')).toBe('grosse-e-rennen-1');
    expect(idOf('鈴鹿', '決勝')).toBe('imported-race');
    for (const name of ['../../etc', '__proto__', '-', '. .', 'x'.repeat(200), `${'x'.repeat(55)}  yy`]) {
      expect(idSchema.safeParse(idOf(name, 'Race')).success).toBe(true);
    }
  });

  it('[B10] one that is taken gets a number', () => {
    const taken = new Set(['spa-race', 'spa-race-2']);
    expect(importedSessionId({ event: 'Spa', session: 'Race' }, (id) => taken.has(id))).toBe('spa-race-3');
  });
});
