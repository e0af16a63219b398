import { describe, expect, it } from 'vitest';
import { beat, clock, FIELD, hearOne, ofType, RUN, resultOf, timelineOf } from './hear-rmonitor.ts';

/** A timing line crossed at so many ms of race time, by a clock that is 0.243 s off the heartbeat's. */
const line = (car: string, id: string, name: string, ms: number, driver?: number) =>
  `$L,"${car}","${id}","${name}","06/14/2031","${clock(43_200_243 + ms)}"${driver === undefined ? '' : `,${driver},"GT"`}`;
const crossing = (car: string, lap: number, ms: number, total: number, inPit = false) => [
  line(car, inPit ? 'P1' : 'T1', inPit ? 'SFP' : 'SFT', total),
  `$J,"${car}","${clock(ms)}","${clock(total)}"`,
  `$G,1,"${car}",${lap},"${clock(total)}"`,
];
const start = [RUN, FIELD, beat(0), beat(1), crossing('7', 1, 60_000, 62_000), beat(63)];

describe('N. RMonitor and Multiloop', () => {
  it('[N23] the pit lane is entered and left where its lines are crossed, by the race clock', () => {
    const race = hearOne([
      start,
      line('7', 'P3', 'PIP', 110_500),
      beat(111),
      crossing('7', 2, 60_100, 122_100, true),
      beat(123),
      line('7', 'P2', 'POP', 150_250),
      beat(151),
    ]);
    expect(ofType(race, 'pit-entry')).toMatchObject([{ car: '7', atMs: 110_500 }]);
    expect(ofType(race, 'pit-exit')).toMatchObject([{ car: '7', atMs: 150_250 }]);
    expect(ofType(race, 'passing').map(({ inPitLane = false }) => inPitLane)).toEqual([false, true]);
    expect(resultOf(race)[0]).toMatchObject({ pitStops: 1 });
  });

  it('[N23] before a crossing has aligned the clocks, the heartbeat has to do', () => {
    const race = hearOne([RUN, FIELD, beat(0), line('7', 'P2', 'POP', 4000), beat(5)]);
    expect(ofType(race, 'pit-exit')).toMatchObject([{ atMs: 4243 }]);
  });

  it('[N23] lines behind the finish line are loops of the circuit, in their order', () => {
    const race = hearOne([
      start,
      line('7', 'T3', 'I3', 100_000),
      line('7', 'TA', 'IA', 110_000),
      crossing('7', 2, 60_000, 122_000),
      line('7', 'T2', 'I2', 140_000),
      beat(141),
    ]);
    expect(race.manifest.circuit.loops.map(({ id, kind }) => `${id} ${kind}`)).toEqual([
      'SF finish',
      'T2 intermediate',
      'T3 intermediate',
      'TA intermediate',
    ]);
    expect(ofType(race, 'passing').map(({ loop, atMs }) => `${loop} ${atMs}`)).toEqual([
      'SF 62000',
      'T3 100000',
      'TA 110000',
      'SF 122000',
      'T2 140000',
    ]);
    expect(timelineOf(race).viewAt(141_000).state.cars[0]).toMatchObject({ lapsCompleted: 2, progress: 9 });
  });

  it('[N23] a transponder that has no name is told by its number, one that nobody knows is passed over', () => {
    const race = hearOne([
      start,
      line('Tx1002', 'P3', 'PIP', 70_000),
      line('Tx9999', 'P3', 'PIP', 71_000),
      line('7', 'P3', 'PIT', 72_000),
      line('7', 'P3', 'PIP', 73_000),
      line('7', 'P3', 'PIP', 73_000),
      beat(74),
    ]);
    expect(ofType(race, 'pit-entry').map(({ car, atMs }) => `${car} ${atMs}`)).toEqual(['12 70000', '7 73000']);
  });

  it('[N23] what a car did before it was told who it is counts once it is', () => {
    const early = [line('99', 'P3', 'PIP', 70_000), line('99', 'P2', 'POP', 80_000), beat(81)];
    const race = hearOne([start, early, '$A,"99","99",0,"Ulla","Weg","",1', beat(82), early]);
    expect(race.events.flatMap(({ type, atMs }) => (type.startsWith('pit') ? [`${type} ${atMs}`] : []))).toEqual([
      'pit-entry 70000',
      'pit-exit 80000',
    ]);
  });

  it('[N24] the track map tells how far the lines lie from the finish', () => {
    const map =
      '$T,"Wiesenring","WR","2.0",5,"LAP","T1","T1",98425,"S1","T1","T2",39370,"S2","T2","T3",19685,"PIT","P3","P2",11811,"ST","T9","T9",39';
    const race = hearOne([
      RUN,
      map,
      FIELD.filter((text) => !text.includes('TRACKLENGTH')),
      beat(0),
      crossing('7', 1, 60_000, 62_000),
    ]);
    expect(race.manifest.circuit).toMatchObject({
      lengthMetres: 2500,
      loops: [{ id: 'SF' }, { id: 'T2', metres: 1000 }, { id: 'T3', metres: 1500 }],
    });
  });

  it('[N25] what became of a car stands where its nationality stood', () => {
    const competitor = (text: string) => `$COMP,"7","7",1,"Jana","Feldmann","${text}","Oil"`;
    const race = hearOne([
      start,
      competitor('Retired'),
      competitor('Retired'),
      beat(64),
      competitor(''),
      beat(65),
      competitor('Excluded'),
      beat(66),
    ]);
    expect(race.events.flatMap(({ type, atMs }) => (type.startsWith('car-') ? [`${type} ${atMs}`] : []))).toEqual([
      'car-retired 63000',
      'car-reinstated 64000',
      'car-disqualified 65000',
    ]);
    const joined = hearOne([RUN, FIELD, competitor('Retired'), beat(30), beat(31)]);
    expect(ofType(joined, 'car-retired')).toMatchObject([{ car: '7' }]);
    expect(joined.manifest.entries[0]).toMatchObject({ drivers: [{ nationality: 'GER' }], note: 'Oil' });
  });

  it('[N37] a driver of a crew who is named alone, or by number, is at the wheel', () => {
    const crew = '$COMP,"7","7",1,"Feldmann / Sand /","Moor / de Wit","Audi R8",""';
    const alone = '$COMP,"7","7",1,"","Olaf Sand","Audi R8",""';
    const race = hearOne([
      start,
      crew,
      beat(64),
      alone,
      beat(65),
      alone,
      crew,
      line('7', 'T1', 'SFT', 66_000, 3),
      line('7', 'T1', 'SFT', 67_000, 3),
      beat(68),
    ]);
    expect(ofType(race, 'driver-changed').map(({ driver }) => driver)).toEqual(['sand', 'moor']);
    const [entry] = race.manifest.entries;
    expect(entry?.drivers.map(({ firstName = '', lastName }) => `${firstName} ${lastName}`.trim())).toEqual([
      'Feldmann',
      'Olaf Sand',
      'Moor',
      'de Wit',
    ]);
  });
});
