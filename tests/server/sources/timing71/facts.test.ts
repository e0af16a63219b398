import { weatherOf } from '@pitboard/server/sources/timing71/track-data.ts';
import { officialResult } from '@pitboard/shared/race/official-result.ts';
import { describe, expect, it } from 'vitest';
import {
  endOf,
  eventsOf,
  green,
  keyframes,
  line,
  NOON,
  raceOf,
  readZip,
  SERVICE,
  type State,
  zipOf,
} from './replay-builder.ts';

const OUTCOMES = /^(?:pit-entry|pit-exit|car-[\w-]+)$/;

/** What is told of one car, whose state and count of stops the screen shows by seconds. */
function outcomes(shown: Readonly<Record<number, readonly [state: string, pits?: number]>>, flagState = 'green') {
  const states = Object.entries(shown).map(([seconds, [state, pits]]): [number, State] => [
    Number(seconds),
    { cars: [line('7', { state, pits: pits ?? '' })], session: green(Number(seconds), { flagState }) },
  ]);
  const { events } = raceOf({ '-5': { cars: [line('7', { state: 'N/S' })] }, ...Object.fromEntries(states) });
  return events.filter(({ type }) => OUTCOMES.test(type)).map(({ type, atMs }) => [type, atMs / 1000]);
}

