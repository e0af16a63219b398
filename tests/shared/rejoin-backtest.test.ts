import { rejoinBacktest } from '@pitboard/shared/analysis/rejoin-backtest.ts';
import { describe, expect, it } from 'vitest';
import { aManifest } from '../builders.ts';
import { driveWithStops } from '../pit-race.ts';
import { aRace, type RaceScript } from '../race-script.ts';

const CARS = ['1', '2', '3', '4', '5'];
const KNOWN = { circuit: { ...aManifest().circuit, pitLane: { lossMs: 30_000 } } };

/** Five cars 5 s apart; car 1 stops on lap 5, in at 364 s, for 40 s, and ends the lap after that one at 570 s. */
function aStop(more: typeof KNOWN | Record<string, never> = KNOWN): RaceScript {
  const race = aRace({ entries: CARS.map((car) => ({ car, drivers: [] })), ...more }).start();
  driveWithStops(race, '1', { fromS: 0, laps: 10, stops: { 5: 40 } });
  return race;
}

/** The others, but for those named. */
function withOthers(race: RaceScript, ...left: readonly string[]): RaceScript {
  CARS.forEach((car, index) => {
    if (car !== '1' && !left.includes(car)) driveWithStops(race, car, { fromS: 5 * index, laps: 10 });
  });
  return race;
}

describe('P. Pit', () => {
  it('[P17] compares the place foreseen at the pit entry with that two laps after the stop', () => {
    const { grades, ...sums } = rejoinBacktest(withOthers(aStop()).timeline());
    expect(grades).toEqual([{ car: '1', entryAtMs: 364_000, predicted: 5, actual: 5, compared: 4 }]);
    expect(sums).toEqual({ unpredicted: 0, withinOne: 1, exact: 1 });
  });

  it('[P17] a stop that takes longer than was to be foreseen is a miss, by as many places', () => {
    const short = { circuit: { ...KNOWN.circuit, pitLane: { lossMs: 7000 } } };
    const backtest = rejoinBacktest(withOthers(aStop(short)).timeline());
    expect(backtest).toMatchObject({ grades: [{ predicted: 2, actual: 5 }], withinOne: 0, exact: 0 });
    const near = { circuit: { ...KNOWN.circuit, pitLane: { lossMs: 17_000 } } };
    expect(rejoinBacktest(withOthers(aStop(near)).timeline())).toMatchObject({ withinOne: 1, exact: 0 });
  });

  it('[P17] before anything is known of stops nothing is foreseen', () => {
    expect(rejoinBacktest(withOthers(aStop({})).timeline())).toMatchObject({
      grades: [],
      unpredicted: 1,
      withinOne: 0,
    });
  });

  it('[P17] cars that stop, retire or stand in those laps are not compared', () => {
    const others = () => withOthers(aStop(), '5');
    const compared = (race: RaceScript) => rejoinBacktest(race.timeline()).grades[0]?.compared;
    expect(compared(driveWithStops(others(), '5', { fromS: 20, laps: 10 }))).toBe(4);
    expect(compared(driveWithStops(others(), '5', { fromS: 20, laps: 10, stops: { 6: 40 } }))).toBe(3);
    expect(compared(driveWithStops(others(), '5', { fromS: 20, laps: 10, stops: { 4: 90 } }))).toBe(3);
    expect(compared(driveWithStops(others(), '5', { fromS: 20, laps: 10, stops: { 9: 40 } }))).toBe(4);
    expect(compared(driveWithStops(others(), '5', { fromS: 20, laps: 6 }).retire('5', 568))).toBe(3);
    expect(compared(driveWithStops(others(), '5', { fromS: 20, laps: 4 }))).toBe(3);
  });

  it('[P17] only stops whose laps were green to the end count', () => {
    const stops = (race: RaceScript) => rejoinBacktest(withOthers(race).timeline()).grades.length;
    expect(stops(aStop().flag('safety-car', 350).flag('green', 355))).toBe(1);
    expect(stops(aStop().flag('safety-car', 361).flag('green', 362))).toBe(0);
    expect(stops(aStop().flag('safety-car', 565).flag('green', 566))).toBe(0);
    expect(stops(aStop().flag('safety-car', 571))).toBe(1);
    const twice = aRace({ ...KNOWN, entries: CARS.map((car) => ({ car, drivers: [] })) }).start();
    expect(stops(driveWithStops(twice, '1', { fromS: 0, laps: 10, stops: { 5: 40, 6: 40 } }))).toBe(1);
  });
});
