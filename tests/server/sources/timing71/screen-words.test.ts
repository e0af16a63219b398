import { weatherOf } from '@pitboard/server/sources/timing71/track-data.ts';
import { describe, expect, it } from 'vitest';
import { endOf, eventsOf, green, line, NOON, raceOf, SERVICE, type State } from './replay-builder.ts';
import { session } from './shown.ts';

describe('Y. Timing71 and the others', () => {
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
