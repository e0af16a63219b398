import { rejoinOf } from '@pitboard/shared/analysis/rejoin.ts';
import { describe, expect, it } from 'vitest';
import { aLineOf, driveWithStops } from '../pit-race.ts';
import { aRace } from '../race-script.ts';

const APART = [0, 5, 10, 30, 40];

describe('P. Pit', () => {
  it.each([
    { gaps: APART, place: 2, lossMs: 20_000, to: 3, why: 'an index that counts the car itself says 4' },
    { gaps: APART, place: 2, lossMs: 3000, to: 2, why: 'an index that counts the car itself says 3' },
    { gaps: APART, place: 1, lossMs: 20_000, to: 3, why: 'the leader has a gap too' },
    { gaps: [0, 2, 4, 30, 40], place: 1, lossMs: 5000, to: 3, why: 'a sum of gaps says 2' },
    { gaps: APART, place: 1, lossMs: 5000, to: 2, why: 'in a dead heat the car on the track is ahead' },
    { gaps: APART, place: 1, lossMs: 4999, to: 1, why: 'nobody gets past' },
    { gaps: APART, place: 3, lossMs: 25_000, to: 4, why: 'between two cars' },
    { gaps: APART, place: 5, lossMs: 90_000, to: 5, why: 'nobody is left to get past' },
  ])('[P16] of gaps $gaps P$place with $lossMs ms to lose rejoins in P$to: $why', ({ gaps, place, lossMs, to }) => {
    expect(rejoinOf(aLineOf(gaps, lossMs).view(131), String(place))).toMatchObject({ position: to, lossMs });
  });

  it('[P16] tells the cars either side, the place in class and the time behind who leads then', () => {
    const view = aLineOf(APART, 20_000).view(131);
    expect(rejoinOf(view, '1')).toEqual({
      kind: 'stop',
      lossMs: 20_000,
      position: 3,
      classPosition: 2,
      gapToLeaderMs: 15_000,
      ahead: { car: '3', gapMs: 10_000 },
      behind: { car: '4', gapMs: 10_000 },
      lane: undefined,
    });
    expect(rejoinOf(view, '5')).toMatchObject({ classPosition: 3, gapToLeaderMs: 60_000, behind: undefined });
    expect(rejoinOf(aLineOf(APART, 1000).view(131), '1')).toMatchObject({ gapToLeaderMs: 0, ahead: undefined });
  });

  it('[P16] a car in the lane counts with what it has still to lose', () => {
    const race = aLineOf(APART, 20_000).pitIn('2', 130);
    // At 131 car 2 is projected at 25 s, behind car 1 at 20 s.
    expect(rejoinOf(race.view(131), '1')).toMatchObject({
      position: 2,
      ahead: { car: '3', gapMs: 10_000 },
      behind: { car: '2', gapMs: 5000 },
    });
  });

  it('[P16] a stop that no loop has shown yet counts from the pit exit on', () => {
    const race = aLineOf(APART, 20_000).pitIn('2', 99).pitOut('2', 128);
    expect(rejoinOf(race.view(131), '1')).toMatchObject({ position: 2, behind: { car: '4', gapMs: 10_000 } });
    expect(rejoinOf(race.view(131), '3')).toMatchObject({ position: 3, behind: { car: '2', gapMs: 4000 } });
  });

  it('[P16] laps behind count as time', () => {
    const race = aLineOf(APART, 20_000).cross('1', 'SF', 181).cross('2', 'SF', 186).cross('3', 'SF', 191);
    // A lap down and 30 s back at its last loop: nobody in between is reached by losing 20 s.
    expect(rejoinOf(race.view(192), '1')).toMatchObject({ position: 3, behind: { car: '4' } });
    expect(rejoinOf(race.view(192), '4')).toMatchObject({ position: 5, ahead: { car: '5' }, behind: undefined });
  });

  it('[P16] who stands on the road, or is out, is nobody to rejoin behind', () => {
    const race = aLineOf(APART, 20_000).retire('2', 110);
    race.fact({ type: 'car-stopped', atMs: 120_000, car: '3' });
    expect(rejoinOf(race.view(131), '1')).toMatchObject({ position: 1, behind: { car: '4', gapMs: 10_000 } });
  });

  it('[P16] nor is a car that has not been seen for too long', () => {
    const race = aLineOf([0, 5], 1000).cross('1', 'SF', 181).cross('2', 'SF', 186).cross('2', 'SF', 276);
    expect(rejoinOf(race.cross('1', 'SF', 271).view(280), '2')).toMatchObject({ position: 2 });
    expect(rejoinOf(race.cross('2', 'SF', 366).cross('2', 'SF', 456).view(460), '2')).toMatchObject({ position: 1 });
    expect(rejoinOf(race.view(460), '2')?.behind).toBeUndefined();
  });

  it('[P16] says nothing where a stop means nothing', () => {
    const race = aLineOf(APART, 20_000);
    expect(rejoinOf(race.view(90), '1')).toBeUndefined();
    expect(rejoinOf(race.view(131), '99')).toBeUndefined();
    expect(rejoinOf(aRace().start().laps('1', 1, 91).view(92), '1')).toBeUndefined();
    expect(rejoinOf(aLineOf(APART, 20_000, { kind: 'practice' }).view(131), '1')).toBeUndefined();
    expect(rejoinOf(aLineOf(APART, 20_000).retire('1', 120).view(131), '1')).toBeUndefined();
    expect(rejoinOf(aLineOf(APART, 20_000).flag('red', 120).view(131), '1')).toBeUndefined();
    expect(rejoinOf(aLineOf(APART, 20_000).flag('chequered', 120).view(131), '3')).toBeUndefined();
  });

  it('[P16] where no time is known the running order stands', () => {
    const unread = aLineOf([0, 5], 20_000, { entries: ['1', '2', '3'].map((car) => ({ car, drivers: [] })) });
    expect(rejoinOf(unread.view(100), '1')).toMatchObject({ position: 2, behind: undefined });
  });

  it('[P16] behind the safety car a stop costs less', () => {
    expect(rejoinOf(aLineOf(APART, 20_000).view(131), '1')).toMatchObject({ position: 3, lossMs: 20_000 });
    const race = aLineOf(APART, 20_000).flag('safety-car', 131);
    expect(rejoinOf(race.view(131), '1')).toMatchObject({ position: 3, lossMs: 12_000, behind: { gapMs: 18_000 } });
    expect(rejoinOf(aLineOf(APART, 8000).flag('safety-car', 131).view(131), '1')).toMatchObject({ position: 1 });
  });
});

