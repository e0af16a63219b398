import { battles } from '@pitboard/shared/analysis/battles.ts';
import { catchOf } from '@pitboard/shared/analysis/catch.ts';
import { createBaku2014 } from '@pitboard/simulator/scenarios/baku-2014.ts';
import { createEndurance24h } from '@pitboard/simulator/scenarios/endurance-24h.ts';
import { simulateRace } from '@pitboard/simulator/simulate-race.ts';
import { describe, expect, it } from 'vitest';
import { backTestCatches } from '../perf/catch.bench.ts';
import { aRace, type RaceScript } from '../race-script.ts';
import { runBaku } from '../simulator/baku-race.ts';
import { chaseRace, times, WOBBLE } from './analysis-race.ts';

const LAPS_40 = { distance: { laps: 40 } };
/** Car 2 comes closer by half a second a lap: 5 s behind after twelve laps. */
const CLOSING = {
  laps: times(12, 60),
  gaps: { '2': [...times(4, 9), ...WOBBLE.map((wobble, lap) => 8.5 - lap / 2 + wobble / 2)] },
};

function forecast(options: Parameters<typeof chaseRace>[1], chase = CLOSING) {
  return catchOf(chaseRace(chase, { manifest: LAPS_40, ...options }), '2', '1');
}

describe('A. Chases', () => {
  it('[A4] a catch is a range of laps that holds the lap at which the gap will be a second', () => {
    const found = forecast({});
    if (found?.kind !== 'catch') throw new Error('no forecast');
    expect(found.laps.from).toBeLessThanOrEqual(8);
    expect(found.laps.to).toBeGreaterThanOrEqual(8);
    expect(found.laps.to - found.laps.from).toBeLessThanOrEqual(4);
    expect(found.atLap).toEqual({ from: 12 + found.laps.from, to: 12 + found.laps.to });
  });

  it('[A4] nothing is said inside the noise', () => {
    const noisy = {
      laps: times(12, 60),
      gaps: { '2': times(12, 5).map((gap, lap) => gap - 0.03 * lap + 6 * (WOBBLE[lap % 8] ?? 0)) },
    };
    expect(forecast({}, noisy)).toBeUndefined();
    expect(forecast({}, { laps: times(12, 60), gaps: { '2': times(12, 5) } })).toBeUndefined();
    // The other way round the car ahead pulls away, and the one in front chases nobody.
    expect(catchOf(chaseRace(CLOSING, { manifest: LAPS_40 }), '1', '2')).toBeUndefined();
  });

  it('[A4] nothing is said where the range is wide, far off, or the gap is a second already', () => {
    const closingBy = (seconds: number, from: number, scatter: number) => {
      const gaps = times(12, from).map((gap, lap) => gap - seconds * lap + scatter * (WOBBLE[lap % 8] ?? 0));
      return forecast({ manifest: { distance: { laps: 99 } } }, { laps: times(12, 60), gaps: { '2': gaps } })?.kind;
    };
    // 4.5 s to close after twelve laps: in nine laps or so, or in anything from seven to fourteen.
    expect([closingBy(0.5, 11, 0.2), closingBy(0.5, 11, 1.2)]).toEqual(['catch', undefined]);
    // In 14 laps, and in 16.
    expect([closingBy(0.5, 13.4, 0), closingBy(0.5, 14.4, 0)]).toEqual(['catch', undefined]);
    expect([closingBy(0.5, 6.6, 0), closingBy(0.5, 6.4, 0)]).toEqual(['catch', undefined]);
  });

  it('[A4] a race that ends first is said to end first; one that may end first leaves it unsaid', () => {
    const to = (laps: number) => forecast({ manifest: { distance: { laps } } })?.kind;
    expect([15, 18, 40].map(to)).toEqual(['not-before-flag', 'not-before-flag', 'catch']);
    expect(to(20)).toBeUndefined();
    // Seven laps or eight, by tenths, and eight at least to the catch.
    expect(forecast({ manifest: { distance: { durationMs: 1_140_000 } } })).toBeUndefined();
    expect(forecast({ manifest: { distance: { durationMs: 1_110_000 } } })?.kind).toBe('not-before-flag');
    expect(forecast({ manifest: {} })).toBeUndefined();
  });

  it('[A4] nothing is said of cars in the lane, standing or home, nor under a safety car', () => {
    expect(forecast({ more: (script) => script.pitIn('2', 728) })).toBeUndefined();
    expect(
      forecast({ more: (script) => script.fact({ type: 'car-stopped', atMs: 728_000, car: '1' }) }),
    ).toBeUndefined();
    expect(forecast({ more: (script) => script.flag('safety-car', 728) })).toBeUndefined();
    expect(forecast({ more: (script) => script.flag('chequered', 719) })).toBeUndefined();
  });

  it('[A4] nothing is said beyond a stop that is due', () => {
    const owed = { pitRules: { mandatoryStops: 1, windowOpensMs: 600_000, windowClosesMs: 900_000 } };
    expect(forecast({ manifest: { ...LAPS_40, ...owed } })).toBeUndefined();
    const later = { pitRules: { ...owed.pitRules, windowClosesMs: 1_800_000 } };
    expect(forecast({ manifest: { ...LAPS_40, ...later } })?.kind).toBe('catch');
    // Car 1 has never gone further than twelve laps on a tank.
    const tank = { laps: times(20, 60), gaps: { '2': [...times(12, 9), ...CLOSING.gaps['2'].slice(4)] } };
    const stop = { atSeconds: 1230, more: (script: RaceScript) => script.pitIn('1', 690).pitOut('1', 710) };
    expect(forecast({}, tank)?.kind).toBe('catch');
    expect(forecast(stop, tank)).toBeUndefined();
    const own = { atSeconds: 1230, more: (script: RaceScript) => script.pitIn('2', 695).pitOut('2', 715) };
    expect(forecast(own, tank)).toBeUndefined();
  });

  it('[A4] Soucek never catches Vanthoor, and nobody says that he will', () => {
    for (const seed of [2014, 3, 8]) {
      const race = runBaku(seed);
      const said = new Set<string | undefined>();
      for (let lap = 8; lap < race.laps('007'); lap++) {
        said.add(catchOf(race.viewAt(race.lineAtMs('007', lap)), '007', '1')?.kind);
      }
      expect([...said].sort()).toEqual(['not-before-flag', undefined]);
    }
  });

  it('[A4] nobody cries wolf: of the forecasts that are not broken off, nine in ten come true', () => {
    const races = [4, 6, 2014].map((seed) => simulateRace(createBaku2014(), { seed }));
    const tallies = [...races, simulateRace(createEndurance24h(3), { seed: 7 })].map(backTestCatches);
    const sum = (part: 'came' | 'late' | 'early') => tallies.reduce((total, tally) => total + tally[part], 0);
    const wrong = sum('late') + sum('early');
    expect(sum('came')).toBeGreaterThan(30);
    expect(wrong / (sum('came') + wrong)).toBeLessThan(0.1);
  });

  it('[A6] a battle is a chain of neighbours under a second apart, with its intervals and how long it has gone on', () => {
    const gaps = { '2': [3, 3, 0.9, 0.6, 0.6], '3': [3.8, 3.8, 1.5, 1.4, 1.3] };
    const [battle, ...others] = battles(chaseRace({ laps: times(5, 60), gaps }, { atSeconds: 301.3 }));
    expect(others).toEqual([]);
    expect(battle).toMatchObject({ cars: ['1', '2', '3'], position: 1, intervalsMs: [600, 700] });
    // Car 3 has been within a second of car 2 from lap 2 on, when the first lap no longer counts.
    expect(battle?.sinceMs).toBeGreaterThan(60_000);
    expect(battle?.sinceMs).toBeLessThan(90_000);
    const pair = battles(chaseRace({ laps: times(5, 60), gaps: { '2': gaps['2'] } }))[0];
    expect(pair?.sinceMs).toBeGreaterThan(150_000);
    expect(pair?.sinceMs).toBeLessThanOrEqual(180_900);
  });

  it('[A6] three loops make it a battle, a second and a half ends it, a little more than a second does not', () => {
    const found = (own: readonly number[], atSeconds: number) =>
      battles(chaseRace({ laps: times(own.length, 60), gaps: { '2': own } }, { atSeconds })).length;
    const close = [3, 0.5, 0.5, 1.2, 1.2, 1.9];
    // Loops 20 s apart: the gap falls from 3 s on lap 2, is 0.5 s at its end and at the two loops after that.
    expect([121, 141, 161, 181, 281, 301, 345].map((seconds) => found(close, seconds))).toEqual([0, 0, 1, 1, 1, 1, 0]);
    expect(found([3, 1.2, 1.2, 1.2, 1.2], 290)).toBe(0);
    // Under a second now and then, never at three loops running.
    expect(found([1.45, 0.8, 1.45, 0.8, 1.45, 0.8, 1.45, 0.8], 481)).toBe(0);
  });

  it('[A6] who swaps places goes on fighting; who is a lap down, in the lane, standing or behind a safety car does not fight', () => {
    const close = { laps: times(6, 60), gaps: { '2': times(6, 0.5) } };
    const found = (more?: (script: RaceScript) => RaceScript) =>
      battles(chaseRace(close, { atSeconds: 330, ...(more !== undefined && { more }) }));
    expect(found()).toHaveLength(1);
    expect(found((script) => script.pitIn('2', 329))).toEqual([]);
    expect(found((script) => script.fact({ type: 'car-stopped', atMs: 329_000, car: '1' }))).toEqual([]);
    expect(found((script) => script.flag('safety-car', 329))).toEqual([]);
    expect(found((script) => script.flag('safety-car', 200))).toEqual([]);
    expect(found((script) => script.flag('safety-car', 200).flag('green', 290))).toEqual([]);
    expect(found((script) => script.pitIn('2', 242).pitOut('2', 290))).toEqual([]);
    const swap = chaseRace({ laps: times(6, 60), gaps: { '2': [0.5, 0.5, 0.5, -0.5, -0.5, -0.5] } });
    expect(battles(swap)[0]).toMatchObject({ cars: ['2', '1'], intervalsMs: [500] });
    expect(battles(swap)[0]?.sinceMs).toBeLessThan(90_000);
    const lapped = aRace().start().laps('1', 0, 60, 120, 180, 240, 300).laps('2', 0.5, 70, 140, 180.4, 240.4, 300.4);
    expect(battles(lapped.view(301))).toEqual([expect.objectContaining({ cars: ['1', '2'] })]);
    const down = aRace().start().laps('1', 0, 60, 120, 180, 240, 300).laps('2', 0.5, 120.4, 180.4, 240.4, 300.4);
    expect(battles(down.view(301))).toEqual([]);
  });

  it('[A6] a gap that grows between the loops ends a battle before the next loop does', () => {
    const close = { laps: times(6, 60), gaps: { '2': times(6, 0.5) } };
    expect(battles(chaseRace(close, { atSeconds: 300.4 }))).toHaveLength(1);
    // Neither moves on: the leader is presumed to stand before the chaser is.
    const gone = aRace().start().laps('1', 0, 60, 120, 180, 240).laps('2', 0.5, 60.5, 120.5, 180.5, 240.5);
    gone.cross('3', 'SF', 290);
    expect(battles(gone.view(250))).toHaveLength(1);
    expect(battles(gone.view(290))).toEqual([]);
    const stuck = aRace().start().laps('1', 0, 60, 120, 180, 240).laps('2', 0.5, 60.5, 120.5, 180.5);
    expect(battles(stuck.view(201))).toHaveLength(1);
    expect(battles(stuck.view(201.6))).toEqual([]);
  });

  it('[A6] in a class its cars are neighbours, whoever drives between them', () => {
    const manifest = {
      classes: [
        { id: 'pro', name: 'Pro' },
        { id: 'am', name: 'Am' },
      ],
      entries: ['1', '2', '3'].map((car) => ({ car, class: car === '2' ? 'am' : 'pro', drivers: [] })),
    };
    const view = chaseRace({ laps: times(4, 60), gaps: { '2': times(4, 0.4), '3': times(4, 0.9) } }, { manifest });
    expect(battles(view)[0]).toMatchObject({ cars: ['1', '2', '3'], intervalsMs: [400, 500] });
    expect(battles(view, 'pro')).toEqual([
      expect.objectContaining({ cars: ['1', '3'], position: 1, intervalsMs: [900] }),
    ]);
    expect(battles(view, 'am')).toEqual([]);
  });
});
