import { driveTimesOf } from '@pitboard/shared/analysis/drive-time.ts';
import { describe, expect, it } from 'vitest';
import { driveWithStops } from '../pit-race.ts';
import { aRace, type RaceScript } from '../race-script.ts';

const CREW = [
  { car: '1', startingDriver: 'ann', drivers: ['ann', 'bob'].map((id) => ({ id, lastName: id })) },
  { car: '2', drivers: [] },
  { car: '3', drivers: [] },
];

describe('P. Pit: drive times', () => {
  const LIMITS = {
    mandatoryStops: 0,
    minimumDriveTimeMs: 300_000,
    maximumDriveTimeMs: 700_000,
    maximumStintMs: 400_000,
  };

  /** Ann drives from the signal to 364 s, Bob from 404 s on. */
  function shared(pitRules: typeof LIMITS | undefined, durationMs = 1_000_000): RaceScript {
    const manifest = { entries: CREW, distance: { durationMs }, ...(pitRules === undefined ? {} : { pitRules }) };
    const race = aRace(manifest).start().driver('1', 'bob', 390);
    return driveWithStops(race, '1', { fromS: 0, laps: 9, stops: { 5: 40 } });
  }

  it('[P13] drive time runs from exit to entry, for each driver', () => {
    expect(driveTimesOf(shared(undefined).view(504), '1')).toEqual({
      drivers: [
        {
          driver: 'ann',
          driving: false,
          drivenMs: 364_000,
          state: 'ok',
          missingMs: 0,
          leftMs: undefined,
          stintLeftMs: undefined,
        },
        {
          driver: 'bob',
          driving: true,
          drivenMs: 100_000,
          state: 'ok',
          missingMs: 0,
          leftMs: undefined,
          stintLeftMs: undefined,
        },
      ],
      possible: true,
    });
    const inLane = driveTimesOf(shared(undefined).view(395), '1').drivers;
    expect(inLane.map(({ driving, drivenMs }) => [driving, drivenMs])).toEqual([
      [false, 364_000],
      [false, 0],
    ]);
  });

  it('[P13] a red flag stops it, and so does the end of the race for the car', () => {
    const race = shared(undefined).flag('red', 410).flag('green', 440);
    expect(driveTimesOf(race.view(504), '1').drivers[1]?.drivenMs).toBe(70_000);
    expect(driveTimesOf(race.view(420), '1').drivers[1]?.drivenMs).toBe(6000);
    const out = shared(undefined).retire('1', 845);
    expect(driveTimesOf(out.view(900), '1').drivers[1]).toMatchObject({ driving: false, drivenMs: 441_000 });
  });

  it('[P13] a change that the feed tells on the track splits the stint, and strangers are counted', () => {
    const race = aRace({ entries: CREW }).start().driver('1', 'eve', 200);
    driveWithStops(race, '1', { fromS: 0, laps: 4 });
    const { drivers, possible } = driveTimesOf(race.view(300), '1');
    expect(drivers.map(({ driver, drivenMs }) => [driver, drivenMs])).toEqual([
      ['ann', 200_000],
      ['bob', 0],
      ['eve', 100_000],
    ]);
    expect(possible).toBeUndefined();
  });

  it('[P13] tells who is below the minimum or over the maximum, and how long is left', () => {
    const at = (seconds: number) => driveTimesOf(shared(LIMITS).view(seconds), '1').drivers;
    expect(at(504)).toMatchObject([
      { state: 'ok', missingMs: 0, leftMs: 336_000, stintLeftMs: undefined },
      { state: 'below-minimum', missingMs: 200_000, leftMs: 600_000, stintLeftMs: 300_000 },
    ]);
    expect(at(704)[1]).toMatchObject({ state: 'ok', missingMs: 0 });
    expect(at(820)[1]).toMatchObject({ stintLeftMs: -16_000 });
    const exact = driveTimesOf(shared({ ...LIMITS, maximumDriveTimeMs: 364_000 }).view(504), '1').drivers[0];
    expect(exact).toMatchObject({ state: 'ok', leftMs: 0 });
    const short = { ...LIMITS, maximumDriveTimeMs: 363_999 };
    expect(driveTimesOf(shared(short).view(504), '1')).toMatchObject({
      drivers: [{ state: 'over-maximum', leftMs: -1 }, { state: 'below-minimum' }],
      possible: false,
    });
  });

  it('[P13] tells whether what is missing can still be driven', () => {
    const possible = (seconds: number, durationMs: number) =>
      driveTimesOf(shared(LIMITS, durationMs).view(seconds), '1').possible;
    // At 504 s Bob misses 200 s.
    expect([possible(504, 704_000), possible(504, 703_999)]).toEqual([true, false]);
    // Ann may drive 336 s more and Bob 600.
    expect([possible(504, 1_440_000), possible(504, 1_440_001)]).toEqual([true, false]);
    const home = shared(LIMITS, 600_000).flag('chequered', 600);
    expect(driveTimesOf(home.view(700), '1').possible).toBe(false);
    expect(driveTimesOf(shared(LIMITS, 800_000).flag('chequered', 830).view(860), '1').possible).toBe(true);
  });
});
