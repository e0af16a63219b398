import { readFileSync } from 'node:fs';
import { parseCellMoment, parseCellTime } from '@pitboard/server/sources/table/cell-time.ts';
import { table } from '@pitboard/server/sources/table/table.ts';
import { tableColumnsOf } from '@pitboard/server/sources/table/table-columns.ts';
import { parseManifest, parseRaceEvent } from '@pitboard/shared/protocol/parse.ts';
import { describe, expect, it } from 'vitest';
import { importWith, onlyRace, resultOf } from '../ergast/ergast-builder.ts';
import { crossings, HEADER, importTable, LAPS, raceOf, sheetOf, whole } from './table-builder.ts';

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
});
