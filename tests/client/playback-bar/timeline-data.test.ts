import { measuredDelayMs } from '@pitboard/client/playback-bar/measured-delay.ts';
import { momentBeside } from '@pitboard/client/playback-bar/moment-steps.ts';
import { flagBands, marksOf, shareOf, tickMinutes } from '@pitboard/client/playback-bar/timeline-data.ts';
import type { Moment } from '@pitboard/shared/analysis/moment.ts';
import type { FlagPeriod, LapRecord, RaceHistory } from '@pitboard/shared/race/race-history.ts';
import { createRaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import { describe, expect, test } from 'vitest';
import { aManifest } from '../../builders.ts';

const HOUR = { startMs: 0, endMs: 3_600_000 };

function anIncident(atMs: number, importance: 1 | 2 | 3 = 2): Moment {
  return { kind: 'incident', atMs, importance, cars: [], text: `at ${atMs}` };
}

function aPeriod(changes: Partial<FlagPeriod>): FlagPeriod {
  return { atMs: 0, flag: 'green', sector: undefined, endMs: undefined, lap: 1, ...changes };
}

describe('Timeline', () => {
  test('[V8] places stand within it', () => {
    expect([-5, 0, 900_000, 3_600_000, 9_999_999].map((atMs) => shareOf(atMs, HOUR))).toEqual([0, 0, 0.25, 1, 1]);
  });

  test('[R17] flags are drawn as far as may be shown, and their ends are not told early', () => {
    const periods = [
      aPeriod({ endMs: 900_000 }),
      aPeriod({ atMs: 900_000, flag: 'safety-car', endMs: 1_800_000 }),
      aPeriod({ atMs: 1_800_000 }),
    ];
    expect(flagBands(periods, 1_080_000, HOUR)).toEqual([
      { flag: 'green', from: 0, to: 0.25 },
      { flag: 'safety-car', from: 0.25, to: 0.3 },
    ]);
  });

  test('[V8] a flag of one sector is no band', () => {
    expect(flagBands([aPeriod({ flag: 'yellow', sector: 2 })], 60_000, HOUR)).toEqual([]);
  });

  test('[V8] of moments that would cover each other the more important has the mark', () => {
    const moments = [anIncident(60_000), anIncident(61_000, 3), anIncident(62_000), anIncident(600_000, 1)];
    expect(marksOf(moments, HOUR).map(({ moment }) => moment.atMs)).toEqual([61_000]);
  });

  test.each([
    [HOUR, [0, 10, 20, 30, 40, 50, 60]],
    [{ startMs: -80_000, endMs: 3_879_000 }, [0, 15, 30, 45, 60]],
    [{ startMs: 0, endMs: 86_400_000 }, [0, 240, 480, 720, 960, 1200, 1440]],
  ])('[V8] has a handful of ticks: %o', (scale, minutes) => {
    expect(tickMinutes(scale)).toEqual(minutes);
  });
});

describe('Steps between moments', () => {
  const moments = [anIncident(60_000), anIncident(120_000, 1), anIncident(180_000), anIncident(240_000)];

  test('[V9] lead to the moment before and after, past those of little weight', () => {
    expect(momentBeside(moments, 100_000, 1)?.atMs).toBe(180_000);
    expect(momentBeside(moments, 200_000, -1)?.atMs).toBe(180_000);
  });

  test('[V9] go on from where the last step led', () => {
    // A step shows a moment from three seconds before it.
    expect(momentBeside(moments, 177_000, 1)?.atMs).toBe(240_000);
    expect(momentBeside(moments, 177_000, -1)?.atMs).toBe(60_000);
  });

  test('[V9] end where there are no more', () => {
    expect(momentBeside(moments, 300_000, 1)).toBeUndefined();
    expect(momentBeside(moments, 0, -1)).toBeUndefined();
  });
});

describe('Delay by a tap', () => {
  const laps = [90_000, 180_000, 270_000].map((atMs) => ({ atMs, position: 1 }) as LapRecord);
  const others = [91_000, 269_000].map((atMs) => ({ atMs, position: 2 }) as LapRecord);
  const history: RaceHistory = {
    ...createRaceTimeline(aManifest()).history,
    allLaps: [...laps, ...others].toSorted((a, b) => a.atMs - b.atMs),
  };

  test('[V10] without a delay yet it is the time since the leader crossed the line last', () => {
    expect(measuredDelayMs(history, 304_500, 304_500)).toBe(34_500);
  });

  test('[V10] of more than a lap keeps to the lap that is on screen', () => {
    expect(measuredDelayMs(history, 304_500, 304_500 - 120_000)).toBe(124_500);
  });

  test('[V10] is not known before the leader has completed a lap', () => {
    expect(measuredDelayMs(history, 60_000, 60_000)).toBeUndefined();
  });
});
