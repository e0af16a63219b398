import type { GapLine } from '@pitboard/client/gap-chart/gap-chart-data.ts';
import { axisRange, gapBands, gapRange, spreadLabels, ticksOf } from '@pitboard/client/gap-chart/gap-scale-data.ts';
import { describe, expect, it } from 'vitest';
import { raceOfCrossings } from './race-of-crossings.ts';

describe('Gap chart: scale', () => {
  const lines = [line('1', [0, 0, 0]), line('2', [1, 4, 12]), line('3', [-2, -30, 20]), line('9', [5, 95, 190])];

  it('[V28] the chart follows the cars in focus: lapped cars do not squash them', () => {
    const range = gapRange(lines, new Set(['1', '2']), { zoom: 'auto', reference: 'leader' });
    expect(range.from).toBe(0);
    expect(range.to).toBeCloseTo(15.6);
    const all = gapRange(lines, new Set(['1', '2']), { zoom: 'all', reference: 'leader' });
    expect(all.to).toBeGreaterThanOrEqual(190);
    expect(all.from).toBeLessThanOrEqual(-30);
  });

  it('[V28] never less than ten seconds, and never more than two minutes unless all cars are asked for', () => {
    expect(gapRange(lines, new Set(['1']), { zoom: 'auto', reference: 'leader' })).toEqual({ from: 0, to: 10 });
    expect(gapRange(lines, new Set(['1', '9']), { zoom: 'auto', reference: 'leader' }).to).toBe(120);
  });

  it('[V28] laps of long ago may leave the chart', () => {
    const stopped = line('4', [0, 60, 60, 1, 1, 2, 2]);
    expect(gapRange([stopped], new Set(['4']), { zoom: 'auto', reference: 'leader' }).to).toBe(10);
  });

  it('[V29] a chosen number of seconds is exactly what is shown; cars ahead get at most a quarter, or half of it', () => {
    const focus = new Set(['1', '3']);
    const leader = gapRange(lines, focus, { zoom: 30, reference: 'leader' });
    expect([leader.from, leader.to]).toEqual([-7.5, 22.5]);
    const selected = gapRange(lines, focus, { zoom: 30, reference: 'selected' });
    expect([selected.from, selected.to]).toEqual([-15, 15]);
    const nobodyAhead = gapRange(lines, new Set(['1', '2']), { zoom: 30, reference: 'selected' });
    expect(nobodyAhead.to - nobodyAhead.from).toBe(30);
    expect(nobodyAhead.to).toBe(30);
  });

  it('[V29] around a chosen car there is room for the cars ahead as for those behind', () => {
    const range = gapRange(lines, new Set(['1', '3']), { zoom: 'auto', reference: 'selected' });
    expect([range.from, range.to]).toEqual([-39, 26]);
  });

  it('[V30] ticks are round and few', () => {
    expect(ticksOf({ from: -3, to: 13 }, 6)).toEqual([0, 5, 10]);
    expect(ticksOf({ from: 0, to: 23 }, 8)).toEqual([0, 5, 10, 15, 20]);
    expect(ticksOf({ from: 0, to: 3600 }, 8)).toEqual([0, 600, 1200, 1800, 2400, 3000, 3600]);
  });

  it('[V31] the axis reaches to the last lap of any car, and to five laps at least', () => {
    expect(axisRange(lines, 'laps', 'auto')).toEqual({ from: 0, to: 5 });
    expect(axisRange([line('1', Array(20).fill(0))], 'laps', 'auto')).toEqual({ from: 0, to: 19 });
    expect(axisRange([line('1', Array(20).fill(0))], 'time', 'auto')).toEqual({ from: 0, to: 1900 });
  });
});

describe('Gap chart: long races', () => {
  const long = [line('1', Array(300).fill(0)), line('2', Array(290).fill(5))];

  it('[V31] of a long race the last sixty laps are shown, unless all are asked for', () => {
    expect(axisRange(long, 'laps', 30)).toEqual({ from: 239, to: 299 });
    expect(axisRange(long, 'time', 'auto')).toEqual({ from: 23_900, to: 29_900 });
    expect(axisRange(long, 'laps', 'all')).toEqual({ from: 0, to: 299 });
  });
});

describe('Gap chart: bands', () => {
  const race = raceOfCrossings({
    crossings: { '1': [0, 100, 200, 300, 400], '2': [1, 101, 201, 301, 401] },
    facts: [
      { atMs: 150_000, type: 'flag-changed', flag: 'safety-car' },
      { atMs: 250_000, type: 'flag-changed', flag: 'green' },
      { atMs: 260_000, type: 'flag-changed', flag: 'yellow', sector: 1 },
    ],
    manifest: { pitRules: { mandatoryStops: 1, windowOpensMs: 220_000, windowClosesMs: 320_000 } },
  });
  const times = [0, 100_000, 200_000, 300_000, 400_000];
  const bands = (atMs: number, axis: 'laps' | 'time') =>
    gapBands(race.viewAt(atMs), times, { axis, range: { from: 0, to: axis === 'laps' ? 4 : 400 } });

  it('[V32] flags for the whole track other than green, and the pit window, are shaded where they were', () => {
    expect(bands(400_000, 'time')).toEqual([
      { kind: 'pit-window', from: 220, to: 320 },
      { kind: 'safety-car', from: 150, to: 250 },
    ]);
    expect(bands(400_000, 'laps')).toEqual([
      { kind: 'pit-window', from: 2.2, to: 3.2 },
      { kind: 'safety-car', from: 1.5, to: 2.5 },
    ]);
  });

  it('[V21] a band ends at the playhead while its flag is out', () => {
    expect(bands(140_000, 'time')).toEqual([]);
    expect(bands(180_000, 'time')).toEqual([{ kind: 'safety-car', from: 150, to: 180 }]);
    expect(bands(240_000, 'time')[0]).toEqual({ kind: 'pit-window', from: 220, to: 240 });
  });
});

describe('Gap chart: labels', () => {
  const range = { from: 0, to: 100 };

  it('[V33] labels that fit stay where they belong', () => {
    expect(spreadLabels([10, 40, 80], 15, range)).toEqual([10, 40, 80]);
  });

  it('[V33] labels that would overlap move apart and keep their order, whatever order they come in', () => {
    const placed = spreadLabels([52, 50, 51], 15, range);
    expect([...placed].sort((a, b) => a - b)).toEqual([50, 65, 80]);
    expect(placed).toEqual([80, 50, 65]);
  });

  it('[V33] at the bottom they move up instead of out of the chart', () => {
    expect(spreadLabels([95, 100, 100], 15, range)).toEqual([70, 85, 100]);
  });
});

function line(car: string, gaps: readonly number[]): GapLine {
  const points = gaps.map((gap, lap) => ({ lap, atMs: lap * 100_000, gapMs: gap * 1000 }));
  return { car, points, stops: [], out: false };
}
