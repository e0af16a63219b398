import { alKamel } from '@pitboard/server/sources/al-kamel/import-al-kamel.ts';
import { ergast } from '@pitboard/server/sources/ergast/ergast.ts';
import { RACE_FORMATS } from '@pitboard/server/sources/import/formats.ts';
import { NoRaceError } from '@pitboard/server/sources/import/imported-race.ts';
import { table } from '@pitboard/server/sources/table/table.ts';
import { describe, expect, it } from 'vitest';
import { lapSheet, SMALL_RACE } from '../al-kamel/sheet-builder.ts';
import { endOf, eventsOf, importWith, lapTable, onlyRace, resultOf, TIMES } from '../ergast/ergast-builder.ts';
import { fuzzFormat } from '../fuzz.ts';
import { crossings, HEADER, importTable, raceOf, sheetOf, TSL, TSL_FLAGS, whole } from './table-builder.ts';

describe('Y. Timing71 and the others', () => {
  it('[Y54] laps by TSL: stops and changes of driver at their times of day, flags of the table beside it', () => {
    const race = onlyRace(importTable(`${TSL.join('\n')}\n`, TSL_FLAGS));
    expect(eventsOf(race, 'pit-entry')).toMatchObject([{ car: '7', atMs: 190_000 }]);
    expect(eventsOf(race, 'pit-exit')).toMatchObject([{ car: '7', atMs: 240_000 }]);
    expect(eventsOf(race, 'driver-changed')).toMatchObject([{ car: '7', driver: 'bo-wit' }]);
    expect(eventsOf(race, 'flag-changed').map(({ atMs, flag }) => `${atMs} ${flag}`)).toEqual([
      '0 green',
      '149900 safety-car',
      '179900 green',
      '330000 chequered',
    ]);
    expect(race.manifest.entries[0]).toMatchObject({ team: 'Team A', startingDriver: 'ann-lee' });
    expect(resultOf(race).map(({ car, tookFlag }) => [car, tookFlag])).toEqual([
      ['7', true],
      ['9', true],
    ]);
    const [, blank = '', ...lines] = TSL_FLAGS.split('\n');
    expect(blank).toBe('');
    const alone = importWith(table, [
      `${TSL.join('\n')}\n`,
      `time of day,type\n${lines.join('\n')}x,GREEN\n1:00:00,pink\n`,
    ]);
    expect(alone.skipped.reasons).toEqual({ 'no time': 1, 'no known flag': 1 });
  });

  it('[Y54] a stop without times is estimated: in at the line, out when the lap has lost what it lost', () => {
    const [entry] = eventsOf(whole, 'pit-entry');
    const [exit] = eventsOf(whole, 'pit-exit');
    expect([entry?.atMs, exit?.atMs]).toEqual([182_764, 182_764 + 130_000 - 91_564]);
    const stated = raceOf('car,lap,lap time,pit,pit time', '7,1,90,,', '7,2,90,in,', '7,3,130,,35.5', '7,4,90,,');
    expect(eventsOf(stated, 'pit-exit')).toMatchObject([{ atMs: 180_000 + 35_500 }]);
    const long = raceOf('car,lap,lap time,pit,pit time', '7,1,90,in,', '7,2,130,,500', '7,3,90,,');
    expect(eventsOf(long, 'pit-exit')).toMatchObject([{ atMs: 219_999 }]);
    const last = raceOf('car,lap,lap time,in lap', '7,1,90,no', '7,2,90,1');
    expect(endOf(last).history.visits.get('7')).toHaveLength(1);
    expect(eventsOf(last, 'pit-exit')).toEqual([]);
  });

  it('[Y55] sectors end at their loops, and a lap that was deleted is invalidated', () => {
    const race = raceOf('car,lap,lap time,S1,S2,S3,deleted', '7,1,90,30,30,30,no', '7,2,89,29.5,29.5,30,yes');
    expect(crossings(race, '7')).toEqual([
      'S1 30000',
      'S2 60000',
      'SF 90000 1',
      'S1 119500',
      'S2 149000',
      'SF 179000 2',
    ]);
    expect(race.manifest.circuit.loops.map(({ id }) => id)).toEqual(['SF', 'S1', 'S2']);
    expect(eventsOf(race, 'lap-invalidated')).toMatchObject([{ car: '7', lapNumber: 2 }]);
    const open = raceOf('car,lap,lap time,Sektor 1 (s),Sektor 2 (s)', '7,1,90,30,30');
    expect(crossings(open, '7')).toEqual(['S1 30000', 'S2 60000', 'SF 90000 1']);
  });

  it('[Y55] a column of flags tells what each crossing saw, from the first that saw it', () => {
    const race = raceOf('car,lap,elapsed,flag', '7,1,90,GF', '8,1,91,GF', '7,2,180,gelb', '8,2,182,gelb', '7,3,270,FF');
    expect(eventsOf(race, 'flag-changed').map(({ atMs, flag }) => `${atMs} ${flag}`)).toEqual([
      '0 green',
      '180000 yellow',
      '270000 chequered',
    ]);
  });

  it('[Y56] a table of passings is one crossing a line, at loops in the order of a lap', () => {
    const lines = [
      '1,SF,0:02.0',
      '2,SF,0:03.1',
      '1,Bridge,0:50',
      '1,Sector 1,0:30',
      '2,Sector 1,0:31',
      '1,Pit in,1:20',
    ];
    const more = [
      '1,SF,1:32',
      '2,SF,1:34.5',
      '1,Pit out,1:50',
      '1,Sector 1,2:10',
      '2,Sector 1,2:05',
      '2,SF,3:06',
      '1,SF,3:30',
    ];
    const race = raceOf('car,loop,time', ...lines, ...more);
    expect(race.manifest.circuit.loops).toEqual([
      { id: 'SF', kind: 'finish' },
      { id: 'S1', kind: 'sector' },
      { id: 'Bridge', kind: 'intermediate' },
    ]);
    expect(resultOf(race).map(({ car, laps, totalTimeMs, pitStops }) => [car, laps, totalTimeMs, pitStops])).toEqual([
      ['2', 2, 186_000, 0],
      ['1', 2, 210_000, 1],
    ]);
  });

  it('[Y56] where no loop is called the line, the last sector ends there', () => {
    const race = raceOf('car,sector,elapsed', '7,1,30', '7,2,60', '7,3,90', '7,1,120', '7,2,150', '7,3,180');
    expect(crossings(race, '7')).toEqual(['1 30000', '2 60000', 'SF 90000', '1 120000', '2 150000', 'SF 180000']);
  });

  it('[Y57] columns of races, rounds or sessions part a table; who has no number goes by his name', () => {
    const { races } = importTable(
      'year,round,lap,driver_id,lap_time,void\n2031,1,1,NOR,91.5,False\n2031,1,2,NOR,90.5,True\n2031,2,1,NOR,88,False\n',
    );
    expect(races.map(({ manifest }) => manifest.session)).toEqual(['2031 1', '2031 2']);
    expect(races[0]?.manifest.entries).toMatchObject([{ car: 'NOR', drivers: [{ code: 'NOR' }] }]);
    const named = raceOf('driver,lap,time(s)', 'Abel North,1,90', 'Alice Norton,1,91', 'Abel North,2,90');
    expect(named.manifest.entries.map(({ car }) => car)).toEqual(['NOR', 'NOR2']);
  });

  it('[Y57] places stated lap by lap are the feed\u2019s order, unless two cars share one', () => {
    const lines = ['7,1,90,2', '8,1,91,1'];
    expect(resultOf(raceOf('car,lap,lap time,position', ...lines)).map(({ car }) => car)).toEqual(['8', '7']);
    const inClass = raceOf('car,lap,lap time,position', '7,1,90,1', '8,1,91,1');
    expect(inClass.manifest.rules).toBeUndefined();
  });

  it('[Y58] what is missing is said, with what was understood and what was not', () => {
    const because = (text: string) => {
      try {
        importTable(text);
      } catch (error) {
        if (error instanceof NoRaceError) return error.message;
      }
      return '';
    };
    expect(because('Fahrer;Runde;Farbe\nx;1;rot\n')).toBe(
      'a table of laps or passings cannot be made of this: missing: a column of times (lap time, elapsed, time of day) (understood: FAHRER as driver, RUNDE as lap; not understood: FARBE)',
    );
    expect(because('lap,lap time\n1,90\n')).toContain('missing: a column that names the car');
    expect(because('car,lap,lap time\n7,1,soon\n')).toContain('no line has a time');
    expect(because('time of day,type\n12:00:00,GREEN\n')).toContain('flags without one of laps');
  });

  it('[Y58] a remark or a sum below the laps is left out and no car; a car that did not start is one', () => {
    const found = importTable('Car,Lap,Lap time,Team\n7,1,1:30.000,\nsum of all,,,\n8,,,Harbour Racing\n');
    expect(onlyRace(found).manifest.entries.map(({ car }) => car)).toEqual(['7', '8']);
    expect(found.skipped.reasons).toMatchObject({ 'neither a lap nor a time': 1 });
  });

  it('[Y58] it is the last resort, and no sheet of another format is taken for one', () => {
    expect(RACE_FORMATS.at(-1)).toBe(table);
    const chosen = (text: string) =>
      RACE_FORMATS.find((format) => format.recognises({ name: 'x.csv', bytes: Buffer.from(text), text }));
    expect(chosen(lapSheet(SMALL_RACE))).toBe(alKamel);
    expect(chosen(lapTable(TIMES))).toBe(ergast);
    expect(chosen(sheetOf(','))).toBe(table);
    for (const text of ['', 'a,b\n1,2\n', 'time,colour\n', 'hello world\n', '{"car":1,"lap":2}', 'car,colour\n']) {
      expect(chosen(text), text).toBeUndefined();
    }
  });

  it('[Y58] 200,000 spoilt lines, cut anywhere, are races or are refused', { timeout: 120_000 }, () => {
    const cars = ['7', '007', '12', 'A1', '99'];
    const many = cars.flatMap((car, place) => {
      let elapsedMs = 0;
      return Array.from({ length: 40 }, (_, index) => {
        const ms = 90_000 + place * 110 + ((index * 37) % 700) + (index % 15 === 10 ? 40_000 : 0);
        elapsedMs += ms;
        const driver = index < 20 ? 'Ann Lee' : 'Bo de Wit';
        return [
          car,
          driver,
          'Pro',
          String(index + 1),
          String(ms / 1000),
          String(elapsedMs / 1000),
          index % 15 === 9 ? 'P' : '',
        ];
      });
    });
    const passings = [
      'car,loop,time of day',
      ...many.map(
        (cells, index) =>
          `${cells[0]},${index % 3 === 0 ? 'SF' : `S${index % 3}`},12:${String(index % 60).padStart(2, '0')}:00.5`,
      ),
    ];
    const contents = [sheetOf(',', HEADER, many), `${TSL.join('\n')}\n`, TSL_FLAGS, passings.join('\n')];
    const report = fuzzFormat(table, {
      samples: contents.map((content, index) => ({ name: `${index}.csv`, content })),
    });
    expect(report.races).toBeGreaterThan(report.files / 8);
    expect(report.skipped).toBeGreaterThan(1000);
  });
});
