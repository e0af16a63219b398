import {
  type GapLine,
  gapLines,
  gapLinesKey,
  lapsAt,
  linePath,
  nearestCar,
} from '@pitboard/client/gap-chart/gap-chart-data.ts';
import { describe, expect, it } from 'vitest';
import { raceOfCrossings } from './race-of-crossings.ts';

const CROSSINGS = { '1': [1, 91, 181, 271], '2': [2, 93, 185, 276], '3': [3, 99, 195] };

describe('Gap chart: lines', () => {
  it('[V20] a gap is the difference of the crossing times at the line, lap by lap', () => {
    const view = raceOfCrossings({ crossings: CROSSINGS }).viewAt(300_000);
    const lines = gapLines(view, ['1', '2', '3'], '1');
    expect(gapsOf(lines, '1')).toEqual([0, 0, 0, 0]);
    expect(gapsOf(lines, '2')).toEqual([1000, 2000, 4000, 5000]);
    expect(gapsOf(lines, '3')).toEqual([2000, 8000, 14_000]);
  });

  it('[V20] cars ahead of a chosen reference have negative gaps, known once the reference has crossed the line too', () => {
    const race = raceOfCrossings({ crossings: CROSSINGS });
    expect(gapsOf(gapLines(race.viewAt(300_000), ['1', '2'], '2'), '1')).toEqual([-1000, -2000, -4000, -5000]);
    // At 272 s car 1 has ended its third lap, car 2 has not.
    const lines = gapLines(race.viewAt(272_000), ['1', '2'], '2');
    expect(gapsOf(lines, '1')).toEqual([-1000, -2000, -4000]);
    expect(lineOf(lines, '1').points.map((point) => point.atMs)).toEqual([2000, 93_000, 185_000]);
  });

  it('[V21] what lies after the playhead changes no line', () => {
    const retired = { atMs: 250_000, type: 'car-retired', car: '3', reason: 'gearbox' } as const;
    const pit = [
      { atMs: 178_000, type: 'pit-entry', car: '1' },
      { atMs: 260_000, type: 'pit-entry', car: '2' },
    ] as const;
    const whole = raceOfCrossings({ crossings: CROSSINGS, facts: [retired, ...pit] });
    const upTo186 = { '1': [1, 91, 181], '2': [2, 93, 185], '3': [3, 99] };
    const begun = raceOfCrossings({ crossings: upTo186, facts: [{ atMs: 178_000, type: 'pit-entry', car: '1' }] });
    expect(gapLines(whole.viewAt(186_000), ['1', '2', '3'], '1')).toEqual(
      gapLines(begun.viewAt(186_000), ['1', '2', '3'], '1'),
    );
    expect(lineOf(gapLines(whole.viewAt(186_000), ['1', '2', '3'], '1'), '3').out).toBe(false);
    expect(lineOf(gapLines(whole.viewAt(251_000), ['1', '2', '3'], '1'), '3').out).toBe(true);
  });

  it('[V22] a stop is marked at the end of the lap that went into the pit lane', () => {
    const facts = [
      { atMs: 178_000, type: 'pit-entry', car: '1' },
      { atMs: 230_000, type: 'pit-exit', car: '1' },
    ] as const;
    const race = raceOfCrossings({ crossings: CROSSINGS, facts });
    const stops = (atMs: number) => lineOf(gapLines(race.viewAt(atMs), ['1'], '1'), '1').stops;
    expect(stops(179_000)).toEqual([]);
    expect(stops(182_000)).toEqual([2]);
    expect(lineOf(gapLines(race.viewAt(300_000), ['1'], '1'), '1').points[2]?.lap).toBe(2);
  });

  it('[V23] a car that missed the line has no point there, and its line goes on after it', () => {
    const facts = [{ atMs: 280_000, type: 'passing', car: '9', loop: 'SF', lapNumber: 3 }] as const;
    const race = raceOfCrossings({ crossings: { '1': [1, 91, 181, 271], '9': [2, 95] }, facts });
    const line = lineOf(gapLines(race.viewAt(300_000), ['1', '9'], '1'), '9');
    expect(line.points.map((point) => [point.lap, point.gapMs])).toEqual([
      [0, 1000],
      [1, 4000],
      [3, 9000],
    ]);
  });

  it('[V24] lines are drawn anew when a lap ends, a car comes in or is out, and not in between', () => {
    const facts = [
      { atMs: 150_000, type: 'pit-entry', car: '2' },
      { atMs: 160_000, type: 'car-retired', car: '3' },
    ] as const;
    const race = raceOfCrossings({ crossings: CROSSINGS, facts });
    const keys = [100, 120, 149, 150, 159, 160, 180, 181].map((second) => gapLinesKey(race.viewAt(second * 1000)));
    expect(keys[0]).toBe(keys[1]);
    expect(keys[1]).toBe(keys[2]);
    expect(new Set(keys).size).toBe(4);
    expect(keys[5]).toBe(keys[6]);
  });
});

describe('Gap chart: places', () => {
  const lines = gapLines(raceOfCrossings({ crossings: CROSSINGS }).viewAt(300_000), ['1', '2', '3'], '1');

  it('[V25] a click finds the nearest line, and none when all are far away', () => {
    expect(nearestCar(lines, 'laps', { value: 2.1, gapMs: 4400, withinMs: 2000 })).toBe('2');
    expect(nearestCar(lines, 'laps', { value: 1.9, gapMs: 13_000, withinMs: 2000 })).toBe('3');
    expect(nearestCar(lines, 'laps', { value: 2.1, gapMs: 30_000, withinMs: 2000 })).toBeUndefined();
    expect(nearestCar(lines, 'time', { value: 92, gapMs: 900, withinMs: 2000 })).toBe('1');
  });

  it('[V26] a time lies between the laps that it falls between', () => {
    const times = [1000, 91_000, undefined, 271_000];
    expect(lapsAt(times, 0)).toBe(0);
    expect(lapsAt(times, 46_000)).toBe(0.5);
    expect(lapsAt(times, 181_000)).toBe(2);
    expect(lapsAt(times, 400_000)).toBe(3);
  });

  it('[V27] a path is written in laps or seconds to the right and seconds of gap downward', () => {
    const line = lineOf(lines, '2');
    expect(linePath(line, 'laps')).toBe('M0,1L1,2L2,4L3,5');
    expect(linePath(line, 'time')).toBe('M2,1L93,2L185,4L276,5');
  });
});

function lineOf(lines: readonly GapLine[], car: string): GapLine {
  const line = lines.find((candidate) => candidate.car === car);
  if (line === undefined) throw new Error(`no line of car ${car}`);
  return line;
}

function gapsOf(lines: readonly GapLine[], car: string): readonly number[] {
  return lineOf(lines, car).points.map((point) => point.gapMs);
}
