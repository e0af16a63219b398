import { isCleanLap, median } from '@pitboard/shared/analysis/pace.ts';
import { describe, expect, it } from 'vitest';
import { aRace } from '../race-script.ts';

describe('A. Analysis', () => {
  it('[A1] a clean lap is timed, valid, green, away from stops, and not the first', () => {
    const race = aRace().start().laps('1', 1, 91, 181, 271, 361, 451).pitIn('1', 260).pitOut('1', 275);
    race.fact({ type: 'lap-invalidated', atMs: 500_000, car: '1', lapNumber: 5 });
    const laps = race.timeline().history.allLaps;
    expect(laps.map((lap) => isCleanLap(lap, 499_000))).toEqual([false, true, false, false, true]);
    expect(laps.map((lap) => isCleanLap(lap, 501_000))).toEqual([false, true, false, false, false]);
  });

  it('[A2] a median sorts numbers as numbers', () => {
    expect(median([100_000, 9000, 20_000])).toBe(20_000);
    expect(median([1, 2, 10, 4])).toBe(3);
    expect(median([])).toBeUndefined();
  });
});
