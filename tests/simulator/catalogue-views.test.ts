import { momentsUntil } from '@pitboard/shared/analysis/moments.ts';
import { classify } from '@pitboard/shared/race/classification.ts';
import { gapTo } from '@pitboard/shared/race/gaps.ts';
import { isPresumedStopped } from '@pitboard/shared/race/presumed.ts';
import { runningOrder } from '@pitboard/shared/race/race-view.ts';
import { createRaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import { SCENARIOS } from '@pitboard/simulator/scenarios/catalogue.ts';
import { describe, expect, it } from 'vitest';
import { runRace } from './catalogue-race.ts';

const EVERY_MS = 2000;
const EARLIER_EVERY_MS = 97_000;
const SHORT = SCENARIOS.map(({ id }) => id).filter((id) => id !== 'endurance-24h');

describe.each(SHORT)('%s, moment by moment', (id) => {
  const race = runRace(id);
  const moments = Array.from({ length: Math.floor(race.end.nowMs / EVERY_MS) }, (_, index) => index * EVERY_MS);

  it('[T8] nobody who goes on is presumed to stand: not on the out-lap, in a slow zone or after a restart', () => {
    const gone = new Set(race.all('car-stopped').map(({ car }) => car));
    const presumed = new Set<string>();
    for (const atMs of moments) {
      const view = race.viewAt(atMs);
      for (const { car, lapsCompleted } of view.state.cars) {
        if (!gone.has(car) && isPresumedStopped(view, car)) presumed.add(`${car} after lap ${lapsCompleted}`);
      }
    }
    expect([...presumed]).toEqual([]);
  });

  it('[G5] along the running order no gap is negative', () => {
    for (const atMs of moments) {
      const view = race.viewAt(atMs);
      const order = runningOrder(view.state);
      const gaps = order.slice(1).map((car, index) => gapTo(view, car, order[index] as string));
      expect(gaps.filter((gap) => 'ms' in gap && (gap.ms ?? 0) < 0)).toEqual([]);
    }
  });

  it('[R6] result and story of a moment are the same for who knows the rest of the race and who does not', () => {
    for (let atMs = 0; atMs < race.end.nowMs; atMs += EARLIER_EVERY_MS) {
      const timeline = createRaceTimeline(race.manifest);
      timeline.append(race.events.filter((event) => event.atMs <= atMs));
      const then = timeline.viewAt(atMs);
      const later = race.viewAt(atMs);
      expect(classify(later)).toEqual(classify(then));
      const told = momentsUntil(race.manifest, then.history, atMs);
      expect(momentsUntil(race.manifest, later.history, atMs)).toEqual(told);
    }
  });
});
