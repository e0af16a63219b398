import { isCleanLap } from '@pitboard/shared/analysis/pace.ts';
import { CAR_FLAGS, TRACK_FLAGS } from '@pitboard/shared/domain/flag.ts';
import { flagSeverity, isGreen, worseFlag } from '@pitboard/shared/race/flag-severity.ts';
import { describe, expect, it } from 'vitest';
import { aRace } from '../race-script.ts';

describe('F. Flags', () => {
  it('[F1] every flag has its place, and only green, white and chequered do not slow the race', () => {
    const order = [...TRACK_FLAGS].sort((one, other) => flagSeverity(one) - flagSeverity(other));
    expect(order.filter((flag) => !isGreen(flag))).toEqual([
      'yellow',
      'double-yellow',
      'slow-zone',
      'virtual-safety-car',
      'full-course-yellow',
      'code-60',
      'safety-car',
      'red',
    ]);
    expect(worseFlag('code-60', 'yellow')).toBe('code-60');
    expect(worseFlag('yellow', 'red')).toBe('red');
  });

  it.each(TRACK_FLAGS.filter((flag) => !isGreen(flag)))(
    '[F1] a lap under %s is told as such, never as green',
    (flag) => {
      const race = aRace().start().laps('1', 1, 91, 181, 271).flag(flag, 120).flag('green', 140);
      const laps = race.timeline().history.allLaps;
      expect(laps.map((lap) => lap.flag)).toEqual(['green', flag, 'green']);
      expect(laps.map((lap) => isCleanLap(lap, 300_000))).toEqual([false, false, true]);
      expect(race.state(130)).toMatchObject({ flag, flagSinceMs: 120_000 });
    },
  );

  it('[F2] green for the whole track clears its sectors', () => {
    const race = aRace()
      .start()
      .flag('yellow', 10, { sector: 2 })
      .flag('slow-zone', 11, { sector: 3 })
      .flag('green', 12, { sector: 2 });
    expect(race.state(11).sectorFlags.map(({ sector, flag }) => [sector, flag])).toEqual([
      [2, 'yellow'],
      [3, 'slow-zone'],
    ]);
    expect(race.state(12).sectorFlags.map(({ sector }) => sector)).toEqual([3]);
    expect(race.flag('safety-car', 19).flag('green', 20).state(20).sectorFlags).toEqual([]);
    expect(race.timeline().history.flags.find((period) => period.sector === 3)?.endMs).toBe(20_000);
  });

  it('[F3] a lap that two flags saw has the worse one', () => {
    const race = aRace().start().laps('1', 1, 91, 181).flag('safety-car', 120).flag('yellow', 140).flag('green', 150);
    expect(race.timeline().history.allLaps[1]?.flag).toBe('safety-car');
    const begun = aRace().start().flag('red', 80).laps('1', 1, 91, 181).flag('green', 92);
    expect(begun.timeline().history.allLaps.map((lap) => lap.flag)).toEqual(['red', 'red']);
  });

  it('[F4] a blue flag without a car means nothing', () => {
    const race = aRace().start().flag('blue', 10);
    expect(race.state(11)).toMatchObject({ flag: 'green', sectorFlags: [] });
    expect(race.flag('blue', 20, { car: '2' }).car('2', 21).flag).toBe('blue');
    expect(race.flag('green', 30, { car: '2' }).car('2', 31).flag).toBeUndefined();
  });

  it('[F5] a flag that is shown already opens no new period', () => {
    const race = aRace().start().flag('green', 1).flag('yellow', 10).flag('yellow', 20).flag('green', 30);
    race.flag('yellow', 40, { sector: 1 }).flag('yellow', 41, { sector: 1 }).flag('green', 50, { sector: 2 });
    const periods = race.timeline().history.flags.map(({ atMs, flag, endMs }) => [atMs, flag, endMs]);
    expect(periods).toEqual([
      [1000, 'green', 10_000],
      [10_000, 'yellow', 30_000],
      [30_000, 'green', undefined],
      [40_000, 'yellow', undefined],
    ]);
  });

  it('[F6] a flag shown to a car stands until green, or another one, is shown to it', () => {
    const race = aRace().start();
    for (const [index, flag] of [...CAR_FLAGS, 'white' as const].entries()) race.flag(flag, 10 + index, { car: '2' });
    for (const [index, flag] of [...CAR_FLAGS, 'white' as const].entries()) {
      expect(race.car('2', 10 + index).flag).toBe(flag);
      expect(race.car('1', 10 + index).flag).toBeUndefined();
    }
    race.flag('yellow', 20, { car: '2' }).flag('blue', 21, { car: '2' }).flag('blue', 22, { car: '2' });
    expect(race.car('2', 20).flag).toBe('white');
    race.flag('green', 23, { car: '2' });
    expect(race.state(23)).toMatchObject({ flag: 'green', sectorFlags: [] });
    expect(race.timeline().history.carFlags.slice(-3)).toEqual([
      { atMs: 14_000, car: '2', flag: 'white' },
      { atMs: 21_000, car: '2', flag: 'blue' },
      { atMs: 23_000, car: '2', flag: undefined },
    ]);
    expect(race.timeline().history.flags).toEqual([]);
  });

  it('[F6] white without a car is for the whole track', () => {
    const race = aRace().start().flag('white', 10).flag('white', 12, { car: '1' });
    expect(race.state(11)).toMatchObject({ flag: 'white' });
    expect(race.car('1', 11).flag).toBeUndefined();
  });

  it('[F7] every lap knows the worst flag of any sector, apart from that of the whole track', () => {
    const race = aRace()
      .start()
      .laps('1', 1, 91, 181, 271, 361)
      .flag('yellow', 100, { sector: 2 })
      .flag('slow-zone', 120, { sector: 2 })
      .flag('double-yellow', 140, { sector: 3 })
      .flag('green', 150, { sector: 2 })
      .flag('green', 200);
    const laps = race.timeline().history.allLaps;
    expect(laps.map(({ flag }) => flag)).toEqual(['green', 'green', 'green', 'green']);
    expect(laps.map(({ localFlag }) => localFlag)).toEqual(['green', 'slow-zone', 'double-yellow', 'green']);
    expect(race.car('1', 110).lapLocalFlag).toBe('yellow');
  });

  it('[F7] slow sectors stand in their order, each with its beginning', () => {
    const race = aRace()
      .start()
      .flag('slow-zone', 10, { sector: 9 })
      .flag('slow-zone', 20, { sector: 4 })
      .flag('yellow', 30, { sector: 6 })
      .flag('double-yellow', 40, { sector: 9 });
    expect(race.state(40).sectorFlags).toEqual([
      { sector: 4, flag: 'slow-zone', atMs: 20_000 },
      { sector: 6, flag: 'yellow', atMs: 30_000 },
      { sector: 9, flag: 'double-yellow', atMs: 40_000 },
    ]);
    expect(race.state(20).sectorFlags.map(({ sector }) => sector)).toEqual([4, 9]);
    const zones = race.timeline().history.flags.map(({ sector, atMs, endMs }) => [sector, atMs, endMs]);
    expect(zones).toContainEqual([9, 10_000, 40_000]);
  });
});
