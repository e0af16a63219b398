import { trackPosition } from '@pitboard/shared/analysis/track-position.ts';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceEvent, RaceFact, RaceFactOf } from '@pitboard/shared/protocol/race-event.ts';
import { gapToLeader } from '@pitboard/shared/race/gaps.ts';
import { createRaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import { findScenario } from '@pitboard/simulator/scenarios/catalogue.ts';
import { simulateRace } from '@pitboard/simulator/simulate-race.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aManifest, numbered } from '../builders.ts';
import { aRace, type RaceScript } from '../race-script.ts';
import { randomRace } from '../random-race.ts';

const LAP_METRES = 4000;
const S1 = 1300 / LAP_METRES;
const S2 = 2700 / LAP_METRES;

function at(race: RaceScript, car: string, seconds: number) {
  return trackPosition(race.view(seconds), car);
}

function said(race: RaceScript, car: string, seconds: number, lapFraction: number): RaceScript {
  return race.fact({ type: 'position', atMs: seconds * 1000, car, lapFraction });
}

function factsOf(events: readonly RaceEvent[]): RaceFact[] {
  return events.map(({ seq: _, ...fact }) => fact as RaceFact);
}

const withLane: Partial<Manifest> = {
  circuit: { ...aManifest().circuit, pitLane: { entryMetres: 3800, exitMetres: 200, lossMs: 30_000 } },
};

describe('K. Place on the lap', () => {
  it('[K1] between loops a car moves at its own pace of the laps before', () => {
    const race = aRace().start().laps('1', 1, 91, 181).laps('2', 2, 122, 242);
    expect(at(race, '1', 181)).toEqual({ fraction: 0, source: 'estimated', inPitLane: false });
    expect(at(race, '1', 196)?.fraction).toBeCloseTo(S1 / 2);
    race.cross('1', 'S1', 211);
    expect(at(race, '1', 211)?.fraction).toBeCloseTo(S1);
    expect(at(race, '1', 226)?.fraction).toBeCloseTo((S1 + S2) / 2);
  });

  it('[K1] it waits short of its next loop until it has crossed it', () => {
    const race = aRace().start().laps('1', 1, 91, 181);
    for (const seconds of [212, 300, 4000]) {
      expect(at(race, '1', seconds)?.fraction).toBeLessThan(S1);
      expect(at(race, '1', seconds)?.fraction).toBeGreaterThan(0.95 * S1);
    }
    // Of the line too: waiting for it is the end of the lap, not the start of the next one.
    race.cross('1', 'S1', 211).cross('1', 'S2', 241);
    expect(at(race, '1', 400)?.fraction).toBeGreaterThan(0.99);
  });

  it('[K1] no place before the first loop, after the last one, and for a car that is out', () => {
    const race = aRace().start().laps('1', 1, 91, 181).laps('2', 2, 93).retire('2', 100).flag('chequered', 181);
    expect(at(race, '1', 0)).toBeUndefined();
    expect(at(race, '3', 50)).toBeUndefined();
    expect(at(race, '2', 99)).toBeDefined();
    expect(at(race, '2', 100)).toBeUndefined();
    expect(at(race, '1', 181)).toBeUndefined();
    expect(at(race, '99', 50)).toBeUndefined();
  });

  it('[K2] what the feed says wins while it is fresh and nothing newer is known', () => {
    const race = said(aRace().start().laps('1', 1, 91, 181), '1', 190, 0.2);
    expect(at(race, '1', 192)).toEqual({ fraction: 0.2, source: 'reported', inPitLane: false });
    expect(at(race, '1', 196)).toMatchObject({ source: 'estimated' });
    expect(at(race.cross('1', 'S1', 191), '1', 192)).toMatchObject({ source: 'estimated' });
    expect(at(said(race, '1', 193, 1), '1', 193)?.fraction).toBe(0);
    // Before the start nobody else knows.
    expect(at(said(race, '3', -5, 0.98), '3', -4)?.fraction).toBe(0.98);
    // A position with a speed alone says nothing of the place.
    race.fact({ type: 'position', atMs: 300_000, car: '1', speedKph: 80 });
    expect(at(race, '1', 301)).toMatchObject({ source: 'estimated' });
  });

  it('[K3] a car in the lane is between its entry and its exit, as far as stops usually are by then', () => {
    const race = aRace(withLane).start().laps('1', 1, 91).cross('1', 'S1', 121).cross('1', 'S2', 151);
    race.pitIn('1', 175);
    expect(at(race, '1', 175)).toEqual({ fraction: 0.95, source: 'estimated', inPitLane: true });
    // It has not crossed the line, which lies half-way along the lane.
    expect(at(race, '1', 300)?.fraction).toBeGreaterThan(0.99);
    race.cross('1', 'SF', 190, { inPitLane: true });
    expect(at(race, '1', 190)?.fraction).toBeCloseTo(0);
    expect(at(race, '1', 197.5)?.fraction).toBeCloseTo(0.025);
    expect(at(race, '1', 600)?.fraction).toBeLessThan(0.05);
    race.pitOut('1', 210);
    expect(at(race, '1', 210)).toMatchObject({ inPitLane: false });
    expect(at(race, '1', 210)?.fraction).toBeCloseTo(0.05);
    expect(at(race, '1', 220)?.fraction).toBeGreaterThan(0.1);
    expect(at(race, '1', 220)?.fraction).toBeLessThan(S1);
  });

  it('[K3] out of the lane it goes on from the exit, though nobody saw it cross the line', () => {
    const race = aRace(withLane).start().laps('1', 1, 91).cross('1', 'S1', 121).cross('1', 'S2', 151);
    race.pitIn('1', 175).pitOut('1', 210);
    expect(at(race, '1', 210)?.fraction).toBeCloseTo(0.05);
    expect(at(race, '1', 220)?.fraction).toBeGreaterThan(0.1);
    expect(at(race, '1', 900)?.fraction).toBeLessThan(S1);
  });

  it('[K3] where nobody knows the lane, it stays where it went in', () => {
    const race = aRace().start().laps('1', 1, 91, 181).cross('1', 'S1', 211).cross('1', 'S2', 241).pitIn('1', 256);
    expect(at(race, '1', 256)?.fraction).toBeCloseTo((1 + S2) / 2);
    expect(at(race, '1', 290)?.fraction).toBeCloseTo((1 + S2) / 2);
  });

  it('[K3] a car that stands does not move on, nor anybody under a red flag', () => {
    const race = aRace().start().laps('1', 1, 91, 181).laps('2', 2, 93, 184);
    race.fact({ type: 'car-stopped', atMs: 196_000, car: '1' }).flag('red', 199);
    expect(at(race, '1', 900)?.fraction).toBeCloseTo(S1 / 2);
    expect(at(race, '2', 900)?.fraction).toBeCloseTo(at(race, '2', 199)?.fraction as number);
  });

  it('[K4] without laps of its own a car moves as its class does, and under a flag as the last car did', () => {
    const entries = ['1', '2', '3'].map((car) => ({ car, drivers: [], class: car === '1' ? 'pro' : 'am' }));
    const race = aRace({ entries }).start().laps('1', 1, 61).laps('3', 2, 122).cross('2', 'SF', 130);
    expect(at(race, '2', 150)?.fraction).toBeCloseTo(S1 / 2);
    race.flag('safety-car', 125).cross('1', 'SF', 131).cross('1', 'S1', 191);
    expect(at(race, '2', 150)?.fraction).toBeCloseTo(S1 / 2);
    // Nobody has driven the whole stretch under it yet: its own pace, not that of slower cars before.
    expect(at(race, '1', 141)?.fraction).toBeCloseTo(S1 / 2);
    // 60 s behind the safety car, for who follows; then 90 s.
    race.cross('3', 'SF', 200).cross('2', 'S1', 220);
    expect(at(race, '3', 215)?.fraction).toBeCloseTo((S1 * 15) / 60);
    expect(at(race, '3', 245)?.fraction).toBeCloseTo((S1 * 45) / 90);
    // Nobody has driven: a guess from the length of the lap.
    const first = at(aRace().start().cross('1', 'SF', 1), '1', 10);
    expect(first?.fraction).toBeGreaterThan(0.05);
    expect(first?.fraction).toBeLessThan(S1);
  });

  it('[K1] it never passes a loop that was not crossed, whatever happens', () => {
    const inLap = [0, S1, S2];
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_000_000 }),
        fc.array(fc.integer({ min: -9000, max: 440_000 }), { minLength: 6, maxLength: 6 }),
        (seed, times) => {
          const { manifest, events } = randomRace(seed, 400_000);
          const timeline = createRaceTimeline({
            ...manifest,
            circuit: { ...aManifest().circuit, minimumLapMs: 20_000 },
          });
          timeline.append(events);
          for (const atMs of times) {
            const view = timeline.viewAt(atMs);
            for (const car of view.state.cars) {
              const place = trackPosition(view, car.car);
              if (place === undefined) continue;
              expect(place.fraction).toBeGreaterThanOrEqual(0);
              expect(place.fraction).toBeLessThan(1);
              if (place.source === 'reported') continue;
              const loop = car.progress % 3;
              expect(place.fraction).toBeGreaterThanOrEqual((inLap[loop] as number) - 1e-9);
              expect(place.fraction).toBeLessThan(inLap[loop + 1] ?? 1);
            }
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('[K2] reported places change neither order nor gaps', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), fc.integer({ min: 0, max: 420_000 }), (seed, atMs) => {
        const { manifest, events } = randomRace(seed, 400_000);
        const facts = factsOf(events).filter(({ type }) => type !== 'passing-withdrawn' && type !== 'position');
        const places = facts.flatMap((fact): RaceFact[] => {
          if (fact.type !== 'passing') return [];
          return [
            { type: 'position', atMs: fact.atMs + 1, car: fact.car, lapFraction: (Math.abs(fact.atMs) % 97) / 97 },
          ];
        });
        const [without, withPlaces] = [facts, [...facts, ...places]].map((list) =>
          aRace(manifest)
            .fact(...list)
            .view(atMs / 1000),
        );
        if (without === undefined || withPlaces === undefined) throw new Error('two views');
        expect(withPlaces.state.order).toEqual(without.state.order);
        for (const car of without.state.order) expect(gapToLeader(withPlaces, car)).toEqual(gapToLeader(without, car));
      }),
      { numRuns: 25 },
    );
  });

  it('[K1] in the Baku race the estimate is within a fiftieth of a lap of the true place, nine times in ten', () => {
    const scenario = findScenario('baku-2014');
    if (scenario === undefined) throw new Error('no Baku race');
    const { manifest, events } = simulateRace(scenario.create({}), { seed: 3, positionsHz: 0.05 });
    const isPlace = (event: RaceEvent): event is RaceEvent & RaceFactOf<'position'> => event.type === 'position';
    const timeline = createRaceTimeline(manifest);
    timeline.append(numbered(factsOf(events.filter((event) => !isPlace(event)))));
    const errors = events.filter(isPlace).flatMap(({ atMs, car, lapFraction = 0 }) => {
      const place = trackPosition(timeline.viewAt(atMs), car);
      if (place === undefined || place.inPitLane || atMs < 100_000) return [];
      const apart = Math.abs(place.fraction - lapFraction);
      return [Math.min(apart, 1 - apart)];
    });
    errors.sort((one, other) => one - other);
    expect(errors.length).toBeGreaterThan(2000);
    expect(errors[Math.floor(errors.length * 0.9)]).toBeLessThan(0.02);
    expect(errors[Math.floor(errors.length * 0.5)]).toBeLessThan(0.005);
  });
});
