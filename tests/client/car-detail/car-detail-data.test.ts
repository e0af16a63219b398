import {
  averageMs,
  lapRows,
  paceBars,
  placesOf,
  shownCar,
  stintRows,
} from '@pitboard/client/car-detail/car-detail-data.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { describe, expect, it } from 'vitest';
import { raceOfCrossings } from '../gap-chart/race-of-crossings.ts';

const facts: readonly RaceFact[] = [
  { atMs: 380_000, type: 'pit-entry', car: '1' },
  { atMs: 430_000, type: 'pit-exit', car: '1' },
  { atMs: 330_000, type: 'lap-invalidated', car: '1', lapNumber: 2, reason: 'track limits' },
];
const race = raceOfCrossings({
  crossings: { '1': [0, 100, 198, 298, 400, 550, 650], '2': [1, 99, 201, 299.5] },
  facts,
});
const lapsAt = (second: number, car: string) => lapRows(race.viewAt(second * 1000), car);

describe('Car detail: laps', () => {
  it('[V72] laps stand newest first, and only those that are done', () => {
    expect(lapsAt(299, '1').map((lap) => lap.record.lap)).toEqual([3, 2, 1]);
    expect(lapsAt(50, '1')).toEqual([]);
  });

  it('[V73] the gap of a lap is to the first car that ended it', () => {
    expect(lapsAt(300, '1').map((lap) => lap.gapMs)).toEqual([0, 0, 1000]);
    expect(lapsAt(300, '2').map((lap) => lap.gapMs)).toEqual([1500, 3000, 0]);
  });

  it('[V74] a lap is struck out from the moment that race control takes it away', () => {
    const lapTwo = (second: number) => lapsAt(second, '1').find((lap) => lap.record.lap === 2);
    expect(lapTwo(329)).toMatchObject({ deleted: false, clean: true });
    expect(lapTwo(331)).toMatchObject({ deleted: true, clean: false });
  });

  it('[V75] the average leaves out the first lap, deleted laps, and laps into and out of the pits', () => {
    expect(averageMs(lapsAt(310, '1'))).toBe(99_000);
    expect(averageMs(lapsAt(331, '1'))).toBe(100_000);
    expect(averageMs(lapsAt(640, '1'))).toBe(100_000);
    expect(averageMs(lapsAt(660, '1'))).toBe(100_000);
    expect(averageMs(lapsAt(120, '1'))).toBeUndefined();
  });

  it('[V76] stints stand newest first with their laps, averages and the stop that ended them', () => {
    const view = race.viewAt(660_000);
    const stints = stintRows(view, '1', lapsAt(660, '1'));
    expect(stints).toMatchObject([
      { number: 2, fromLap: 5, toLap: 6, laps: 2, averageMs: 100_000, pitTimeMs: undefined },
      { number: 1, fromLap: 1, toLap: 4, laps: 4, averageMs: 100_000, pitTimeMs: 50_000 },
    ]);
    const during = race.viewAt(400_000);
    expect(stintRows(during, '1', lapsAt(400, '1'))[0]?.pitTimeMs).toBeUndefined();
  });

  it('[V77] in the strip of lap times the best lap is lowest and a pit lap fills it', () => {
    const bars = paceBars(lapsAt(660, '1'));
    expect(bars.map((bar) => bar.lap)).toEqual([1, 3, 4, 5, 6]);
    const best = bars.filter((bar) => bar.kind === 'best');
    expect(best.length).toBeGreaterThan(0);
    expect(Math.min(...bars.map((bar) => bar.share))).toBe(best[0]?.share);
    expect(bars.find((bar) => bar.lap === 5)).toMatchObject({ share: 1, kind: 'other' });
    expect(paceBars([])).toEqual([]);
  });
});

describe('Car detail: car', () => {
  it('[V78] the selected car is shown while it is entered, else the leader', () => {
    const view = race.viewAt(110_000);
    expect(shownCar(view, '1')).toBe('1');
    expect(shownCar(view, '99')).toBe('2');
    expect(shownCar(view, undefined)).toBe('2');
  });

  it('[V79] a car that is out has a grid place and no place now', () => {
    const retired = raceOfCrossings({
      crossings: { '1': [0, 100], '2': [1, 101] },
      facts: [{ atMs: 150_000, type: 'car-retired', car: '1' }],
    });
    expect(placesOf(retired.viewAt(140_000), '1')).toEqual({ grid: 1, now: 1 });
    expect(placesOf(retired.viewAt(150_000), '1')).toEqual({ grid: 1 });
    expect(placesOf(retired.viewAt(150_000), '2')).toEqual({ grid: 2, now: 1 });
  });
});
