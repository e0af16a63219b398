import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceEvent, RaceFact, RaceFactOf } from '@pitboard/shared/protocol/race-event.ts';

/** A small race: three cars, a line and two sectors. */
export function aManifest(changes: Partial<Manifest> = {}): Manifest {
  return {
    event: 'Test Event',
    session: 'Race',
    kind: 'race',
    circuit: {
      name: 'Test Ring',
      lengthMetres: 4000,
      loops: [
        { id: 'SF', kind: 'finish', metres: 0 },
        { id: 'S1', kind: 'sector', metres: 1300 },
        { id: 'S2', kind: 'sector', metres: 2700 },
      ],
    },
    classes: [],
    grid: ['1', '2', '3'].map((car, index) => ({ car, position: index + 1 })),
    championships: [],
    dataNotes: [],
    entries: ['1', '2', '3'].map((car) => ({ car, drivers: [{ id: `driver-${car}`, lastName: `Driver ${car}` }] })),
    ...changes,
  };
}

export function aPassing(changes: Partial<RaceFactOf<'passing'>> = {}): RaceFactOf<'passing'> {
  return { type: 'passing', atMs: 1000, car: '1', loop: 'SF', ...changes };
}

/** The signal to start. */
export function aStart(changes: Partial<RaceFactOf<'session-phase'>> = {}): RaceFactOf<'session-phase'> {
  return { type: 'session-phase', atMs: 0, phase: 'running', ...changes };
}

/** A start and then passings, a second apart, one car after the other, loop after loop. */
export function someFacts(count: number): RaceFact[] {
  const loops = ['SF', 'S1', 'S2'];
  return Array.from({ length: count }, (_, index) => {
    if (index === 0) return aStart();
    const car = String(1 + (index % 3));
    return aPassing({ atMs: index * 1000, car, loop: loops[Math.floor(index / 3) % 3] as string });
  });
}

/** Gives facts their places in a log. */
export function numbered(facts: readonly RaceFact[], firstSeq = 1): RaceEvent[] {
  return facts.map((fact, index) => ({ seq: firstSeq + index, ...fact }));
}

export function someEvents(count: number): RaceEvent[] {
  return numbered(someFacts(count));
}
