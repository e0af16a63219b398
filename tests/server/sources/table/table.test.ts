import { readFileSync } from 'node:fs';
import { alKamel } from '@pitboard/server/sources/al-kamel/import-al-kamel.ts';
import { ergast } from '@pitboard/server/sources/ergast/ergast.ts';
import { RACE_FORMATS } from '@pitboard/server/sources/import/formats.ts';
import { NoRaceError } from '@pitboard/server/sources/import/imported-race.ts';
import { parseCellMoment, parseCellTime } from '@pitboard/server/sources/table/cell-time.ts';
import { table } from '@pitboard/server/sources/table/table.ts';
import { tableColumnsOf } from '@pitboard/server/sources/table/table-columns.ts';
import { parseManifest, parseRaceEvent } from '@pitboard/shared/protocol/parse.ts';
import { describe, expect, it } from 'vitest';
import { lapSheet, SMALL_RACE } from '../al-kamel/sheet-builder.ts';
import { endOf, eventsOf, importWith, lapTable, onlyRace, resultOf, TIMES } from '../ergast/ergast-builder.ts';
import { fuzzFormat } from '../fuzz.ts';

const importTable = (...texts: readonly string[]) => importWith(table, texts);
const raceOf = (...lines: readonly string[]) => onlyRace(importTable(`${lines.join('\n')}\n`));
const crossings = (race: ReturnType<typeof raceOf>, car: string) =>
  eventsOf(race, 'passing')
    .filter((passing) => passing.car === car)
    .map(({ loop, atMs, lapNumber }) => `${loop} ${atMs} ${lapNumber ?? ''}`.trim());

const LAPS = [
  ['7', 'Ann Lee', 'Pro', '1', '1:31.564', '1:31.564', ''],
  ['7', 'Ann Lee', 'Pro', '2', '1:31.200', '3:02.764', 'P'],
  ['7', 'Bo de Wit', 'Pro', '3', '2:10.000', '5:12.764', ''],
  ['007', 'Cy Ho', 'Am', '1', '1:32.000', '1:32.000', ''],
  ['007', 'Cy Ho', 'Am', '2', '1:32.000', '3:04.000', ''],
  ['007', 'Cy Ho', 'Am', '3', '1:32.500', '4:36.500', ''],
];
const HEADER = ['Car', 'Driver', 'Class', 'Lap', 'Lap Time', 'Elapsed', 'Pit'];
const sheetOf = (delimiter: string, header = HEADER, rows: readonly (readonly string[])[] = LAPS) =>
  [header, ...rows].map((cells) => `${cells.join(delimiter)}\n`).join('');
const whole = onlyRace(importTable(sheetOf(',')));

const TSL = [
  'nr,class,driver_name,driver_or_team,time_of_day,session_time,laptime,in_lap,time_in_lap,out_lap,time_out_lap',
  '',
  '7,A,Ann Lee,Team A,23:59:40.100,1:40.000,1:40.000,,,,',
  '7,A,Ann Lee,Team A,00:01:19.100,3:19.000,1:39.000,IN,00:01:10.100,,',
  '7,A,Bo Wit,Team A,00:03:30.100,5:30.000,2:11.000,,,OUT,00:02:00.100',
  '9,A,Cy Ho,Team C,23:59:41.100,1:41.000,1:41.000,,,,',
  '9,A,Cy Ho,Team C,00:01:22.100,3:22.000,1:41.000,,,,',
  '9,A,Cy Ho,Team C,00:03:33.100,5:33.000,2:11.000,,,,',
];
const TSL_FLAGS = 'TIME OF DAY,TYPE\n\n23:58:00.100,GREEN\n00:00:30,SAFETY\n00:01:00,GREEN\n00:03:30.100,FINISH\n';

