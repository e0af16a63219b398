import type { RaceEvent, RaceEventOf, RaceEventType } from '@pitboard/shared/protocol/race-event.ts';
import type { RaceView } from '@pitboard/shared/race/race-view.ts';
import { createRaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import { findScenario } from '@pitboard/simulator/scenarios/catalogue.ts';
import { simulateRace } from '@pitboard/simulator/simulate-race.ts';
import { type Passing, passingsOf } from './passings.ts';

/** The seed of the demo, of the bench and of the golden races. */
export const CANONICAL_SEED = 2014;

export type CatalogueRace = ReturnType<typeof runRace>;

/** A race of the catalogue as a viewer would see it, and its raw events. */
export function runRace(id: string, seed = CANONICAL_SEED) {
  const scenario = findScenario(id)?.create();
  if (scenario === undefined) throw new RangeError(`no scenario ${id}`);
  const { manifest, events } = simulateRace(scenario, { seed });
  const timeline = createRaceTimeline(manifest);
  timeline.append(events);
  const passings = passingsOf(events);
  return {
    manifest,
    events,
    passings,
    viewAt: (atMs: number): RaceView => timeline.viewAt(atMs),
    end: timeline.viewAt(timeline.headAtMs),
    all: <T extends RaceEventType>(type: T): RaceEventOf<T>[] =>
      events.filter((event): event is RaceEvent & RaceEventOf<T> => event.type === type),
    /** When the track, or one of its sectors, was under a flag; `toMs` infinite to the end. */
    periods: (flag: string): Period[] => periodsOf(events, flag),
    /** Crossings of a loop, in order of time. */
    at: (loop: string): Passing[] => passings.filter((passing) => passing.loop === loop),
  };
}

export type Period = { readonly fromMs: number; readonly toMs: number; readonly sector: number | undefined };

function periodsOf(events: readonly RaceEvent[], flag: string): Period[] {
  const shown = events.filter((event) => event.type === 'flag-changed');
  return shown.flatMap((event, index) => {
    if (event.flag !== flag) return [];
    const next = shown.slice(index + 1).find((other) => other.sector === event.sector);
    return [{ fromMs: event.atMs, toMs: next?.atMs ?? Number.POSITIVE_INFINITY, sector: event.sector }];
  });
}
