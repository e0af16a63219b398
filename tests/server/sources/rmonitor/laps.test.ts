import { describe, expect, it } from 'vitest';
import {
  asTold,
  beat,
  clock,
  FIELD,
  hear,
  hearOne,
  type Line,
  lap,
  ofType,
  RUN,
  resultOf,
  standingsOf,
  timelineOf,
} from './hear-rmonitor.ts';

const start = [RUN, FIELD, beat(0), beat(1)];
const place = (position: number, car: string, laps: number | '', ms: number) =>
  `$G,${position},"${car}",${laps},"${clock(ms)}"`;
const crossing = (car: string, ms: number, total: number) => `$J,"${car}","${clock(ms)}","${clock(total)}"`;
const passings = (lines: readonly Line[]) =>
  ofType(hearOne([start, ...lines]), 'passing').map(
    ({ car, lapNumber, atMs, lapTimeMs }) => `${car} ${lapNumber} ${atMs} ${lapTimeMs ?? '-'}`,
  );
const penalties = (lines: readonly Line[]) =>
  ofType(hearOne([start, ...lines]), 'penalty').map(
    ({ car, state, sanction }) => `${car} ${state} ${JSON.stringify(sanction)}`,
  );
/** Laps 1 and 2 of car 7. */
const twoLaps = [
  lap('7', { place: 1, lap: 1, ms: 60_000, total: 65_000 }),
  beat(66),
  lap('7', { place: 1, lap: 2, ms: 60_000, total: 125_000 }),
  beat(126),
];