describe('Y. Timing71 and the others', () => {
  it('[Y50] a table of laps is a race, by the names of its columns, wherever they stand', () => {
    expect(whole.events.filter((event) => !parseRaceEvent(event).ok)).toEqual([]);
    expect(parseManifest(whole.manifest)).toMatchObject({ ok: true });
    expect(crossings(whole, '7')).toEqual(['SF 91564 1', 'SF 182764 2', 'SF 312764 3']);
    expect(whole.manifest.entries).toMatchObject([
      { car: '7', class: 'Pro', drivers: [{ id: 'ann-lee', lastName: 'Lee' }, { id: 'bo-de-wit' }] },
      { car: '007', class: 'Am' },
    ]);
    expect(resultOf(whole).map(({ car, laps, totalTimeMs, pitStops }) => [car, laps, totalTimeMs, pitStops])).toEqual([
      ['007', 3, 276_500, 0],
      ['7', 3, 312_764, 1],
    ]);
    const reversed = sheetOf(
      ',',
      HEADER.toReversed(),
      LAPS.map((cells) => cells.toReversed()),
    );
    expect(onlyRace(importTable(reversed)).events).toEqual(whole.events);
  });

  it('[Y50] names are known in English and German, whatever their capitals, spaces and accents', () => {
    const names = [
      ['Startnummer', 'FAHRER', 'Klasse', 'Runde', 'Rundenzeit', 'Gesamtzeit', 'Box'],
      ['nr', 'driver_name', 'class', 'LAP_NUMBER', 'lap-time', 'session time', 'IN_LAP'],
      ['No.', 'Pilot', 'Kategorie', 'Lap No', 'Laptime', 'Race Time', 'Pit In'],
      ['#Bib', 'Name', 'Category', 'Runden-Nr.', 'LapTime', 'Total Time', 'Einfahrt'],
    ];
    for (const header of names) expect(onlyRace(importTable(sheetOf(',', header))).events).toEqual(whole.events);
  });

  it('[Y50] every name that the document lists for a column is known', () => {
    const [, section = ''] = readFileSync(new URL('../../../../shared/TABLES.md', import.meta.url), 'utf8').split(
      '## Columns',
    );
    const rows = (section.split('## Times')[0] ?? '').split('\n').filter((line) => /^\| (?!says|-)/.test(line));
    const unknown = rows.flatMap((row) => {
      const names = (row.split('|')[2] ?? '').replace(/\([^)]*\)|:.*|, and .*/g, '').split(/[,·…]/);
      return names.filter((name) => {
        const { of, sessions, sectors } = tableColumnsOf([name.trim().toUpperCase()]);
        return name.trim() !== '' && of.size + sessions.length + sectors.length === 0 && !/^\s*S9/.test(name);
      });
    });
    expect(rows.length).toBeGreaterThan(15);
    expect(unknown).toEqual([]);
  });

  it('[Y50] separators, quotes, ends of lines, cuts and a byte order mark change nothing', () => {
    for (const delimiter of [';', '\t', ',']) {
      expect(onlyRace(importTable(sheetOf(delimiter))).events).toEqual(whole.events);
    }
    const quoted = `\uFEFF${sheetOf('";"').replace(/^|$/gm, '"').replace(/^""$/gm, '')}`.replaceAll('\n', '\r\n');
    expect(onlyRace(importWith(table, [quoted], 3)).events).toEqual(whole.events);
    const odd = importTable(
      'car,driver,lap,lap time\n7,"Lee, Ann ""Ace""",1,"90"\n8,Bo"x,1,90\n9,"Cy,1,90\n10,"Di"x,1,90\n,"",\n',
    );
    expect(onlyRace(odd).manifest.entries[0]?.drivers[0]).toMatchObject({ firstName: 'Ann "Ace"', lastName: 'Lee' });
    expect(odd.skipped.reasons).toEqual({ 'quotes are not closed': 1, 'no car': 1 });
  });

  it('[Y50] umlauts may be written in UTF-8 or in Latin-1, however the file is cut', () => {
    const text = 'Startnummer;Fahrer;Team;Runde;Rundenzeit\n7;Jörg Müller;Größe;1;1:31,5\n8;Zoë;é;1;1:32,5\n';
    const read = (encoding: 'utf8' | 'latin1', pieceBytes: number) => {
      const opened = table.open();
      const reader = opened.open('x.csv');
      const bytes = Buffer.from(text, encoding);
      for (let from = 0; from < bytes.length; from += pieceBytes) reader.write(bytes.subarray(from, from + pieceBytes));
      reader.end();
      return onlyRace(opened.finish()).manifest.entries;
    };
    expect(read('utf8', 1000)[0]).toMatchObject({
      team: 'Größe',
      drivers: [{ firstName: 'Jörg', lastName: 'Müller' }],
    });
    for (const pieceBytes of [1, 2, 3, 7, 1000]) {
      expect(read('utf8', pieceBytes)).toEqual(read('utf8', 1000));
      expect(read('latin1', pieceBytes)).toEqual(read('utf8', 1000));
    }
    const short = importWith(table, ['car,lap,lap time\n7,1,90\n']);
    expect(onlyRace(short).manifest.entries).toHaveLength(1);
  });

  it('[Y50] a number is text, and may come as #7 or 7.0', () => {
    const race = raceOf('number,lap,lap time', '#7,1,90.5', '07,1,91', '12.0,1,92.5', '7A,1.0,93');
    expect(race.manifest.entries.map(({ car }) => car)).toEqual(['7', '07', '12', '7A']);
  });

  it('[Y51] times are read as people and programs write them', () => {
    const times = [
      '1:31.564',
      '91.564',
      '91,564',
      "1'31.564",
      '0:01:31,564',
      '0 days 00:01:31.564000',
      '91.5639999',
      '+1:31.564',
    ];
    for (const text of times) expect(parseCellTime(text, undefined), text).toBe(91_564);
    expect(parseCellTime('24:01:55.856', undefined)).toBe(86_515_856);
    expect(parseCellTime('91564', 'ms')).toBe(91_564);
    expect(parseCellTime('91564.4', 'ms')).toBe(91_564);
    expect(parseCellTime('95', undefined)).toBe(95_000);
    expect(parseCellTime('95', 'seconds')).toBe(95_000);
    expect(parseCellTime('191564', undefined)).toBe(191_564);
    for (const text of ['', 'fast', '1:61.0', '1:75:00', '1:31.', '-5', '1e9', '99999999999', '1 Lap', '９']) {
      expect(parseCellTime(text, undefined), text).toBeUndefined();
    }
  });

  it('[Y51] moments are times of day, or of the calendar in the zone that they name', () => {
    expect(parseCellMoment('14:03:22.123')).toEqual({ kind: 'day', ms: 50_602_123 });
    const ms = Date.UTC(2031, 5, 15, 14, 3, 22, 123);
    expect(parseCellMoment('2031-06-15T14:03:22.123Z')).toEqual({ kind: 'date', ms, isZoned: true });
    expect(parseCellMoment('2031-06-15 16:03:22.123+02:00')).toEqual({ kind: 'date', ms, isZoned: true });
    expect(parseCellMoment('15.06.2031 14:03:22,123')).toEqual({ kind: 'date', ms, isZoned: false });
    for (const text of ['', 'noon', '24:00:00', '2031-13-45T14:00:00Z', '14:75']) {
      expect(parseCellMoment(text), text).toBeUndefined();
    }
  });

  it('[Y51] a header names the unit of plain numbers', () => {
    const expected = ['SF 91564 1'];
    expect(crossings(raceOf('car,lap,lap_time_ms', '7,1,91564'), '7')).toEqual(expected);
    expect(crossings(raceOf('car,lap,Lap Time (s)', '7,1,91.564'), '7')).toEqual(expected);
    expect(crossings(raceOf('car;runde;rundenzeit in sek', '7;1;91,564'), '7')).toEqual(expected);
  });

  it('[Y52] laps without a race time add up; laps that are left out are bridged, and that is said', () => {
    const race = raceOf('car,lap,lap time', '7,1,90', '7,2,91', '7,4,92');
    expect(crossings(race, '7')).toEqual(['SF 90000 1', 'SF 181000 2', 'SF 364000 4']);
    expect(race.manifest.dataNotes.map(({ subject, kind }) => `${subject} ${kind}`)).toContain('laps information');
    const holes = importTable('car,lap,lap time\n7,1,90\n7,9,91\n7,x,90\n7,1,90\n8,3,\n');
    expect(holes.skipped.reasons).toEqual({
      'no lap number': 1,
      'lap stated before': 1,
      'no lap time': 1,
      'laps before it are missing': 1,
    });
  });

  it('[Y52] without a column of laps they are counted, in order of time, else of the lines', () => {
    expect(crossings(raceOf('car,elapsed,lap time', '7,3:00,90', '7,1:30,90'), '7')).toEqual([
      'SF 90000 1',
      'SF 180000 2',
    ]);
    expect(crossings(raceOf('car,lap time', '7,90', '8,91', '7,92'), '7')).toEqual(['SF 90000 1', 'SF 182000 2']);
  });

  it('[Y52] a column that is just called time is the race\u2019s where it grows by laps, else the lap\u2019s', () => {
    const lapTimes = raceOf('driver,lap,time', 'A,1,91.2', 'A,2,91.9', 'A,3,92.4', 'B,1,92.2', 'B,2,92.9');
    expect(crossings(lapTimes, 'A')).toEqual(['SF 91200 1', 'SF 183100 2', 'SF 275500 3']);
    const raceTimes = raceOf('driver,lap,time', 'A,1,1:31.2', 'A,2,3:03.1', 'B,1,1:32.2', 'B,2,3:03.4');
    expect(crossings(raceTimes, 'A')).toEqual(['SF 91200 1', 'SF 183100 2']);
  });

  it('[Y52] a line for each car, as in a result, is its last crossing', () => {
    const race = raceOf(
      'Pos,No,Name,Laps,Total Time,Best Lap',
      '1,9,Bo,3,5:00.5,1:39.0',
      '2,7,Ann Lee,3,5:00.1,1:38.5',
      '3,8,Cy,2,5:03,1:40',
    );
    expect(
      resultOf(race).map(({ car, laps, totalTimeMs, bestLapTimeMs }) => [car, laps, totalTimeMs, bestLapTimeMs]),
    ).toEqual([
      ['9', 3, 300_500, 99_000],
      ['7', 3, 300_100, 98_500],
      ['8', 2, 303_000, 100_000],
    ]);
  });

  it('[Y53] times of day are placed from the start that they tell, over midnight too', () => {
    const race = raceOf(
      'car,lap,lap time,time of day',
      '7,1,1:40,23:59:30.000',
      '8,1,1:42,23:59:32.000',
      '7,2,1:40,00:01:10.000',
      '8,2,1:44,00:01:16.500',
    );
    expect(crossings(race, '7')).toEqual(['SF 100000 1', 'SF 200000 2']);
    expect(crossings(race, '8')).toEqual(['SF 102000 1', 'SF 206500 2']);
    const bare = raceOf('car,lap,time of day', '7,1,12:00:00', '7,2,12:01:30');
    expect(bare.manifest.dataNotes.map(({ subject }) => subject)).toContain('start');
  });

  it('[Y53] where times of day are all that is told, the start is a usual lap before the first crossing', () => {
    const race = raceOf(
      'car,time of day,lap',
      '7,12:01:40,1',
      '8,12:01:42,1',
      '7,12:03:10,2',
      '8,12:03:13,2',
      '7,12:04:40,3',
    );
    expect(crossings(race, '7')).toEqual(['SF 90000 1', 'SF 180000 2', 'SF 270000 3']);
    expect(crossings(race, '8')).toEqual(['SF 92000 1', 'SF 183000 2']);
  });

  it('[Y53] dates with a zone tell the wall clock of the start; a clock that ran before it is set to the start', () => {
    const race = raceOf('number,timestamp', '1,2031-06-15T14:00:00Z', '1,2031-06-15T14:01:30Z');
    expect(race.manifest.startEpochMs).toBe(Date.UTC(2031, 5, 15, 14));
    const early = raceOf('car,lap,lap time,session time', '7,1,90,1:01:30', '8,1,91,1:01:31', '7,2,90,1:03:00');
    expect(crossings(early, '7')).toEqual(['SF 90000 1', 'SF 180000 2']);
    const stated = raceOf('car,lap,lap start time,time,lap time', '7,1,3600,3690.5,', '7,2,3690.5,3781,90.5');
    expect(crossings(stated, '7')).toEqual(['SF 90500 1', 'SF 181000 2']);
  });

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
