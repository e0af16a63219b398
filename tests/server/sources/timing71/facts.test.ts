import { officialResult } from '@pitboard/shared/race/official-result.ts';
import { describe, expect, it } from 'vitest';
import { endOf, eventsOf, green, keyframes, line, raceOf, readZip, SERVICE, zipOf } from './replay-builder.ts';
import { outcomes } from './shown.ts';

describe('Y. Timing71 and the others', () => {
  it('[Y13] the state of a car tells its visits to the pits, stops and retirements', () => {
    expect(outcomes({ 0: ['RUN'], 60: ['PIT'], 62: ['FUEL'], 90: ['OUT'], 95: ['RUN'] })).toEqual([
      ['pit-entry', 60],
      ['pit-exit', 90],
    ]);
    expect(
      outcomes({ 0: ['run'], 60: ['STOP'], 70: ['???'], 90: ['RUN'], 99: ['RET'], 120: ['PIT'], 130: ['DSQ'] }),
    ).toEqual([
      ['car-stopped', 60],
      ['car-resumed', 90],
      ['car-retired', 99],
      ['car-reinstated', 120],
      ['pit-entry', 120],
      ['car-disqualified', 130],
    ]);
    expect(outcomes({ 0: ['PIT'], 5: ['RUN'], 60: ['PIT'], 70: ['RET'] })).toEqual([
      ['pit-entry', 0],
      ['pit-exit', 5],
      ['pit-entry', 60],
      ['car-retired', 70],
    ]);
  });

  it('[Y13] a visit that falls between two frames is told by the count of stops, one that is seen not twice', () => {
    expect(outcomes({ 0: ['RUN', 0], 60: ['RUN', 1], 100: ['RUN', 1] })).toEqual([
      ['pit-entry', 60],
      ['pit-exit', 60.001],
    ]);
    expect(outcomes({ 0: ['RUN', 0], 60: ['RUN', 1], 62: ['PIT', 1], 100: ['RUN', 1], 200: ['RUN', 1] })).toEqual([
      ['pit-entry', 62],
      ['pit-exit', 100],
    ]);
    expect(outcomes({ 0: ['RUN', 0], 60: ['PIT', 0], 100: ['RUN', 0], 102: ['RUN', 1], 200: ['RUN', 1] })).toEqual([
      ['pit-entry', 60],
      ['pit-exit', 100],
    ]);
    const four = (seconds: number) => ({ cars: [line('7', { pits: 4 })], session: green(seconds) });
    expect(eventsOf(raceOf({ 3000: four(3000), 3060: four(3060), 3100: four(3100) }), 'pit-entry')).toEqual([]);
  });

  it('[Y13] a car that is first seen in the lane of a race that goes on is on a visit', () => {
    const at = (seconds: number, state: string, pits: number) => ({
      cars: [line('7', { state, pits, laps: 30 })],
      session: green(seconds),
    });
    const joined = { 3000: at(3000, 'PIT', 1), 3020: at(3020, 'OUT', 2), 3100: at(3100, 'RUN', 2) };
    const told = (manifest: object) => {
      const { events } = raceOf(joined, manifest);
      return events.filter(({ type }) => /^pit/.test(type)).map(({ type, atMs }) => [type, atMs]);
    };
    expect(told(SERVICE)).toEqual([
      ['pit-entry', 3_000_000],
      ['pit-exit', 3_020_000],
    ]);
    expect(told({ ...SERVICE, description: 'Pier Park - Practice' }).filter(([type]) => type === 'pit-entry')).toEqual(
      [],
    );
  });

  it('[Y26] stops from before the screen was first seen are counted, once it is known which', () => {
    const at = (seconds: number, state: string, pits: number) => ({
      cars: [line('7', { state, pits, laps: 30 })],
      session: green(seconds),
    });
    const told = (states: Parameters<typeof raceOf>[0]) =>
      eventsOf(raceOf(states), 'stops-reported').map(({ atMs, stops }) => [atMs / 1000, stops]);
    expect(told({ 3000: at(3000, 'RUN', 4), 3060: at(3060, 'RUN', 4) })).toEqual([[3000, 4]]);
    expect(told({ 3000: at(3000, 'PIT', 1), 3020: at(3020, 'OUT', 2), 3100: at(3100, 'RUN', 2) })).toEqual([[3020, 2]]);
    expect(told({ 0: at(0, 'RUN', 0), 60: at(60, 'PIT', 0), 90: at(90, 'RUN', 1) })).toEqual([]);
  });

  it('[Y13] who has not started when the race is over did not start', () => {
    expect(outcomes({ 0: ['N/S'], 90: ['N/S'] })).toEqual([]);
    expect(outcomes({ 0: ['N/S'], 90: ['N/S'] }, 'chequered')).toEqual([['car-not-starting', 91]]);
  });

  it('[Y14] the order of the lines is the official one, and gaps are told as the screen claims them', () => {
    const cars = (...numbers: string[]) => numbers.map((car) => line(car));
    const race = raceOf({
      0: { cars: cars('7', '8'), session: green(0) },
      10: { cars: [], session: green(10) },
      11: { cars: cars('7', '8'), session: green(11) },
      20: {
        cars: [line('8'), line('7', { gap: 1.25, int: 1.25 }), line('9', { gap: '2 laps', int: '1 lap' })],
        session: green(20),
      },
      30: {
        cars: [line('8'), line('7', { gap: 1.5, int: 1.25 }), line('9', { gap: '2 laps', int: '' })],
        session: green(30),
      },
      80: { cars: [line('8'), line('7', { gap: 1.75 })], session: green(80) },
    });
    expect(race.manifest).toMatchObject({ orderAuthority: 'feed', rules: { officialOrder: 'feed' } });
    expect(eventsOf(race, 'order-reported').map(({ cars: order }) => order)).toEqual([
      ['7', '8'],
      ['8', '7', '9'],
      ['8', '7'],
    ]);
    expect(eventsOf(race, 'gap-reported').map(({ atMs, car, to, ms, laps }) => [atMs, car, to, ms ?? laps])).toEqual([
      [20_000, '7', 'leader', 1250],
      [20_000, '7', 'car-ahead', 1250],
      [20_000, '9', 'leader', 2],
      [20_000, '9', 'car-ahead', 1],
      [80_000, '7', 'leader', 1750],
    ]);
    expect(endOf(race).state.order).toEqual(['8', '7', '9']);
  });

  it('[Y14] after the flag the order is told again as cars come home, and at the end: the result is by it', () => {
    const at = (seconds: number, done: readonly [number, number], flagState: string) => ({
      cars: [line('8', { laps: done[0], last: 90 + done[0] }), line('7', { laps: done[1], last: 90.1 + done[1] })],
      session: green(seconds, { flagState }),
    });
    const race = raceOf({
      0: at(0, [0, 0], 'green'),
      92: at(92, [1, 1], 'green'),
      184: at(184, [2, 1], 'chequered'),
      185: at(185, [2, 2], 'chequered'),
      200: at(200, [2, 2], 'chequered'),
    });
    expect(eventsOf(race, 'order-reported').map(({ atMs }) => atMs)).toEqual([0, 185_000, 186_000, 201_000]);
    // Car 7 was first to cross the line, and car 8 is first by the screen: there was a penalty.
    const penalised = raceOf({
      0: at(0, [0, 0], 'green'),
      92: at(92, [1, 1], 'green'),
      184: {
        ...at(184, [2, 2], 'chequered'),
        cars: [line('8', { laps: 2, last: 93 }), line('7', { laps: 2, last: 92 })],
      },
      300: {
        cars: [line('8', { laps: 2, last: 93 }), line('7', { laps: 2, last: 92 })],
        session: green(300, { flagState: 'chequered' }),
      },
    });
    expect(officialResult(endOf(penalised)).map(({ car }) => car)).toEqual(['8', '7']);
  });

  it('[Y14] lines without a number, and a number that stands twice, are left out and counted once', () => {
    const cars = [line(7), line(' #8 '), line('7'), line(''), line('123456789'), 'x', null];
    const { races, skipped } = readZip(
      zipOf(keyframes({ 0: { cars, session: green(1) }, 1: { cars, session: green(2) } })),
    );
    expect(eventsOf(races[0] as never, 'order-reported').map((fact) => fact.cars)).toEqual([['7', '8']]);
    expect(skipped.reasons).toEqual({ 'two cars with one number': 1, 'no car number': 3 });
  });

  it('[Y14] 01, 1 and 001 are three cars, and hostile names are names', () => {
    const numbers = ['01', '1', '001', '__proto', 'constr'];
    const race = raceOf({
      0: { cars: numbers.map((car) => line(car, { class: '__proto__', driver: 'constructor' })), session: green(1) },
    });
    expect(race.manifest.entries.map(({ car }) => car)).toEqual(numbers);
  });
});
