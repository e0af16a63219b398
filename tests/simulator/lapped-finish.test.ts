import { type ClassifiedCar, classify } from '@pitboard/shared/race/classification.ts';
import { carOf } from '@pitboard/shared/race/race-view.ts';
import { describe, expect, it } from 'vitest';
import { type CatalogueRace, runRace } from './catalogue-race.ts';

function lineOf(race: CatalogueRace, car: string): ClassifiedCar {
  const line = classify(race.end).find((candidate) => candidate.car === car);
  if (line === undefined) throw new Error(`car ${car} is not listed`);
  return line;
}

describe('A finish in traffic', () => {
  const races = [2014, 1, 7].map((seed) => runRace('lapped-finish', seed));

  it('[X78] of two lapped cars at the line with the winner the one ahead has a lap to go, the one behind is home', () => {
    for (const race of races) {
      const flagAtMs = race.end.state.chequeredAtMs ?? Number.NaN;
      const lastLines = (car: string) => race.at('SF').filter((passing) => passing.car === car);
      const ahead = lastLines('101').at(-2)?.atMs ?? Number.NaN;
      const behind = lastLines('102').at(-1)?.atMs ?? Number.NaN;
      expect(flagAtMs - ahead).toBeGreaterThan(0);
      expect(flagAtMs - ahead).toBeLessThan(2000);
      expect(behind - flagAtMs).toBeGreaterThan(0);
      expect(behind - flagAtMs).toBeLessThan(2000);
      const home = race.viewAt(behind).state.cars.filter(({ status }) => status === 'finished');
      expect(home.map(({ car }) => car)).toEqual(expect.arrayContaining(['11', '102']));
      expect(home.map(({ car }) => car)).not.toContain('101');
      expect([lineOf(race, '11').laps, lineOf(race, '101').laps, lineOf(race, '102').laps]).toEqual([20, 19, 18]);
      expect(lineOf(race, '101').tookFlag && lineOf(race, '102').tookFlag).toBe(true);
    }
  });

  it('[X79] a car in its box at the flag goes out again and finishes', () => {
    for (const race of races) {
      const atFlag = race.viewAt(race.end.state.chequeredAtMs ?? Number.NaN);
      expect(carOf(atFlag.state, '15')).toMatchObject({ status: 'in-pit', lapsCompleted: 19 });
      expect(lineOf(race, '15')).toMatchObject({ status: 'classified', tookFlag: true, laps: 20, pitStops: 1 });
    }
  });

  it('[X80] a car that stops on its last lap is classified, one without the share of laps is not, flag or no flag', () => {
    for (const race of races) {
      expect(lineOf(race, '13')).toMatchObject({ status: 'classified', tookFlag: false, laps: 19 });
      expect(lineOf(race, '105')).toMatchObject({ status: 'not-classified', tookFlag: true, position: undefined });
      expect(lineOf(race, '105').laps).toBeLessThan(14);
    }
  });
});
