import { gapTrend } from '@pitboard/shared/analysis/gap-trend.ts';
import { idealLapMs } from '@pitboard/shared/analysis/ideal-lap.ts';
import { consistencyOf, paceAgainstClassMs, stintPaces } from '@pitboard/shared/analysis/stint-pace.ts';
import { hodgesLehmann, theilSen } from '@pitboard/shared/analysis/theil-sen.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aRace, type RaceScript } from '../race-script.ts';
import { runBaku } from '../simulator/baku-race.ts';
import { chaseRace, times, WOBBLE } from './analysis-race.ts';

const pointsOf = (...values: readonly number[]) => values.map((y, index) => ({ x: index + 1, y }));

describe('A. Trends', () => {
  it('[A5] a slope is the median of all slopes, its interval counted off by the distribution of S', () => {
    // Slopes in order: 1, 1.5, 2, 2.33, 3, 4, 5, 6.33, 8.5, 13; of five points one in 24 has an S beyond the second.
    expect(theilSen(pointsOf(0, 1, 3, 7, 20))).toEqual({ value: 3.5, low: 1.5, high: 8.5 });
    expect(theilSen(pointsOf(0, 1, 5, 6))).toEqual({ value: 2.25, low: 1, high: 4 });
    expect(theilSen(pointsOf(0, 1, 3))).toBeUndefined();
  });

  it('[A5] eight points leave out six slopes, eight values five means, at either end', () => {
    const squares = pointsOf(0, 1, 4, 9, 16, 25, 36, 49);
    const slopes = squares.flatMap((one, index) => squares.slice(index + 1).map((other) => one.x + other.x - 2));
    slopes.sort((one, other) => one - other);
    expect(theilSen(squares)).toMatchObject({ low: slopes[6], high: slopes[21] });
    // Means of pairs in order: 0, ½, 1, 1, 1½, 1½, …
    expect(hodgesLehmann([0, 1, 2, 3, 4, 5, 6, 7])).toEqual({ value: 3.5, low: 1.5, high: 5.5 });
  });

  it('[A5] one wild value moves neither', () => {
    expect(theilSen(pointsOf(1, 2, 3, 4, 90, 6, 7, 8))?.value).toBe(1);
    expect(hodgesLehmann([1, 2, 3, 4, 1000])?.value).toBe(3);
  });

  it('[A5] an interval holds its slope, and turns over with the points', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5000, max: 5000 }), { minLength: 4, maxLength: 12 }), (values) => {
        const slope = theilSen(pointsOf(...values));
        const turned = theilSen(pointsOf(...values.map((value) => -value)));
        if (slope === undefined || turned === undefined) throw new Error('no slope');
        expect(slope.low).toBeLessThanOrEqual(slope.value);
        expect(slope.value).toBeLessThanOrEqual(slope.high);
        expect(turned.low + 0).toBe(-slope.high + 0);
      }),
    );
  });

  it('[A3] the trend of a gap goes by the last eight clean laps', () => {
    const closing = WOBBLE.map((wobble, lap) => 9 - 0.5 * (lap + 1) + wobble);
    const view = chaseRace({ laps: times(13, 60), gaps: { '2': [...times(5, 9), ...closing] } });
    const trend = gapTrend(view, '2', '1');
    expect(trend).toMatchObject({ laps: 8, lap: 13, gapMs: 5050 });
    expect(trend?.msPerLap.value).toBeCloseTo(-500, -2);
    expect(trend?.msPerLap.low).toBeGreaterThan(-700);
    expect(trend?.msPerLap.high).toBeLessThan(-300);
    expect(gapTrend(view, '1', '2')?.msPerLap.value).toBeCloseTo(500, -2);
  });

  it('[A3] four laps are no trend, and a stop, a flag or a missed line begins the count anew', () => {
    const chase = { laps: times(8, 60), gaps: { '2': [5, 5, 4.5, 4, 3.5, 3, 2.5, 2] } };
    const trend = (options: Parameters<typeof chaseRace>[1]) => gapTrend(chaseRace(chase, options), '2', '1');
    expect(trend({})?.laps).toBe(7);
    expect(trend({ atSeconds: 330 })).toBeUndefined();
    expect(trend({ more: (script) => script.pitIn('1', 230).pitOut('1', 235) })).toBeUndefined();
    expect(trend({ more: (script) => script.flag('safety-car', 200).flag('green', 220) })).toBeUndefined();
    expect(trend({ missed: { car: '2', lap: 4 } })).toBeUndefined();
    // The end of the lap before a timed one was seen, whatever became of its beginning.
    expect(trend({ missed: { car: '2', lap: 2 } })).toMatchObject({ laps: 5, msPerLap: { low: -500, high: -500 } });
  });

  it('[A3] a single lost lap is no trend', () => {
    const laps = [...times(5, 60), 65, ...times(4, 60)];
    const trend = gapTrend(chaseRace({ laps, gaps: { '2': [...times(5, 8), ...times(5, 3)] } }), '2', '1');
    expect(trend?.msPerLap.low).toBeLessThan(0);
    expect(trend?.msPerLap.high).toBe(0);
  });

  it('[A3] laps that scatter are no trend, however straight the line through their sum', () => {
    // Car 2 wins 1 s or more on four of eight laps and loses a little on the others: the gaps fall, the laps say nothing.
    const steps = [-1.5, 0.3, -1.2, 0.4, -1.4, 0.2, -1.1, 0.3];
    const gaps = steps.reduce<number[]>((sums, step) => sums.concat((sums.at(-1) ?? 0) + step), [9]);
    const trend = gapTrend(chaseRace({ laps: times(10, 60), gaps: { '2': [9, ...gaps] } }), '2', '1');
    const slope = theilSen(gaps.map((y, x) => ({ x, y: y * 1000 })));
    expect(slope?.high).toBeLessThan(-300);
    expect(trend?.msPerLap.value).toBeCloseTo(slope?.value ?? 0);
    expect(trend?.msPerLap.low).toBeLessThan((slope?.low ?? 0) - 200);
    expect(trend?.msPerLap.high).toBeGreaterThan((slope?.high ?? 0) + 200);
  });

  it('[A10] each stint has its clean pace and its trend', () => {
    const laps = [65, 60.1, 60.2, 60.3, 60.4, 60.5, 75, 80, 59, 59, 59, 59, 70];
    const view = chaseRace({ laps, gaps: {} }, { more: (script) => script.pitIn('1', 435).pitOut('1', 450) });
    const [first, second] = stintPaces(view, '1');
    expect(first).toMatchObject({ laps: 5, medianMs: 60_300, stint: { fromLap: 1, toLap: 7 } });
    expect(first?.trend?.value).toBeCloseTo(100);
    expect(second).toMatchObject({ laps: 5, medianMs: 59_000, trend: { value: 0 } });
  });

  it('[A16] a slow zone or double yellow in one sector spoils a lap, a single yellow does not', () => {
    const chase = { laps: times(8, 60), gaps: {} };
    const laps = (flag: 'yellow' | 'double-yellow' | 'slow-zone') => {
      const more = (script: RaceScript) => script.flag(flag, 200, { sector: 2 }).flag('green', 210, { sector: 2 });
      return stintPaces(chaseRace(chase, { more }), '1')[0]?.laps;
    };
    expect([laps('yellow'), laps('double-yellow'), laps('slow-zone')]).toEqual([7, 6, 6]);
  });

  it('[A13] consistency is the deviation from the line of the stint, not from one lap time', () => {
    const worn = times(9, 60).map((seconds, lap) => seconds + 0.2 * lap);
    expect(consistencyOf(chaseRace({ laps: worn, gaps: {} }), '1')?.deviationMs).toBeCloseTo(0);
    const uneven = worn.map((seconds, lap) => seconds + (lap % 2 === 0 ? 0.3 : -0.3));
    expect(consistencyOf(chaseRace({ laps: uneven, gaps: {} }), '1')?.deviationMs).toBeGreaterThan(200);
    expect(consistencyOf(chaseRace({ laps: worn.slice(0, 5), gaps: {} }), '1')).toBeUndefined();
    const shared = (script: RaceScript) =>
      script.driver('1', 'anna', 1).pitIn('1', 545).driver('1', 'ben', 550).pitOut('1', 560);
    const crew = chaseRace({ laps: [...worn, 75, ...uneven.slice(1)], gaps: {} }, { more: shared });
    expect(consistencyOf(crew, '1', 'anna')?.deviationMs).toBeCloseTo(0);
    expect(consistencyOf(crew, '1', 'ben')?.deviationMs).toBeGreaterThan(200);
  });

  it('[A11] pace is measured by the class on the same lap, so that rain or fuel for all is nobody‘s pace', () => {
    const laps = [60, 60, 60, 75, 75, 60];
    const gaps = { '2': [0.5, 1, 1.5, 2, 2.5, 3], '3': [1, 2, 3, 4, 5, 6] };
    const view = chaseRace({ laps, gaps });
    expect(['1', '2', '3'].map((car) => paceAgainstClassMs(view, car))).toEqual([-500, 0, 500]);
    const classes = ['am', 'pro', 'pro', 'pro'].map((id, place) => ({ car: `${place + 1}`, class: id, drivers: [] }));
    const four = { laps, gaps: { ...gaps, '4': [2, 4, 6, 8, 10, 12] } };
    const mixed = chaseRace(four, {
      manifest: {
        classes: [
          { id: 'am', name: 'Am' },
          { id: 'pro', name: 'Pro' },
        ],
        entries: classes,
      },
    });
    expect(['1', '2', '3', '4'].map((car) => paceAgainstClassMs(mixed, car))).toEqual([undefined, -500, 0, 1000]);
    // Two cars are no field.
    expect(paceAgainstClassMs(chaseRace({ laps, gaps: { '2': gaps['2'] } }), '2')).toBeUndefined();
  });

  it('[A12] an ideal lap adds up the best valid sectors, by driver too', () => {
    const script = aRace().start().driver('1', 'anna', -5);
    const sectors = [
      [30, 20, 20],
      [19, 22, 20],
      [21, 19.5, 21],
      [18, 25, 25],
    ];
    let at = 0;
    script.cross('1', 'SF', at);
    for (const [lap, [one = 0, two = 0, three = 0]] of sectors.entries()) {
      if (lap === 2) script.driver('1', 'ben', at);
      script.cross('1', 'S1', at + one).cross('1', 'S2', at + one + two);
      at += one + two + three;
      script.cross('1', 'SF', at);
    }
    const end = script.view(at);
    expect(idealLapMs(end, '1')).toBe(18_000 + 19_500 + 20_000);
    expect(idealLapMs(end, '1', 'anna')).toBe(19_000 + 20_000 + 20_000);
    expect(idealLapMs(script.view(80), '1')).toBeUndefined();
    script.fact({ type: 'lap-invalidated', atMs: at * 1000 + 5, car: '1', lapNumber: 4 });
    expect(idealLapMs(script.view(at + 1), '1')).toBe(19_000 + 19_500 + 20_000);
    expect(idealLapMs(script.view(at), '1')).toBe(18_000 + 19_500 + 20_000);
    // A lap that is taken away before it ends.
    script
      .cross('1', 'S1', at + 17)
      .fact({ type: 'lap-invalidated', atMs: at * 1000 + 18_000, car: '1', lapNumber: 5 });
    expect(idealLapMs(script.view(at + 17), '1')).toBe(17_000 + 19_500 + 20_000);
    expect(idealLapMs(script.view(at + 18), '1')).toBe(19_000 + 19_500 + 20_000);
  });

  it('[A12] where no lap is taken away, it is the sum of the best sectors of the car', () => {
    const race = runBaku();
    for (const atMs of [100_000, 900_000, 1_750_000, 2_000_000, 3_700_000]) {
      const view = race.viewAt(atMs);
      for (const { car, bestSectorsMs, bestLapTimeMs } of view.state.cars) {
        const ideal = idealLapMs(view, car);
        expect(ideal ?? Number.NaN, car).toBe(bestSectorsMs.reduce<number>((sum, ms) => sum + (ms ?? Number.NaN), 0));
        if (bestLapTimeMs !== undefined) expect(ideal).toBeLessThanOrEqual(bestLapTimeMs);
      }
    }
  });
});
