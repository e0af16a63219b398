import { describe, expect, it } from 'vitest';
import {
  beat,
  FIELD,
  hearOne,
  type Line,
  lap,
  ofType,
  RUN,
  resultOf,
  standingsOf,
  timelineOf,
} from './hear-rmonitor.ts';
import { crossing, passings, penalties, place, start, twoLaps } from './lap-lines.ts';

describe('N. RMonitor and Multiloop', () => {
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
});
