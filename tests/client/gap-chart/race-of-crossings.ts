import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceEvent, RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { createRaceTimeline, type RaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';

type RacePlan = {
  /** Seconds at which each car crosses the finish line: the start line first, then lap by lap. */
  readonly crossings: Readonly<Record<string, readonly number[]>>;
  readonly facts?: readonly RaceFact[];
  readonly manifest?: Partial<Manifest>;
};

/** A race told by when its cars cross the line; half way round each lap they cross a second loop. */
export function raceOfCrossings({ crossings, facts = [], manifest = {} }: RacePlan): RaceTimeline {
  const cars = Object.keys(crossings);
  const timeline = createRaceTimeline({
    event: 'Test',
    session: 'Race',
    kind: 'race',
    circuit: {
      name: 'Ring',
      loops: [
        { id: 'SF', kind: 'finish' },
        { id: 'S1', kind: 'sector' },
      ],
    },
    classes: [],
    grid: cars.map((car, index) => ({ car, position: index + 1 })),
    championships: [],
    dataNotes: [],
    entries: cars.map((car) => ({ car, drivers: [{ id: `driver-${car}`, lastName: `Driver${car}` }] })),
    ...manifest,
  });
  const start: RaceFact = { atMs: 0, type: 'session-phase', phase: 'running', startEpochMs: 1_000_000 };
  const all = [start, ...Object.entries(crossings).flatMap(([car, times]) => passings(car, times)), ...facts];
  all.sort((a, b) => a.atMs - b.atMs);
  timeline.append(all.map((fact, index): RaceEvent => ({ ...fact, seq: index + 1 })));
  return timeline;
}

function passings(car: string, seconds: readonly number[]): readonly RaceFact[] {
  return seconds.flatMap((second, lap): RaceFact[] => {
    const atLine: RaceFact = { atMs: second * 1000, type: 'passing', car, loop: 'SF', lapNumber: lap };
    const next = seconds[lap + 1];
    if (next === undefined) return [atLine];
    return [atLine, { atMs: (second + next) * 500, type: 'passing', car, loop: 'S1' }];
  });
}
