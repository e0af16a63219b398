import type { RaceEvent, RaceEventOf, RaceEventType } from '@pitboard/shared/protocol/race-event.ts';
import { until } from '@pitboard/shared/race/race-history.ts';
import { carOf, positionOf, type RaceView } from '@pitboard/shared/race/race-view.ts';
import { createRaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import { createBaku2014 } from '@pitboard/simulator/scenarios/baku-2014.ts';
import { simulateRace } from '@pitboard/simulator/simulate-race.ts';

/** The seed of the demo. */
const CANONICAL_SEED = 2014;

/** The race as a viewer would see it, and its raw crossings of the finish line. */
export function runBaku(seed = CANONICAL_SEED) {
  const { manifest, events } = simulateRace(createBaku2014(), { seed });
  const timeline = createRaceTimeline(manifest);
  timeline.append(events);
  const lines = lineTimes(events);

  function lineAtMs(car: string, lap: number): number {
    const atMs = lines.get(car)?.[lap];
    if (atMs === undefined) throw new Error(`car ${car} has no lap ${lap}`);
    return atMs;
  }
  function only<T extends RaceEventType>(type: T, car: string): RaceEventOf<T> {
    const found = events.filter((event) => event.type === type && 'car' in event && event.car === car);
    if (found.length !== 1) throw new Error(`${found.length} × ${type} for car ${car}`);
    return found[0] as RaceEventOf<T>;
  }
  return {
    manifest,
    events,
    laps: (car: string) => (lines.get(car)?.length ?? 1) - 1,
    lineAtMs,
    /** Behind another car at the end of a lap; negative when ahead. */
    gapMs: (car: string, behind: string, lap: number) => lineAtMs(car, lap) - lineAtMs(behind, lap),
    lapTimeMs: (car: string, lap: number) => lineAtMs(car, lap) - lineAtMs(car, lap - 1),
    /** The one event of that type for a car. */
    only,
    incidents: events.filter((event) => event.type === 'incident'),
    viewAt: (atMs: number): RaceView => timeline.viewAt(atMs),
    end: timeline.viewAt(timeline.headAtMs),
    overtakesUntil: (atMs: number) => until(timeline.history.overtakes, atMs),
  };
}

export function positionAt(view: RaceView, car: string): number | undefined {
  return positionOf(view.state, car);
}

export function driverAt(view: RaceView, car: string): string | undefined {
  return carOf(view.state, car)?.driver;
}

export function statusAt(view: RaceView, car: string): string | undefined {
  return carOf(view.state, car)?.status;
}

/** Crossings of the finish line by car, the start first. */
function lineTimes(events: readonly RaceEvent[]): ReadonlyMap<string, readonly number[]> {
  const lines = new Map<string, number[]>();
  for (const event of events) {
    if (event.type !== 'passing' || event.loop !== 'SF') continue;
    const times = lines.get(event.car) ?? [];
    // Lap 1 is measured from the signal, wherever on the grid a car stood.
    times.push(event.lapNumber === 0 ? 0 : event.atMs);
    lines.set(event.car, times);
  }
  return lines;
}