describe('P. Pit: in the lane', () => {
  /** Cars 1 and 2 have shown stops of 40 s, which cost 30; car 3 comes in at 854 s, 10 s behind car 1 and 25 ahead of car 2. */
  function inLane() {
    const race = aRace({ distance: { durationMs: 7_200_000 } }).start();
    driveWithStops(race, '1', { fromS: 0, laps: 10, stops: { 5: 40 } });
    driveWithStops(race, '2', { fromS: 35, laps: 10, stops: { 5: 40 } });
    return driveWithStops(race, '3', { fromS: 20, laps: 9, stops: { 4: 30 } }).pitIn('3', 854);
  }

  it('[P19] counts down to the expected exit, the entry plus the usual pit time', () => {
    const race = inLane();
    expect(rejoinOf(race.view(853), '3')?.lane).toBeUndefined();
    expect(rejoinOf(race.view(864), '3')).toMatchObject({
      position: 3,
      lossMs: 30_000,
      lane: { enteredAtMs: 854_000, expectedExitAtMs: 894_000, remainingMs: 30_000 },
    });
  });

  it('[P19] a line crossed in the lane shows its part of the loss', () => {
    const race = aRace().start();
    driveWithStops(race, '1', { fromS: 0, laps: 10, stops: { 5: 40 } });
    driveWithStops(race, '2', { fromS: 35, laps: 10, stops: { 5: 40 } });
    driveWithStops(race, '3', { fromS: 20, laps: 9, stops: { 4: 30 } }).pitIn('3', 845);
    // 5 of 40 s in the lane, of which it loses 30: 26.25 are still to come, for a lead of 25.
    expect(rejoinOf(race.view(876), '3')).toMatchObject({ position: 3, ahead: { car: '2', gapMs: 1250 } });
  });

  it('[P19] an overdue car falls back with every second, and one that leaves early does not', () => {
    const race = inLane();
    const behind = (seconds: number) => rejoinOf(race.view(seconds), '3')?.ahead;
    expect(behind(864)).toEqual({ car: '2', gapMs: 5000 });
    expect(behind(893)).toEqual({ car: '2', gapMs: 5000 });
    expect(behind(904)).toEqual({ car: '2', gapMs: 15_000 });
    expect(rejoinOf(race.view(904), '3')?.lane?.remainingMs).toBe(-10_000);
    // Out after 24 s: 14 s lost. The four stops so far make car 1 lose 25: from 10 s ahead to 1 behind.
    const left = race.pitOut('3', 878).view(879);
    expect(rejoinOf(left, '3')?.lane).toBeUndefined();
    expect(rejoinOf(left, '1')).toMatchObject({ position: 2, ahead: { car: '3', gapMs: 1000 } });
  });
});
