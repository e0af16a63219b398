import { gapOf, numberOf, textOf, timeMsOf } from '@pitboard/server/sources/timing71/cells.ts';
import { columnsOf } from '@pitboard/server/sources/timing71/columns.ts';
import { officialResult } from '@pitboard/shared/race/official-result.ts';
import { describe, expect, it } from 'vitest';
import {
  COLUMNS,
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

/** What the cars did, as car, lap, time of the lap and when it ended. */
function laps(states: Readonly<Record<number, State>>, manifest: unknown = SERVICE) {
  return eventsOf(raceOf(states, manifest), 'passing').map(({ car, lapNumber, lapTimeMs, atMs }) => [
    car,
    lapNumber,
    lapTimeMs,
    atMs,
  ]);
}

const START = { cars: [line('7'), line('8')], session: green(0) };

describe('Y. Timing71 and the others', () => {
  it('[Y6] columns are known by their heading or their description, unless the type contradicts', () => {
    expect([...columnsOf(COLUMNS)]).toEqual([
      ['car', 0],
      ['state', 1],
      ['class', 2],
      ['driver', 3],
      ['laps', 4],
      ['gap', 5],
      ['interval', 6],
      ['last', 7],
      ['best', 8],
      ['pits', 9],
    ]);
    const odd = [
      ['Laps', 'time'],
      ['Ronde', 'numeric', 'Laps completed'],
      ['#', 'text'],
      ['Car', 'text'],
      ['Last', 'laptime'],
    ];
    expect([...columnsOf(odd)]).toEqual([
      ['car', 2],
      ['model', 3],
      ['laps', 1],
      ['last', 4],
    ]);
    expect(columnsOf([['C.Gap', 'delta'], ['B.Spd', 'numeric'], null, 7, ['Num']])).toEqual(new Map([['car', 4]]));
    for (const spec of [undefined, null, 'Num', {}]) expect(columnsOf(spec).size).toBe(0);
  });

  it('[Y7] a cell is a value, or a value and its mark; what is no value is none', () => {
    expect([91.234, '91.234', '1:31.234', [91.234, 'pb'], ['1:31.234', 'sb-new']].map(timeMsOf)).toEqual(
      Array(5).fill(91_234),
    );
    expect([0, '', null, undefined, -4, Number.NaN, '-', [], [null, ''], {}, 1e9, '0.000'].map(timeMsOf)).toEqual(
      Array(12).fill(undefined),
    );
    expect(timeMsOf(100.0005)).toBe(100_001);
    expect([1.5, '1.500', '+1.5', -1.5, [1.5, '']].map(gapOf)).toEqual(Array(5).fill({ ms: 1500 }));
    expect(gapOf('1:02.345')).toEqual({ ms: 62_345 });
    expect(['1 lap', '1 Lap(s)', '+1 laps', '1L', '-- 1 lap'].map(gapOf)).toEqual(Array(5).fill({ laps: 1 }));
    expect(gapOf('12 laps')).toEqual({ laps: 12 });
    expect(['', null, 'PIT', 'LAP 4', [], {}].map(gapOf)).toEqual(Array(6).fill(undefined));
    expect(['12', 12, [12, ''], '12.0'].map(numberOf)).toEqual([12, 12, 12, 12]);
    expect(['', ' ', '1e9', '0x10', true].map(numberOf)).toEqual(Array(5).fill(undefined));
    expect([textOf(['Kit\u0000\u0007 Moe', 'x']), textOf(7), textOf(null), textOf('a'.repeat(500)).length]).toEqual([
      'Kit Moe',
      '7',
      '',
      120,
    ]);
  });

  it('[Y8] time zero is the frame less the time elapsed, and what came before is placed by it', () => {
    const race = raceOf({
      '-60': { cars: [line('7')], session: { flagState: 'none', timeElapsed: 0 } },
      3: { cars: [line('7')], session: green(2.75) },
    });
    expect(eventsOf(race, 'session-phase')[0]).toMatchObject({ atMs: 0, startEpochMs: NOON * 1000 + 250 });
    expect(eventsOf(race, 'order-reported').map(({ atMs }) => atMs)).toEqual([-60_250]);
  });

  it.each([
    ['what is gone of the time remaining', { timeRemain: 3609 }, { timeRemain: 3600 }, { timeRemain: 3598 }, 8],
    ['the first frame with a flag', {}, {}, {}, 0],
    ['a flag beside a clock that stands', { timeElapsed: 0 }, { timeElapsed: 0 }, { timeElapsed: 0 }, 0],
  ])('[Y8] without such a clock %s tells time zero', (_, before, first, second, start) => {
    const race = raceOf({
      '-9': { cars: [line('7')], session: { flagState: 'none', ...before } },
      0: { cars: [line('7')], session: { flagState: 'green', ...first } },
      10: { cars: [line('7')], session: { flagState: 'green', ...second } },
    });
    expect(eventsOf(race, 'session-phase')[0]?.startEpochMs).toBe((NOON + start) * 1000);
  });

  it('[Y8] a screen without clocks and flags starts with its first frame', () => {
    const race = raceOf({ 5: { cars: [line('7')] }, 90: { cars: [line('7', { laps: 1 })] } });
    expect(eventsOf(race, 'session-phase')[0]?.startEpochMs).toBe((NOON + 5) * 1000);
  });

  it('[Y9] a lap is told when the count rises, with the time that comes just before, with it or after', () => {
    const told = laps({
      0: { ...START, cars: ['7', '8', '9'].map((car) => line(car)) },
      90: { cars: [line('7'), line('8', { last: 90.5 }), line('9', { laps: 1 })], session: green(90) },
      91: {
        cars: [
          line('7', { laps: 1, last: 90.1 }),
          line('8', { laps: 1, last: 90.5 }),
          line('9', { laps: 1, last: [89.7, 'pb'] }),
        ],
        session: green(91),
      },
    });
    expect(told).toEqual([
      ['9', 1, 89_700, 89_700],
      ['7', 1, 90_100, 90_100],
      ['8', 1, 90_500, 90_500],
    ]);
  });

  it('[Y9] two laps of the same time are two laps, and a time that never comes is none', () => {
    const same = (seconds: number, count: number) => ({
      cars: [line('7', { laps: count, last: 90 })],
      session: green(seconds),
    });
    expect(laps({ 0: START, 90: same(90, 1), 180: same(180, 2), 184: same(184, 2) })).toEqual([
      ['7', 1, 90_000, 90_000],
      ['7', 2, 90_000, 180_000],
    ]);
    expect(laps({ 0: START, 90: same(90, 1), 199: same(199, 1), 200: same(200, 2), 204: same(204, 2) })).toEqual([
      ['7', 1, 90_000, 90_000],
      ['7', 2, undefined, 200_000],
    ]);
  });

  it('[Y9] the time that comes with a lap is not that of the lap before, which had none', () => {
    const at = (seconds: number, count: number, last: number) => ({
      cars: [line('7', { laps: count, last })],
      session: green(seconds),
    });
    expect(laps({ 0: START, 91: at(91, 1, 91), 182: at(182, 2, 91), 272: at(272, 3, 90) })).toEqual([
      ['7', 1, 91_000, 91_000],
      ['7', 2, 91_000, 182_000],
      ['7', 3, 90_000, 272_000],
    ]);
  });

  it('[Y9] a lap whose time the end of the replay cuts off is told', () => {
    expect(laps({ 0: START, 90: { cars: [line('7', { laps: 1 })], session: green(90) } })).toEqual([
      ['7', 1, undefined, 90_000],
    ]);
  });

  it('[Y9] laps that fall between two frames are missed, but counted', () => {
    const race = raceOf({ 0: START, 300: { cars: [line('7', { laps: 3, last: 95 })], session: green(300) } });
    expect(endOf(race).state.cars[0]).toMatchObject({ lapsCompleted: 3, lastLapTimeMs: 95_000 });
    expect(eventsOf(race, 'passing')).toHaveLength(1);
  });

  it('[Y9] where no laps are counted every new time is a lap', () => {
    const without = COLUMNS.map(([heading, ...rest]) => (heading === 'Laps' ? ['PIC', 'numeric'] : [heading, ...rest]));
    const told = laps(
      {
        0: START,
        90: { cars: [line('7', { last: 90 })], session: green(90) },
        100: { cars: [line('7', { last: '' })], session: green(100) },
        101: { cars: [line('7', { last: 90 })], session: green(101) },
        179: { cars: [line('7', { last: 89 })], session: green(179) },
      },
      { ...SERVICE, colSpec: without },
    );
    expect(told).toEqual([
      ['7', 1, 90_000, 90_000],
      ['7', 2, 89_000, 179_000],
    ]);
  });

  it('[Y10] crossings are placed by lap times from the signal on, to the millisecond', () => {
    const times = [97.123, 90.001, 90.999, 91.5];
    const states: Record<number, State> = { 0: START };
    let end = 0;
    times.forEach((time, index) => {
      end += time;
      const seconds = Math.ceil(end);
      states[seconds] = { cars: [line('7', { laps: index + 1, last: time })], session: green(seconds) };
      states[seconds - 1] ??= {
        cars: [line('7', { laps: index, last: times[index - 1] ?? '' })],
        session: green(seconds - 1),
      };
    });
    expect(laps(states).map(([, , , atMs]) => atMs)).toEqual([97_123, 187_124, 278_123, 369_623]);
  });

  it('[Y10] where lap 1 is not timed from the signal, the gap to the leader places a car, else the frame', () => {
    const at = (seconds: number, count: number, gap: unknown = '') => ({
      cars: [
        line('7', { laps: 1, last: 90.4 }),
        line('8', { laps: count, last: count === 1 ? 80 : '', gap }),
        line('9', { laps: count, last: count === 1 ? 79 : '' }),
      ],
      session: green(seconds),
    });
    expect(
      laps({
        0: { cars: ['7', '8', '9'].map((car) => line(car)), session: green(0) },
        90: at(90, 0),
        91: at(91, 0),
        92: at(92, 1, 1.234),
      }),
    ).toEqual([
      ['7', 1, 90_400, 90_400],
      ['8', 1, 80_000, 91_634],
      ['9', 1, 79_000, 92_000],
    ]);
  });

  it('[Y10] a gap that stood there before is that of an earlier loop, and places nobody', () => {
    const at = (seconds: number, laps: readonly [number, number]) => ({
      cars: [line('7', { laps: laps[0], last: laps[0] === 1 ? 90.4 : '' }), line('8', { laps: laps[1], gap: 0.9 })],
      session: green(seconds),
    });
    const told = laps({ 0: START, 90: at(90, [0, 0]), 91: at(91, [1, 0]), 92: at(92, [1, 1]), 96: at(96, [1, 1]) });
    expect(told).toEqual([
      ['7', 1, 90_400, 90_400],
      ['8', 1, undefined, 92_000],
    ]);
  });

  it('[Y10] a lap that is shown late is placed by its time, one that is shown far too late by the frame', () => {
    const at = (seconds: number, count: number, last: number) => ({
      cars: [line('7', { laps: count, last })],
      session: green(seconds),
    });
    const first = { 0: START, 90: at(90, 1, 90) };
    expect(laps({ ...first, 188: at(188, 1, 90), 189: at(189, 2, 91.5) })[1]).toEqual(['7', 2, 91_500, 181_500]);
    expect(laps({ ...first, 198: at(198, 1, 90), 199: at(199, 2, 91.5) })[1]).toEqual(['7', 2, 91_500, 198_000]);
  });

  it('[Y10] a chain of lap times that the frames contradict is put right by them', () => {
    const at = (seconds: number, count: number, last: number) => ({
      cars: [line('7', { laps: count, last })],
      session: green(seconds),
    });
    const states = {
      0: START,
      98: at(98, 0, 0),
      99: at(99, 1, 60),
      188: at(188, 1, 60),
      189: at(189, 2, 80),
      280: at(280, 2, 80),
      281: at(281, 3, 91),
    };
    expect(laps(states).map(([, , , atMs]) => atMs)).toEqual([99_000, 188_000, 280_000]);
  });

  it('[Y11] a screen first seen in the middle tells laps, bests and gaps as they stand', () => {
    const race = raceOf({
      3000: {
        cars: [
          line('7', { laps: 30, last: 91.5, best: [90.25, 'sb'] }),
          line('8', { laps: 30, last: 92.5, best: 91.1, gap: 12.5 }),
          line('9', { laps: 29, last: 99, gap: '1 lap', state: 'RET' }),
        ],
        session: green(3000),
      },
    });
    expect(
      eventsOf(race, 'passing').map(({ car, lapNumber, lapTimeMs, atMs }) => [car, lapNumber, lapTimeMs, atMs]),
    ).toEqual([
      ['7', 30, 91_500, 2_987_500],
      ['9', 29, 99_000, 2_987_500],
      ['8', 30, 92_500, 3_000_000],
    ]);
    expect(officialResult(endOf(race)).map(({ car, laps: done, bestLapTimeMs }) => [car, done, bestLapTimeMs])).toEqual(
      [
        ['7', 30, 90_250],
        ['8', 30, 91_100],
        ['9', 29, 99_000],
      ],
    );
  });

  it('[Y12] a count that falls for a moment is a flicker, one that stays below takes laps back', () => {
    const at = (seconds: number, count: unknown) => ({ cars: [line('7', { laps: count })], session: green(seconds) });
    const flicker = raceOf({
      0: START,
      90: at(90, 1),
      180: at(180, 2),
      181: at(181, 1),
      182: at(182, ''),
      183: at(183, 2),
    });
    expect(eventsOf(flicker, 'passing')).toHaveLength(2);
    expect(eventsOf(flicker, 'passing-withdrawn')).toEqual([]);
    const corrected = raceOf({
      0: START,
      90: at(90, 1),
      180: at(180, 2),
      184: at(184, 2),
      190: at(190, 1),
      201: at(201, 1),
      270: at(270, 2),
    });
    expect(eventsOf(corrected, 'passing-withdrawn').map(({ atMs }) => atMs)).toEqual([201_000]);
    expect(endOf(corrected).state.cars[0]?.lapsCompleted).toBe(2);
  });

  it('[Y12] when nobody has laps any more a new session has begun', () => {
    const at = (seconds: number, count: number) => ({ cars: [line('7', { laps: count })], session: green(seconds) });
    const later = (seconds: number, count: number) => ({ ...at(seconds, count), session: green(seconds - 1000) });
    const { races } = readZip(
      zipOf(
        keyframes({
          0: START,
          90: at(90, 1),
          180: at(180, 2),
          270: at(270, 3),
          1001: later(1001, 0),
          1012: later(1012, 0),
          1100: later(1100, 1),
        }),
      ),
    );
    expect(races.map((race) => [eventsOf(race, 'passing').length, race.manifest.startEpochMs])).toEqual([
      [3, undefined],
      [1, undefined],
    ]);
    expect(races.map((race) => eventsOf(race, 'session-phase')[0]?.startEpochMs)).toEqual([
      NOON * 1000,
      (NOON + 1000) * 1000,
    ]);
  });

  it('[Y12] another name with another count is a new session, another name alone the same one', () => {
    const named = (description: string) => ({ ...SERVICE, description });
    const at = (seconds: number, count: number, manifest?: unknown) => ({
      cars: [line('7', { laps: count })],
      session: green(seconds),
      manifest,
    });
    const renamed = raceOf({
      0: START,
      90: at(90, 4, named('Pier Park - Race 2')),
      180: at(180, 5, named('Pier Park - Qualifying')),
    });
    expect([renamed.manifest.session, renamed.manifest.kind]).toEqual(['Qualifying', 'qualifying']);
    const { races } = readZip(
      zipOf(
        keyframes({
          0: START,
          90: at(90, 4),
          180: at(180, 0, named('Pier Park - Race 3')),
          182: at(182, 0, named('Pier Park - Race 3')),
        }),
      ),
    );
    expect(races.map(({ manifest }) => manifest.session)).toEqual(['Race 2', 'Race 3']);
  });
});
