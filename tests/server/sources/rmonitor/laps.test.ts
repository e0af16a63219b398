import { describe, expect, it } from 'vitest';
import { beat, FIELD, hearOne, lap, ofType, RUN, resultOf, standingsOf, timelineOf } from './hear-rmonitor.ts';
import { crossing, passings, penalties, place, start, twoLaps } from './lap-lines.ts';

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
});