describe('N. RMonitor and Multiloop', () => {
  it('[N14] a crossing tells the times, the place that follows the lap', () => {
    expect(passings(['$G,1,"7",,"00:00:05.000"', twoLaps])).toEqual([
      '7 0 5000 -',
      '7 1 65000 60000',
      '7 2 125000 60000',
    ]);
  });

  it('[N14] a place without a crossing counts, and so does a crossing that it overtook', () => {
    expect(passings([place(1, '7', 3, 185_000)])).toEqual(['7 3 185000 -']);
    const late = hearOne([start, place(1, '7', 3, 185_000), crossing('7', 59_000, 185_000), beat(186)]);
    expect(timelineOf(late).viewAt(186_000).state.cars[0]).toMatchObject({ lapsCompleted: 3, lastLapTimeMs: 59_000 });
  });

  it('[N14] where no places are told, crossings count by themselves', () => {
    const beats = [beat(130), beat(131), beat(132), beat(133)];
    expect(
      passings([
        crossing('7', 0, 5000),
        crossing('7', 60_000, 65_000),
        crossing('7', 20, 65_020),
        beats,
        beats.map((_, index) => beat(140 + index)),
      ]),
    ).toEqual(['7 0 5000 -', '7 1 65000 60000']);
  });

  it('[N14] laps that are empty are none, and a car without a time has not crossed the line', () => {
    expect(passings(['$G,1,"7",,"00:00:00.000"', '$G,2,"12",,"00:59:59.999"', '$G,3,"31",,"00:00:06.100"'])).toEqual([
      '31 0 6100 -',
    ]);
  });

  it('[N14] who joins late knows laps and times as they stand', () => {
    const race = hearOne([
      RUN,
      FIELD,
      '$G,1,"12",238,"07:41:21.124"',
      '$G,2,"7",238,"07:41:21.464"',
      beat(27_690),
      lap('7', { place: 1, lap: 239, ms: 90_000, total: 27_771_464 }),
    ]);
    expect(standingsOf(race)).toEqual(['7 239 27771464', '12 238 27681124', '31 0 -']);
  });

  it('[N15] a lap that nobody can drive waits for a heartbeat: a double read is taken back', () => {
    const read = [crossing('7', 20, 125_020), place(1, '7', 3, 125_020)];
    const race = hearOne([start, twoLaps, read, place(1, '7', 2, 125_000), beat(127), beat(128)]);
    expect(ofType(race, 'passing').map(({ lapNumber }) => lapNumber)).toEqual([1, 2]);
    expect(resultOf(race)[0]).toMatchObject({ car: '7', laps: 2, totalTimeMs: 125_000, bestLapTimeMs: 60_000 });
    const late = hearOne([start, twoLaps, read, beat(127), beat(128), place(1, '7', 2, 125_000), beat(129), beat(130)]);
    expect(ofType(late, 'passing-withdrawn')).toMatchObject([{ car: '7' }]);
    expect(resultOf(late)[0]).toMatchObject({ laps: 2, totalTimeMs: 125_000, bestLapTimeMs: 60_000 });
  });

  it('[N15] laps that become fewer were driven by nobody', () => {
    const fewer = [
      twoLaps,
      lap('7', { place: 1, lap: 3, ms: 30_000, total: 155_000 }),
      beat(156),
      place(1, '7', 2, 125_000),
      beat(157),
    ];
    expect(standingsOf(hearOne([start, fewer]))[0]).toBe('7 2 125000');
    const next = [fewer, lap('7', { place: 1, lap: 3, ms: 61_000, total: 186_000 })];
    expect(standingsOf(hearOne([start, next]))[0]).toBe('7 3 186000');
  });

  it('[N15] the old place of a car beside the new one in a list changes nothing', () => {
    const list = [place(1, '7', 2, 125_000), place(2, '7', 1, 65_000)];
    const joined = hearOne([start, list, beat(127), beat(128), beat(129)]);
    expect(standingsOf(joined)[0]).toBe('7 2 125000');
    const race = hearOne([start, twoLaps, list, beat(127), beat(128), beat(129)]);
    expect(ofType(race, 'passing-withdrawn')).toEqual([]);
    expect(standingsOf(race)[0]).toBe('7 2 125000');
  });

  it('[N15] a list that starts from nothing waits three heartbeats for the true one', () => {
    const zero = '$G,1,"7",,"00:00:00.000"';
    const soon = hearOne([
      start,
      twoLaps,
      zero,
      beat(127),
      beat(128),
      place(1, '7', 2, 125_000),
      beat(129),
      beat(130),
      beat(131),
    ]);
    expect(ofType(soon, 'passing-withdrawn')).toEqual([]);
    const never = hearOne([start, twoLaps, zero, beat(127), beat(128), beat(129), beat(130)]);
    expect(standingsOf(never)[0]).toBe('7 0 -');
  });

  it('[N16] fewer laps at the same time are laps that were taken away', () => {
    const taken = [twoLaps, place(1, '7', 1, 125_000), beat(127), beat(128)];
    expect(penalties(taken)).toEqual(['7 given {"kind":"laps","laps":1}']);
    const race = hearOne([start, taken, lap('7', { place: 1, lap: 2, ms: 60_000, total: 185_000 })]);
    expect(resultOf(race)[0]).toMatchObject({ laps: 2, totalTimeMs: 185_000, road: { laps: 3 } });
    expect(penalties([taken, place(1, '7', 2, 125_000), beat(129)]).at(-1)).toBe(
      '7 withdrawn {"kind":"laps","laps":1}',
    );
  });

  it('[N16] laps below zero were taken away before the car had any', () => {
    const race = hearOne([
      start,
      '$G,1,"7",-3,"00:00:00.000"',
      beat(2),
      place(1, '7', -3, 8000),
      beat(9),
      lap('7', { place: 1, lap: -2, ms: 60_000, total: 68_000 }),
      beat(69),
    ]);
    expect(ofType(race, 'passing').map(({ lapNumber }) => lapNumber)).toEqual([0, 1]);
    expect(ofType(race, 'penalty')).toMatchObject([{ sanction: { kind: 'laps', laps: 3 } }]);
    expect(resultOf(race).find(({ car }) => car === '7')).toMatchObject({ laps: 0, road: { laps: 1 } });
  });

  it('[N16] a best lap with a higher number tells that laps were taken away', () => {
    const lines = [place(1, '7', 9, 905_000), '$H,1,"7",27,"00:00:59.000"'];
    const beats = [beat(906), beat(907), beat(908), beat(909)];
    const race = hearOne([start, lines, beats, lap('7', { place: 1, lap: 10, ms: 60_000, total: 965_000 }), beat(966)]);
    expect(resultOf(race)[0]).toMatchObject({ laps: 10, bestLapTimeMs: 59_000, bestLap: 27, road: { laps: 28 } });
    // The list of bests may be ahead of the places for a moment.
    const ahead = hearOne([
      start,
      twoLaps,
      '$H,1,"7",3,"00:00:59.000"',
      lap('7', { place: 1, lap: 3, ms: 59_000, total: 184_000 }),
      beats,
    ]);
    expect(ofType(ahead, 'penalty')).toEqual([]);
  });

  it('[N17] the same laps at another time of crossing: it was put right', () => {
    const race = hearOne([start, twoLaps, crossing('7', 59_998, 124_998), place(1, '7', 2, 124_998), beat(127)]);
    expect(standingsOf(race)[0]).toBe('7 2 124998');
    expect(resultOf(race)[0]).toMatchObject({ bestLapTimeMs: 59_998 });
    const alone = hearOne([start, twoLaps, place(1, '7', 2, 124_998), beat(127)]);
    expect(standingsOf(alone)[0]).toBe('7 2 124998');
    const corrected = hearOne([start, twoLaps, '$COR,"7","7",2,"00:02:04.990","-0.010"', beat(127)]);
    expect(standingsOf(corrected)[0]).toBe('7 2 124990');
  });

  it('[N17] a crossing that ends no lap is no lap: out of the pits, under red, after the own flag', () => {
    expect(
      passings([
        crossing('7', 0, 5000),
        place(1, '7', '', 5000),
        beat(60),
        crossing('7', 0, 95_000),
        place(1, '7', '', 95_000),
      ]),
    ).toEqual(['7 0 5000 -', '7 0 95000 -']);
    // The lap time runs on, the time at the line does not.
    expect(passings([twoLaps, crossing('7', 75_000, 125_000), place(1, '7', 2, 125_000), beat(201)])).toHaveLength(2);
  });

  it('[N17] a lap that is counted without a time is no best lap', () => {
    const race = hearOne([
      '$B,2,"Track day"',
      FIELD,
      beat(0),
      lap('7', { place: 1, lap: 1, ms: 0, total: 65_000 }),
      beat(66),
      lap('7', { place: 1, lap: 2, ms: 0, total: 125_000 }),
    ]);
    expect(resultOf(race)[0]).toMatchObject({ car: '7', laps: 2, bestLapTimeMs: undefined });
  });

  it('[N18] what a place adds to the time of the crossing is a penalty, said once', () => {
    const given = [twoLaps, place(1, '7', 2, 135_000), beat(127)];
    expect(penalties(given)).toEqual(['7 given {"kind":"time","ms":10000}']);
    const later = [
      given,
      crossing('7', 60_000, 185_000),
      place(1, '7', 3, 195_000),
      beat(186),
      crossing('7', 60_000, 245_000),
      place(1, '7', 4, 255_000),
      beat(246),
    ];
    expect(penalties(later)).toEqual(['7 given {"kind":"time","ms":10000}']);
    const race = hearOne([start, later]);
    expect(resultOf(race)[0]).toMatchObject({ laps: 4, totalTimeMs: 255_000, road: { totalTimeMs: 245_000 } });
    expect(timelineOf(race).viewAt(250_000).state.cars[0]).toMatchObject({ crossedAtMs: 245_000 });
  });

  it('[N18] times that nobody would add are no penalty, and out of a race there is none', () => {
    const odd = hearOne([start, twoLaps, place(1, '7', 2, 126_234), beat(127)]);
    expect(ofType(odd, 'penalty')).toEqual([]);
    expect(standingsOf(odd)[0]).toBe('7 2 126234');
    const practice = hearOne([
      '$B,2,"Practice"',
      FIELD,
      beat(0),
      twoLaps,
      place(1, '7', 2, 135_000),
      beat(136),
      beat(137),
      place(1, '7', 1, 135_000),
      beat(138),
      beat(139),
    ]);
    expect(ofType(practice, 'penalty')).toEqual([]);
    expect(standingsOf(practice)[0]).toBe('7 1 135000');
  });

  it('[N18] a penalty that changes replaces the one before, and can be taken back', () => {
    const given = [twoLaps, place(1, '7', 2, 135_000), beat(127)];
    expect(penalties([given, place(1, '7', 2, 140_000), beat(128)]).at(-1)).toBe('7 given {"kind":"time","ms":15000}');
    expect(penalties([given, place(1, '7', 2, 125_000), beat(128)]).at(-1)).toBe(
      '7 withdrawn {"kind":"time","ms":10000}',
    );
    // Together with a crossing.
    expect(penalties([twoLaps, crossing('7', 60_000, 185_000), place(1, '7', 3, 190_000)])).toEqual([
      '7 given {"kind":"time","ms":5000}',
    ]);
    // Known only to be one when the next crossing comes.
    expect(
      penalties([place(1, '7', 5, 335_000), beat(336), crossing('7', 60_000, 385_000), place(1, '7', 6, 395_000)]),
    ).toEqual(['7 given {"kind":"time","ms":10000}']);
  });

  it('[N19] the order is told when every place is held by one car, the newest word first where two stay', () => {
    const race = hearOne([
      start,
      place(1, '7', 1, 61_000),
      place(2, '12', 1, 62_000),
      place(3, '31', 1, 63_000),
      beat(64),
      place(2, '31', 2, 122_000),
      place(3, '12', 1, 62_000),
      beat(123),
    ]);
    const orders = ofType(race, 'order-reported').map(({ cars }) => cars.join(' '));
    expect(orders).toEqual(['7', '7 12', '7 12 31', '7 31 12']);
    const stuck = hearOne([
      start,
      place(1, '7', 1, 61_000),
      place(2, '12', 1, 62_000),
      place(2, '31', 1, 61_500),
      beat(64),
      beat(65),
      beat(66),
      beat(67),
    ]);
    expect(ofType(stuck, 'order-reported').at(-1)?.cars).toEqual(['7', '31', '12']);
    const falling = [place(3, '7', 1, 61_000), place(1, '12', 1, 62_000), place(2, '31', 1, 63_000), beat(65)];
    const three = [place(1, '7', 1, 61_000), place(2, '12', 1, 62_000), place(3, '31', 1, 63_000), beat(64)];
    expect(ofType(hearOne([start, three, falling]), 'order-reported').map(({ cars }) => cars.join(' '))).toEqual([
      '7',
      '7 12',
      '7 12 31',
      '12 31 7',
    ]);
    expect(race.manifest).toMatchObject({ orderAuthority: 'feed', rules: { officialOrder: 'feed' } });
  });

  it('[N19] the order of the feed is the official one, also where the road says otherwise', () => {
    const race = hearOne([
      start,
      place(1, '7', 1, 61_000),
      place(2, '12', 1, 62_000),
      beat(63),
      beat(64, { flag: 'Finish' }),
      place(1, '7', 2, 122_000),
      place(2, '12', 2, 123_000),
      beat(124, { flag: 'Finish' }),
      place(2, '7', 2, 122_000),
      place(1, '12', 2, 123_000),
      beat(125, { flag: 'Finish' }),
    ]);
    expect(resultOf(race).map(({ car, position, road }) => `${car} ${position} ${road.position}`)).toEqual([
      '12 1 2',
      '7 2 1',
      '31 undefined undefined',
    ]);
  });

  it('[N19] after the flag the order counts as told anew', () => {
    const race = hearOne([
      start,
      place(1, '7', 1, 61_000),
      place(2, '12', 1, 62_000),
      beat(63),
      beat(64, { flag: 'Finish' }),
      beat(121, { flag: 'Finish' }),
      place(1, '7', 2, 122_000),
      beat(123, { flag: 'Finish' }),
    ]);
    const flagMs = ofType(race, 'flag-changed').at(-1)?.atMs ?? 0;
    expect(ofType(race, 'order-reported').at(-1)?.atMs).toBeGreaterThan(flagMs);
  });

  it('[N20] a best lap is told where no lap time tells it', () => {
    const bests = (lines: readonly Line[]) =>
      ofType(hearOne([start, ...lines]), 'best-lap-reported').map(
        ({ car, lapTimeMs, lapNumber }) => `${car} ${lapTimeMs} ${lapNumber}`,
      );
    expect(bests([place(1, '7', 20, 1_205_000), '$H,1,"7",11,"00:00:58.765"', '$H,1,"7",11,"00:00:58.765"'])).toEqual([
      '7 58765 11',
    ]);
    expect(bests([twoLaps, '$H,1,"7",2,"00:01:00.000"', beat(127)])).toEqual([]);
    // In a race lap 1 is no best lap, unless the feed says so.
    expect(bests([twoLaps, '$H,1,"7",1,"00:01:00.000"', beat(127)])).toEqual(['7 60000 1']);
    expect(bests(['$H,1,"7",0,"00:00:00.000"', '$H,2,"12",0,"00:59:59.999"'])).toEqual([]);
  });

  it('[N20] a car that only the list of bests knows is of another session', () => {
    const race = hearOne([start, twoLaps, '$H,3,"99",12,"00:00:57.000"', beat(127)]);
    expect(resultOf(race).map(({ car }) => car)).toEqual(['7', '12', '31']);
  });

  it('[N20] a lap that is quicker than the stated best, for three heartbeats, was deleted', () => {
    const laps = [
      twoLaps,
      lap('7', { place: 1, lap: 3, ms: 58_000, total: 183_000 }),
      '$H,1,"7",3,"00:00:58.000"',
      beat(184),
      beat(185),
    ];
    const slower = '$H,1,"7",2,"00:01:00.000"';
    const race = hearOne([start, laps, slower, beat(186), beat(187), beat(188)]);
    expect(ofType(race, 'lap-invalidated')).toMatchObject([{ car: '7', lapNumber: 3 }]);
    expect(resultOf(race)[0]).toMatchObject({ laps: 3, bestLapTimeMs: 60_000, bestLap: 2 });
    const moment = hearOne([
      start,
      laps,
      slower,
      beat(185),
      '$H,1,"7",3,"00:00:58.000"',
      beat(186),
      beat(187),
      beat(188),
    ]);
    expect(ofType(moment, 'lap-invalidated')).toEqual([]);
    const none = hearOne([start, twoLaps, '$H,9,"7",0,"00:00:00.000"', beat(127), beat(128), beat(129)]);
    expect(resultOf(none)[0]).toMatchObject({ bestLapTimeMs: undefined });
  });

  it('[N20] an old best of a car beside the new one in a list changes nothing', () => {
    const bests = ['$H,1,"7",2,"00:00:59.000"', '$H,81,"7",1,"00:03:12.177"', '$H,95,"7",0,"00:00:00.000"'];
    const laps = [twoLaps, lap('7', { place: 1, lap: 3, ms: 59_000, total: 184_000 }), beat(185)];
    const list = ['$H,1,"7",3,"00:00:59.000"', ...bests.slice(1)];
    const race = hearOne([start, laps, list, beat(186), beat(187), beat(188), list, beat(189), beat(190), beat(191)]);
    expect(ofType(race, 'lap-invalidated')).toEqual([]);
    expect(resultOf(race)[0]).toMatchObject({ bestLapTimeMs: 59_000, bestLap: 3 });
  });

  it('[N20] the other two lists of Orbits tell the same: bests, and the last lap beside each place', () => {
    const joined = hearOne([
      RUN,
      FIELD,
      '$G,1,"7",20,"00:20:05.000"',
      '$SR,1,"7",20,"00:01:01.500",89000',
      '$SP,1,"7",4,"00:00:58.000",92000',
      beat(1210),
      beat(1211),
    ]);
    expect(ofType(joined, 'passing').at(-1)).toMatchObject({ lapNumber: 20, lapTimeMs: 61_500 });
    expect(resultOf(joined)[0]).toMatchObject({ laps: 20, bestLapTimeMs: 58_000, bestLap: 4 });
    const heard = [twoLaps, '$SR,1,"7",2,"00:01:00.000",90000', '$SR,1,"7",1,"00:00:10.000",90000'];
    expect(passings(heard)).toEqual(passings([twoLaps]));
  });

  it('[N21] where two laps are counted at once, the crossing between follows from the lap time', () => {
    expect(passings([twoLaps, lap('7', { place: 1, lap: 4, ms: 58_000, total: 244_000 })]).slice(2)).toEqual([
      '7 3 186000 -',
      '7 4 244000 58000',
    ]);
    expect(
      passings([
        twoLaps,
        crossing('7', 61_000, 186_000),
        beat(187),
        lap('7', { place: 1, lap: 4, ms: 58_000, total: 244_000 }),
      ]).slice(2),
    ).toEqual(['7 3 186000 61000', '7 4 244000 58000']);
    expect(passings([twoLaps, place(1, '7', 4, 244_000)]).slice(2)).toEqual(['7 4 244000 -']);
  });

  it('[N22] cars finish on their next crossing; a finish decided by 0.047 s keeps its gap', () => {
    const race = hearOne([
      start,
      [
        lap('7', { place: 1, lap: 1, ms: 60_000, total: 60_900 }),
        lap('12', { place: 2, lap: 1, ms: 60_100, total: 60_950 }),
        lap('31', { place: 3, lap: 1, ms: 95_000, total: 95_900 }),
        beat(96),
      ],
      beat(120, { flag: 'Finish' }),
      [
        lap('12', { place: 1, lap: 2, ms: 60_000, total: 120_950 }),
        lap('7', { place: 2, lap: 2, ms: 60_097, total: 120_997 }),
        beat(121, { flag: 'Finish' }),
      ],
      // Told again by the photo of the finish: a little later.
      [
        crossing('12', 60_002, 120_952),
        place(1, '12', 2, 120_952),
        crossing('7', 60_099, 120_999),
        place(2, '7', 2, 120_999),
      ],
      [
        beat(122, { flag: 'Finish' }),
        lap('31', { place: 3, lap: 2, ms: 94_000, total: 189_900 }),
        beat(190, { flag: 'Finish' }),
      ],
      // After their own flag laps are told, but counted no more.
      [crossing('7', 70_000, 120_999), place(2, '7', 2, 120_999), beat(191, { flag: 'Finish' })],
    ]);
    expect(
      resultOf(race).map(
        ({ car, laps, totalTimeMs, gap }) => `${car} ${laps} ${totalTimeMs} ${'ms' in gap ? gap.ms : ''}`,
      ),
    ).toEqual(['12 2 120952 ', '7 2 120999 47', '31 2 189900 68948']);
    expect(resultOf(race).every(({ tookFlag }) => tookFlag)).toBe(true);
  });

  describe('a lap more than the time', () => {
    const timed = (seconds: number, flag = 'Green ') =>
      beat(seconds, { flag, toGo: clock(Math.max(0, 120 - seconds) * 1000).slice(0, 8) });
    const opening = [
      RUN,
      FIELD,
      timed(0),
      timed(1),
      [
        lap('7', { place: 1, lap: 1, ms: 65_000, total: 65_000 }),
        lap('12', { place: 2, lap: 1, ms: 65_400, total: 65_400 }),
      ],
      [timed(66), lap('31', { place: 3, lap: 1, ms: 93_000, total: 93_000 }), timed(94), timed(121)],
      [
        lap('7', { place: 1, lap: 2, ms: 64_000, total: 129_000 }),
        lap('12', { place: 2, lap: 2, ms: 64_500, total: 129_900 }),
      ],
    ];
    const home = [
      lap('12', { place: 1, lap: 3, ms: 64_030, total: 193_930 }),
      lap('7', { place: 2, lap: 3, ms: 64_943, total: 193_943 }),
    ];
    const between = lap('31', { place: 3, lap: 2, ms: 94_500, total: 187_500 });
    const last = lap('31', { place: 3, lap: 3, ms: 95_500, total: 283_000 });
    const finishAt = (seconds: number) => timed(seconds, 'Finish');

    it('[N22] is driven to its end, whenever the flag is shown', () => {
      const ends: readonly (readonly [number, readonly Line[]])[] = [
        [193_000, [between, timed(188), finishAt(193), home, finishAt(194), last, finishAt(284)]],
        [193_000, [between, timed(188), home, finishAt(193), finishAt(194), last, finishAt(284)]],
        [180_000, [timed(140), finishAt(180), between, finishAt(188), home, finishAt(194), last, finishAt(284)]],
      ];
      for (const [flagMs, end] of ends) {
        const lines = [opening, timed(130), end];
        const race = hearOne(lines);
        const standings = ['12 3 193930', '7 3 193943', '31 3 283000'];
        expect(standingsOf(race)).toEqual(standings);
        expect(standingsOf(asTold(lines))).toEqual(standings);
        expect(race.manifest.distance).toEqual({ durationMs: 120_000, lapsAfterTime: 1 });
        expect(ofType(race, 'flag-changed').map(({ flag, atMs }) => `${flag} ${atMs}`)).toEqual([
          'green 0',
          `chequered ${flagMs}`,
        ]);
      }
    });

    it('[N22] falls when the leader takes it, where the time ran out just as the leader crossed the line', () => {
      const near = lap('7', { place: 1, lap: 2, ms: 56_000, total: 121_000 });
      const over = lap('7', { place: 1, lap: 3, ms: 66_000, total: 187_000 });
      const race = hearOne([opening.slice(0, 6), near, timed(130), finishAt(180), over, finishAt(188)]);
      expect(standingsOf(race)[0]).toBe('7 3 187000');
      expect(ofType(race, 'flag-changed').at(-1)).toMatchObject({ flag: 'chequered', atMs: 187_000 });
    });

    it('[N22] waits for no leader who never comes, and for none at the end or for who listens late', () => {
      const flagOf = (lines: Parameters<typeof hearOne>[0]) =>
        ofType(hearOne(lines), 'flag-changed').find(({ flag }) => flag === 'chequered')?.atMs;
      const waiting = [opening, timed(130), finishAt(180), finishAt(181)];
      expect(flagOf(waiting)).toBeUndefined();
      expect(flagOf([waiting, finishAt(250)])).toBe(180_000);
      expect(flagOf([waiting, beat(0, { flag: '      ', start: 43_400 })])).toBe(180_000);
      expect(flagOf([waiting, timed(182), home, finishAt(194)])).toBe(194_000);
      const late = [
        '$G,1,"7",2,"00:02:09.000"',
        '$G,2,"12",2,"00:02:09.900"',
        RUN,
        FIELD,
        finishAt(180),
        finishAt(181),
      ];
      expect(flagOf(late)).toBe(180_000);
    });
  });

  it('[N22] facts are told in the order in which they arrive', () => {
    const { races } = hear([start, twoLaps]);
    expect(races[0]?.events.map(({ seq }) => seq)).toEqual(races[0]?.events.map((_, index) => index + 1));
  });
});