/** Facts about a session of which the screen shows only this, by seconds. */
function session(shown: Readonly<Record<number, object>>) {
  return raceOf(
    Object.fromEntries(
      Object.entries(shown).map(([seconds, values]) => [seconds, { cars: [line('7')], session: values }]),
    ),
  );
}

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

  it('[Y15] every flag state has its flag, none says nothing', () => {
    const states = [
      'green',
      'yellow',
      'slow_zone',
      'code_60_zone',
      'vsc',
      'fcy',
      'caution',
      'code_60',
      'sc',
      'red',
      'white',
      'chequered',
    ];
    const shown = states.flatMap((flagState) => [flagState, 'none', 'purple']);
    const race = session(Object.fromEntries(shown.map((flagState, index) => [index, green(index, { flagState })])));
    expect(eventsOf(race, 'flag-changed').map(({ flag, atMs }) => [flag, atMs])).toEqual([
      ['green', 0],
      ['yellow', 3000],
      ['slow-zone', 6000],
      ['virtual-safety-car', 12_000],
      ['full-course-yellow', 15_000],
      ['code-60', 21_000],
      ['safety-car', 24_000],
      ['red', 27_000],
      ['white', 30_000],
      ['chequered', 33_000],
    ]);
  });

  it('[Y15] the chequered flag falls with the leader where one frame shows both, and with its state where no flag is told', () => {
    const at = (seconds: number, laps: number, more: object) => ({
      cars: [line('7', { laps, last: laps * 90.25, state: 'RUN', ...more })],
      session: { timeElapsed: seconds },
    });
    const flagged = raceOf({
      0: { cars: [line('7')], session: green(0) },
      91: { ...at(91, 1, {}), session: green(91, { flagState: 'chequered' }) },
    });
    expect(eventsOf(flagged, 'flag-changed').at(-1)).toMatchObject({ flag: 'chequered', atMs: 90_250 });
    expect(eventsOf(flagged, 'session-phase').at(-1)).toMatchObject({ phase: 'finished' });
    const silent = raceOf({ 0: at(0, 0, {}), 1: at(1, 0, {}), 91: at(91, 1, { state: 'FIN' }) });
    expect(eventsOf(silent, 'flag-changed').map(({ flag }) => flag)).toEqual(['chequered']);
  });

  it('[Y16] crews, classes, teams and cars are told as they come to be known', () => {
    const colSpec = [['Num'], ['Class', 'class'], ['Team', 'text'], ['Driver', 'text'], ['Car', 'text']];
    const race = raceOf(
      {
        0: { cars: [['7', 'GT Pro', '', ['DAHL, Ove', 'Gold'], '']], session: green(0) },
        10: { cars: [['7', 'GT Pro', 'Team Brine', ['DAHL, Ove', 'Gold'], 'Comet GT']], session: green(10) },
        900: {
          cars: [
            ['7', '', '', 'Mia ANKER', 'Comet GT'],
            ['8', 'Am', '', '', ''],
          ],
          session: green(900),
        },
        1800: { cars: [['7', 'GT Pro', 'Team Brine', 'Dahl, Ove', 'Comet GT']], session: green(1800) },
      },
      { ...SERVICE, colSpec },
    );
    expect(race.manifest.classes).toEqual([
      { id: 'GT-Pro', name: 'GT Pro' },
      { id: 'Am', name: 'Am' },
    ]);
    expect(race.manifest.entries[0]).toEqual({
      car: '7',
      class: 'GT-Pro',
      team: 'Team Brine',
      model: 'Comet GT',
      startingDriver: 'dahl-ove',
      drivers: [
        { id: 'dahl-ove', firstName: 'Ove', lastName: 'DAHL', category: 'gold' },
        { id: 'mia-anker', firstName: 'Mia', lastName: 'ANKER' },
      ],
    });
    expect(eventsOf(race, 'driver-changed').map(({ atMs, driver }) => [atMs, driver])).toEqual([
      [900_000, 'mia-anker'],
      [1_800_000, 'dahl-ove'],
    ]);
  });

  it('[Y17] the clock is told when it says something new', () => {
    const race = session({
      0: green(0, { timeRemain: 3600 }),
      1: green(1, { timeRemain: 3599 }),
      60: green(60, { timeRemain: 3540 }),
      70: green(64, { timeRemain: 3536, pauseClocks: true }),
      90: green(64, { timeRemain: 3536, pauseClocks: true }),
      100: green(66, { timeRemain: 3534 }),
      110: green(76, { timeRemain: 3524 }),
      120: green(86, { timeRemain: 3000 }),
      4000: green(3990, { timeRemain: -12, lapsRemain: 2 }),
    });
    expect(eventsOf(race, 'clock').map(({ seq: _, type: __, ...clock }) => clock)).toEqual([
      { atMs: 0, running: true, elapsedMs: 0, remainingMs: 3_600_000 },
      { atMs: 70_000, running: false, elapsedMs: 64_000, remainingMs: 3_536_000 },
      { atMs: 100_000, running: true, elapsedMs: 66_000, remainingMs: 3_534_000 },
      { atMs: 120_000, running: true, elapsedMs: 86_000, remainingMs: 3_000_000 },
      { atMs: 4_000_000, running: true, elapsedMs: 3_990_000, remainingMs: 0, lapsToGo: 2 },
    ]);
  });

  it('[Y17] weather is read where heading and unit leave no doubt', () => {
    const headings = [
      'Air Temp',
      'Track temp',
      'Humidity',
      'Wind speed',
      'Direction',
      'Wind dir',
      'Pressure',
      'Conditions',
    ];
    expect(weatherOf(headings, ['23.4°C', [31, '°C'], '55%', '10 mph', '90', '180°', '1013', 'Wet'])).toEqual({
      airCelsius: 23.4,
      trackCelsius: 31,
      humidityPercent: 55,
      windKph: 16.1,
      windDegrees: 180,
    });
    expect(weatherOf(headings, ['68 F', '', 'n/a', '10', 1, 400])).toEqual({ airCelsius: 20 });
    expect(weatherOf(headings, undefined)).toEqual({});
    const race = raceOf(
      {
        0: { cars: [line('7')], session: green(1, { trackData: ['20°C'] }) },
        1: { cars: [line('7')], session: green(2, { trackData: ['20°C'] }) },
        2: { cars: [line('7')], session: green(3, { trackData: ['21°C'] }) },
      },
      { ...SERVICE, trackDataSpec: ['Air temp'] },
    );
    expect(eventsOf(race, 'weather').map(({ airCelsius }) => airCelsius)).toEqual([20, 21]);
  });

  it('[Y17] messages are told once, at their own time, but for those that the screen makes up', () => {
    const messages = [
      [(NOON + 30) * 1000, 'Race Control', 'CAR 7 UNDER INVESTIGATION', 'raceControl', '7'],
      [NOON + 20, 'Track', 'Safety car', 'sc'],
      [NOON + 10, 'GT', '#7 has entered the pits', 'pit', '7'],
      [NOON + 9, 'GT', '', null],
      'junk',
    ];
    const race = raceOf({
      31: { cars: [line('7')], session: green(31), messages },
      32: {
        cars: [line('7')],
        session: green(32),
        messages: [[NOON + 500, 'System', 'Ahead of\u0000 time'], ...messages],
      },
    });
    expect(eventsOf(race, 'race-control-message').map(({ seq: _, type: __, ...message }) => message)).toEqual([
      { atMs: 20_000, text: 'Safety car', category: 'safety-car' },
      { atMs: 30_000, text: 'CAR 7 UNDER INVESTIGATION', category: 'information', cars: ['7'] },
      { atMs: 32_000, text: 'Ahead of time', category: 'other' },
    ]);
  });

  it('[Y18] the best of the screen is told when it changes, with its lap where that was seen', () => {
    const at = (seconds: number, laps: number, last: number, best: number) => ({
      cars: [line('7', { laps, last, best: [best, 'pb'] })],
      session: green(seconds),
    });
    const race = raceOf({
      0: { cars: [line('7')], session: green(0) },
      91: at(91, 1, 90.5, 90.5),
      180: at(180, 2, 89.1, 89.1),
      181: at(181, 2, 89.1, 88.5),
    });
    expect(eventsOf(race, 'best-lap-reported').map(({ lapTimeMs, lapNumber }) => [lapTimeMs, lapNumber])).toEqual([
      [90_500, 1],
      [89_100, 2],
      [88_500, undefined],
    ]);
    expect(endOf(race).state.cars[0]).toMatchObject({ bestLapTimeMs: 88_500 });
  });

  describe('[Y18] laps that the best of the screen leaves out', () => {
    /** Laps that are left out, of a car whose lines are these by seconds: laps, last, best and what else stands there. */
    function leftOut(
      shown: Readonly<Record<number, readonly [laps: number, last: number, best: number, more?: object]>>,
    ) {
      const states = Object.entries(shown).map(([seconds, [laps, last, best, more]]): [number, State] => [
        Number(seconds),
        { cars: [line('7', { laps, last, best, driver: 'Ida ROWE', ...more })], session: green(Number(seconds)) },
      ]);
      const race = raceOf({
        0: { cars: [line('7', { driver: 'Ida ROWE' })], session: green(0) },
        ...Object.fromEntries(states),
      });
      return eventsOf(race, 'lap-invalidated').map(({ lapNumber, atMs }) => [lapNumber, atMs / 1000]);
    }
    const first = { 95: [1, 95, 95], 186: [2, 91, 91] } as const;

    it('[Y18] a faster lap that the best does not follow within 30 s was deleted', () => {
      expect(leftOut({ ...first, 276: [3, 90, 91], 305: [3, 90, 91], 306: [3, 90, 91], 340: [3, 90, 91] })).toEqual([
        [3, 306],
      ]);
      expect(leftOut({ ...first, 276: [3, 90, 91], 305: [3, 90, 90], 340: [3, 90, 90] })).toEqual([]);
      expect(leftOut({ ...first, 276: [3, 90.9995, 91], 340: [3, 90.9995, 91] })).toEqual([]);
    });

    it('[Y18] a lap in or out of the pits, and lap 1 of a race, were never to be one', () => {
      const lane = { state: 'PIT' };
      expect(leftOut({ ...first, 270: [2, 91, 91, lane], 276: [3, 90, 91, lane], 340: [3, 90, 91] })).toEqual([]);
      expect(leftOut({ ...first, 200: [2, 91, 91, { state: 'OUT' }], 276: [3, 90, 91], 340: [3, 90, 91] })).toEqual([]);
      expect(leftOut({ ...first, 276: [3, 90, 91, { pits: 1 }], 340: [3, 90, 91, { pits: 1 }] })).toEqual([]);
      expect(leftOut({ 88: [1, 88, 91], 130: [1, 88, 91] })).toEqual([]);
    });

    it('[Y18] a best that goes up leaves the lap out that it was, unless another driver has just taken over', () => {
      const second = { 276: [3, 90, 90], 367: [4, 91.5, 90] } as const;
      expect(leftOut({ ...first, ...second, 400: [4, 91.5, 91] })).toEqual([[3, 400]]);
      const other = { driver: 'Ove DAHL' };
      expect(leftOut({ ...first, ...second, 400: [4, 91.5, 91, other], 410: [4, 91.5, 91.5, other] })).toEqual([]);
    });

    it('[Y18] the result is by the bests that are left', () => {
      const at = (seconds: number, laps: number, last: number) => ({
        cars: [line('7', { laps, last, best: 91 })],
        session: green(seconds),
      });
      const race = raceOf({
        0: { cars: [line('7')], session: green(0) },
        91: at(91, 1, 91),
        182: at(182, 2, 91),
        272: at(272, 3, 90),
        310: at(310, 3, 90),
      });
      expect(endOf(race).state.bestLap).toMatchObject({ ms: 91_000 });
    });
  });

  it.each([
    ['Pier Park - Race 2', 'Pier Park', 'Race 2', 'race'],
    ['Pier Park - Night - Free Practice 1', 'Pier Park - Night', 'Free Practice 1', 'practice'],
    ['Qualifying', 'Harbour Cup', 'Qualifying', 'qualifying'],
    ['Pier Park - Qualifying Race', 'Pier Park', 'Qualifying Race', 'race'],
    ['Pier Park - Hyperpole', 'Pier Park', 'Hyperpole', 'qualifying'],
    ['Pier Park - FP2', 'Pier Park', 'FP2', 'practice'],
    ['Pier Park - Warm Up', 'Pier Park', 'Warm Up', 'warm-up'],
    ['Contest at Testaccio', 'Harbour Cup', 'Contest at Testaccio', 'race'],
    ['', 'Harbour Cup', 'Race', 'race'],
  ])('[Y19] %j is an event, a session and its kind', (description, event, name, kind) => {
    const race = raceOf({ 0: { cars: [line('7')], session: green(1) } }, { ...SERVICE, description });
    expect(race.manifest).toMatchObject({ series: 'Harbour Cup', event, session: name, kind });
  });
});
