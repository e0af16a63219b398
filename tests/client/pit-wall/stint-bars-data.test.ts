import {
  type BarScale,
  barBands,
  barScale,
  barTicks,
  nowShare,
  stintBars,
} from '@pitboard/client/pit-wall/stint-bars-data.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { describe, expect, it } from 'vitest';
import { raceOfCrossings } from '../gap-chart/race-of-crossings.ts';

const facts: readonly RaceFact[] = [
  { atMs: 150_000, type: 'pit-entry', car: '1' },
  { atMs: 190_000, type: 'pit-exit', car: '1' },
  { atMs: 160_000, type: 'car-retired', car: '2' },
  { atMs: 100_000, type: 'flag-changed', flag: 'safety-car' },
  { atMs: 140_000, type: 'flag-changed', flag: 'green' },
];
const race = raceOfCrossings({
  crossings: { '1': [0, 100, 200, 300], '2': [0.5, 101] },
  facts,
  manifest: {
    distance: { durationMs: 1_000_000 },
    pitRules: { mandatoryStops: 1, windowOpensMs: 120_000, windowClosesMs: 500_000 },
  },
});
const TIME: BarScale = { axis: 'time', end: 1_000_000 };
const LAPS: BarScale = { axis: 'laps', end: 10 };
const barAt = (second: number, car: string, scale = TIME) =>
  stintBars(race.viewAt(second * 1000), scale).find((bar) => bar.car === car);

describe('Pit wall: stint bars', () => {
  it('[V45] a stint reaches to the stop that ended it, or to the playhead', () => {
    expect(barAt(140, '1')?.stints).toMatchObject([{ from: 0, to: 0.14 }]);
    expect(barAt(160, '1')?.stints).toMatchObject([{ from: 0, to: 0.15 }]);
    expect(barAt(250, '1')?.stints).toMatchObject([
      { from: 0, to: 0.15 },
      { from: 0.19, to: 0.25 },
    ]);
  });

  it('[V46] a visit to the pits has its true length and runs on while the car is in there', () => {
    expect(barAt(149, '1')?.visits).toEqual([]);
    expect(barAt(170, '1')?.visits).toEqual([{ from: 0.15, to: 0.17, running: true }]);
    expect(barAt(250, '1')?.visits).toEqual([{ from: 0.15, to: 0.19, running: false }]);
  });

  it('[V47] the bar of a car that is out ends where it went out', () => {
    expect(barAt(159, '2')).toMatchObject({ out: false, stints: [{ to: 0.159 }] });
    expect(barAt(300, '2')).toMatchObject({ out: true, stints: [{ to: 0.16 }] });
  });

  it('[V48] on an axis of laps a bar lies by the laps of its own car', () => {
    // Half way through its second lap at 150 s, nine tenths of it at 190 s.
    expect(barAt(250, '1', LAPS)?.visits).toEqual([{ from: 0.15, to: 0.19, running: false }]);
    expect(barAt(250, '1', LAPS)?.stints[1]).toMatchObject({ from: 0.19, to: 0.25 });
  });

  it('[V49] the bars are as wide as the race is planned to be, and grow with one that lasts longer', () => {
    expect(barScale(race.viewAt(250_000), 'time').end).toBe(1_000_000);
    expect(barScale(race.viewAt(1_200_000), 'time').end).toBe(1_200_000);
    // Two laps in 200 s: ten laps fit into 1000 s.
    expect(barScale(race.viewAt(210_000), 'laps').end).toBe(10);
  });

  it('[V71] flags end at the playhead; the window of a timed race is known before it opens', () => {
    expect(barBands(race.viewAt(90_000), TIME)).toEqual([{ kind: 'pit-window', from: 0.12, to: 0.5 }]);
    expect(barBands(race.viewAt(120_000), TIME)[1]).toEqual({ kind: 'safety-car', from: 0.1, to: 0.12 });
    expect(barBands(race.viewAt(200_000), TIME)[1]).toEqual({ kind: 'safety-car', from: 0.1, to: 0.14 });
    // On an axis of laps nobody knows yet at which lap it will shut.
    expect(barBands(race.viewAt(90_000), LAPS)).toEqual([]);
    expect(nowShare(race.viewAt(250_000), LAPS)).toBe(0.25);
  });

  it('[V30] ticks are round and few', () => {
    expect(barTicks({ axis: 'time', end: 3_600_000 })).toEqual(
      [600, 1200, 1800, 2400, 3000, 3600].map((s) => s * 1000),
    );
    expect(barTicks({ axis: 'laps', end: 39 })).toEqual([10, 20, 30]);
  });
});
