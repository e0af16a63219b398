import { gapLines } from '@pitboard/client/gap-chart/gap-chart-data.ts';
import { readGaps, snapToLap } from '@pitboard/client/gap-chart/gap-reading-data.ts';
import { describe, expect, it } from 'vitest';
import { raceOfCrossings } from './race-of-crossings.ts';

const race = raceOfCrossings({
  crossings: { '1': [1, 91, 181, 271], '2': [2, 93, 185, 276], '3': [3, 99] },
  facts: [{ atMs: 150_000, type: 'car-retired', car: '3' }],
});
const lines = gapLines(race.viewAt(300_000), ['1', '2', '3'], '2');
const reference = lines.find((line) => line.car === '2');

describe('Gap chart: ruler', () => {
  it('[V34] the ruler stands on a lap of the reference and moves by laps', () => {
    expect(snapToLap(reference, { axis: 'laps', value: 1.6 })).toBe(2);
    expect(snapToLap(reference, { axis: 'laps', value: 2 }, -1)).toBe(1);
    expect(snapToLap(reference, { axis: 'laps', value: 3 }, 1)).toBe(3);
    expect(snapToLap(reference, { axis: 'time', value: 170 })).toBe(185);
    expect(snapToLap(undefined, { axis: 'laps', value: 1 })).toBeUndefined();
  });

  it('[V34] it reads the cars in focus at that lap, the car in front first', () => {
    const reading = readGaps(lines, { axis: 'laps', value: 1, reference: '2', focus: new Set(['1', '2', '3']) });
    expect(reading.lap).toBe(1);
    expect(reading.rows.map((row) => [row.car, row.point.gapMs])).toEqual([
      ['1', -2000],
      ['2', 0],
      ['3', 6000],
    ]);
    const without = readGaps(lines, { axis: 'laps', value: 1, reference: '2', focus: new Set(['1', '2']) });
    expect(without.rows.map((row) => row.car)).toEqual(['1', '2']);
  });

  it('[V34] a car that did not end that lap, or was out by then, is not read', () => {
    const focus = new Set(['1', '2', '3']);
    expect(readGaps(lines, { axis: 'laps', value: 2, reference: '2', focus }).rows.map((row) => row.car)).toEqual([
      '1',
      '2',
    ]);
    const later = readGaps(lines, { axis: 'time', value: 185, reference: '2', focus });
    expect(later.rows.map((row) => row.car)).toEqual(['1', '2']);
    expect(later.lap).toBe(2);
  });
});
