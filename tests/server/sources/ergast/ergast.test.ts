import { ergast } from '@pitboard/server/sources/ergast/ergast.ts';
import { NoRaceError } from '@pitboard/server/sources/import/imported-race.ts';
import { createImporter } from '@pitboard/server/sources/import/importer.ts';
import { parseManifest, parseRaceEvent } from '@pitboard/shared/protocol/parse.ts';
import { describe, expect, it } from 'vitest';
import { fuzzFormat } from '../fuzz.ts';
import {
  DRIVERS,
  endOf,
  eventsOf,
  importErgast,
  importWith,
  lapTable,
  onlyRace,
  RACES,
  RESULTS,
  resultOf,
  resultTable,
  STATUSES,
  TEAMS,
  TIMES,
  table,
} from './ergast-builder.ts';
import { lapPages, page, qualifyingPage, resultPage, stopPage } from './page-builder.ts';

const whole = [lapTable(TIMES), DRIVERS, TEAMS, RACES, STATUSES, RESULTS];
const STOP_COLUMNS = 'raceId,driverId,stop,lap,time,duration,milliseconds';

describe('Y. Timing71 and the others', () => {
  it('[Y30] lap times add up to the time of the race, whose facts pass their schema', () => {
    const race = onlyRace(importErgast(...whole));
    expect(eventsOf(race, 'passing').filter(({ car }) => car === '51')).toMatchObject([
      { atMs: 95_123, lapNumber: 1, lapTimeMs: 95_123 },
      { atMs: 186_127, lapNumber: 2, lapTimeMs: 91_004 },
      { atMs: 276_997, lapNumber: 3 },
      { atMs: 368_108, lapNumber: 4 },
    ]);
    expect(race.events.filter((event) => !parseRaceEvent(event).ok)).toEqual([]);
    expect(parseManifest(race.manifest)).toMatchObject({ ok: true });
    expect(race.manifest).toMatchObject({
      event: 'Freedonian Grand Prix',
      season: 2031,
      startEpochMs: Date.UTC(2031, 4, 4, 13),
      grid: [{ car: '52' }, { car: '51' }, { car: '53' }],
    });
  });

  it('[Y30] who takes the flag follows from the laps, and who does not has retired', () => {
    const race = onlyRace(importErgast(...whole));
    const { state } = endOf(race);
    expect(state.chequeredAtMs).toBe(368_108);
    expect(state.cars.map(({ car, status }) => [car, status])).toEqual([
      ['51', 'finished'],
      ['52', 'finished'],
      ['53', 'finished'],
      ['54', 'retired'],
    ]);
    expect(eventsOf(race, 'car-retired')).toMatchObject([{ car: '54', reason: 'Engine' }]);
  });

  it('[Y30] the order of the files and of their lines, quotes, ends of lines and cuts change nothing', () => {
    const race = onlyRace(importErgast(...whole));
    const shuffle = (text: string) => {
      const [header = '', ...rows] = text.trim().split('\n');
      return `${[header, ...rows.toReversed()].join('\r\n')}\r\n`;
    };
    const other = onlyRace(importWith(ergast, whole.map(shuffle).toReversed(), 7));
    const events = (events: typeof race.events) => events.map(({ seq: _, ...fact }) => JSON.stringify(fact)).toSorted();
    expect(events(other.events)).toEqual(events(race.events));
    const bare = lapTable(TIMES).replaceAll('"', '');
    expect(eventsOf(onlyRace(importErgast(bare)), 'passing')).toHaveLength(12);
  });

  it('[Y31] pages are merged by lap number, in any order, a lap over two of them', () => {
    const tables = onlyRace(importErgast(...whole));
    const pages = lapPages(TIMES, 5);
    expect(pages.length).toBeGreaterThan(2);
    const given = [resultPage('Results'), ...pages.toReversed(), pages[0] ?? ''];
    const imported = importErgast(...given);
    const race = onlyRace(imported);
    expect(imported.skipped.lines).toBe(0);
    const passings = (race: typeof tables) =>
      eventsOf(race, 'passing').map(({ seq: _, car, ...rest }) => JSON.stringify({ ...rest, car: Number(car) % 50 }));
    expect(passings(race).toSorted()).toEqual(passings(tables).toSorted());
    expect(race.manifest).toMatchObject({
      event: 'Sylvanian Grand Prix',
      circuit: { name: 'Sylvan Ring', country: 'Sylvania' },
    });
    expect(race.manifest.entries[0]).toMatchObject({
      car: '1',
      team: 'Alpha Works',
      drivers: [{ id: 'abel', code: 'ABE' }],
    });
  });

  it('[Y31] parts of a page that have another shape cost themselves only', () => {
    const laps = [
      {
        number: '1',
        Timings: [
          { driverId: 'abel', position: '1', time: '1:31.000' },
          { driverId: 7 },
          { driverId: 'bea', time: 'fast' },
        ],
      },
      5,
    ];
    const { races, skipped } = importErgast(page({ Laps: laps }));
    expect(eventsOf(onlyRace({ races, skipped }), 'passing')).toHaveLength(1);
    expect(skipped.reasons).toEqual({ 'no lap': 1, 'no lap time': 2 });
    const lines = lapPages(TIMES, 5);
    const inOne = importErgast(`${lines.join('\n')}\n{"MRData"\n`);
    expect(eventsOf(onlyRace(inOne), 'passing')).toHaveLength(12);
    expect(inOne.skipped.reasons).toEqual({ 'not a whole page of JSON': 1 });
    expect(importErgast('{"MRData": {"RaceTable"').skipped.reasons).toEqual({ 'not a whole page of JSON': 1 });
  });

  it('[Y32] a car has the number of the result, else of the qualifying, else the driver\u2019s, else a short name', () => {
    const cars = (...texts: readonly string[]) =>
      onlyRace(importErgast(...texts)).manifest.entries.map(({ car }) => car);
    expect(cars(lapTable(TIMES), DRIVERS, RESULTS)).toEqual(['51', '52', '53', '54']);
    expect(cars(lapTable(TIMES), DRIVERS)).toEqual(['1', '2', 'OWE', '4']);
    expect(cars(lapTable(TIMES))).toEqual(['1', '2', '3', '4']);
    const same = resultTable([
      { driver: 1, number: 7, text: '1', laps: 4 },
      { driver: 2, number: 7, text: '2', laps: 4 },
    ]);
    expect(new Set(cars(lapTable(TIMES), same)).size).toBe(4);
    expect(cars(...lapPages({ 1: [90_000] }, 5), qualifyingPage())).toEqual(['81']);
    expect(cars(...lapPages({ 1: [90_000] }, 5))).toEqual(['ABE']);
  });

  it('[Y33] a stop lies around the end of its lap, nearer to where the time was lost, and takes its time', () => {
    const times = {
      ...TIMES,
      1: [91_000, 95_000, 107_000, 91_000, 91_000],
      2: [92_000, 92_000, 92_000, 92_000, 92_000],
    };
    const stops = table(STOP_COLUMNS, [7001, 1, 1, 2, '15:05:23', '22.125', 22_125]);
    const race = onlyRace(importErgast(lapTable(times), stops));
    const [entry] = eventsOf(race, 'pit-entry');
    const [exit] = eventsOf(race, 'pit-exit');
    expect((exit?.atMs ?? 0) - (entry?.atMs ?? 0)).toBe(22_125);
    // A fifth of the loss lies before the line.
    expect(entry?.atMs).toBe(186_000 - 22_125 / 5);
    expect(endOf(race).state.cars.find(({ car }) => car === '1')).toMatchObject({ stops: 1 });
  });

  it('[Y33] a stop on a lap that was never completed is a last entry', () => {
    const stops = table(
      STOP_COLUMNS,
      [7001, 4, 1, 2, '15:05:23', '22.125', 22_125],
      [7001, 4, 2, 9, '15:05:23', '1', 1],
    );
    const imported = importErgast(lapTable(TIMES), stops);
    const race = onlyRace(imported);
    expect(eventsOf(race, 'pit-entry')).toMatchObject([{ car: '4', atMs: 97_000 + 87_300 }]);
    expect(eventsOf(race, 'pit-exit')).toEqual([]);
    expect(imported.skipped.reasons).toEqual({ 'a stop on a lap that the car never began': 1 });
    const first = table(STOP_COLUMNS, [7001, 9, 1, 1, '15:05:23', '22.125', 22_125]);
    const early = onlyRace(importErgast(lapTable(TIMES), first));
    expect(endOf(early).history.visits.get('9')).toHaveLength(1);
    expect(eventsOf(early, 'car-retired').map(({ car }) => car)).toContain('9');
  });

  it('[Y33] no stop is lost where the laps leave too little room', () => {
    const stops = [1, 2, 3].map((stop) => [7001, 1, stop, stop < 3 ? 2 : 3, '15:05:23', '9:00.000', 540_000]);
    const race = onlyRace(
      importErgast(lapTable(TIMES), table(STOP_COLUMNS, ...stops, [7001, 1, 4, 4, 'x', '25.000', 25_000])),
    );
    expect(endOf(race).history.visits.get('1')).toHaveLength(4);
  });

  it('[Y34] most cars waiting in the lane together are a red flag, and their visits count', () => {
    const lap = [90_000, 95_000, 1_100_000, 90_000, 90_000];
    const times = { 1: lap, 2: lap.map((ms) => ms + 300), 3: lap.map((ms) => ms + 600), 4: [99_000, 99_000] };
    const waits = [1, 2, 3].map((driver) => [7001, driver, 1, 2, '15:05:23', '16:36.375', 996_375]);
    const race = onlyRace(importErgast(lapTable(times), table(STOP_COLUMNS, ...waits)));
    expect(eventsOf(race, 'flag-changed').map(({ flag }) => flag)).toEqual(['red', 'green', 'chequered']);
    expect(eventsOf(race, 'pit-entry')).toHaveLength(3);
    const [red, green] = eventsOf(race, 'flag-changed');
    expect((green?.atMs ?? 0) - (red?.atMs ?? 0)).toBeGreaterThan(900_000);
    const usual = [1, 2, 3].map((driver) => [7001, driver, 1, 2, '15:05:23', '22.375', 22_375]);
    const dry = onlyRace(importErgast(lapTable(times), table(STOP_COLUMNS, ...usual)));
    expect(eventsOf(dry, 'flag-changed').map(({ flag }) => flag)).toEqual(['chequered']);
  });

  it('[Y35] the lap chart is the feed\u2019s order, lap by lap, and has the last word where no result is given', () => {
    const chart = lapTable(TIMES)
      .replace('"7001","1","4","1"', '"7001","1","4","2"')
      .replace('7001,1,4,1,', '7001,1,4,2,')
      .replace('7001,2,4,2,', '7001,2,4,1,');
    const race = onlyRace(importErgast(chart));
    expect(eventsOf(race, 'order-reported')).toMatchObject([
      { atMs: 99_800, cars: ['1', '2', '4', '3'] },
      { atMs: 230_050, cars: ['1', '2', '3'] },
      // The lapped car ends its third lap after the leader's fourth: its place then is no place in the race.
      { atMs: 278_500, cars: ['1', '2'] },
      { atMs: 370_200, cars: ['2', '1'] },
      { atMs: 381_050, cars: ['2', '1', '3', '4'] },
    ]);
    expect(
      resultOf(race)
        .map(({ car, road }) => [car, road.position])
        .slice(0, 2),
    ).toEqual([
      ['2', 2],
      ['1', 1],
    ]);
    expect(resultOf(onlyRace(importErgast(lapTable(TIMES)))).map(({ car }) => car)).toEqual(['1', '2', '3', '4']);
  });

  it('[Y36] the result is a layer: time added, shut out, not classified, not started', () => {
    const results = resultTable([
      { driver: 2, text: '1', laps: 4, ms: 370_200 },
      { driver: 1, text: '2', laps: 4, ms: 373_108 },
      { driver: 3, text: 'D', laps: 3, status: 2 },
      { driver: 4, text: 'R', laps: 1, status: 5 },
      { driver: 9, text: 'W', laps: 0, status: 54 },
      { driver: 8, text: 'R', laps: 0, status: 5 },
    ]);
    const race = onlyRace(importErgast(lapTable(TIMES), results, STATUSES));
    expect(eventsOf(race, 'penalty')).toMatchObject([{ car: '51', sanction: { kind: 'time', ms: 5000 } }]);
    expect(
      resultOf(race).map(({ position, car, status, totalTimeMs }) => [position, car, status, totalTimeMs]),
    ).toEqual([
      [1, '52', 'classified', 370_200],
      [2, '51', 'classified', 373_108],
      [undefined, '53', 'disqualified', 380_050],
      [undefined, '54', 'did-not-finish', 97_000],
      [undefined, '58', 'did-not-finish', undefined],
      [undefined, '59', 'did-not-start', undefined],
    ]);
  });

  it('[Y36] a clock that is ahead for all, and a time that is too short, are no penalties', () => {
    const ahead = resultTable([
      { driver: 1, text: '1', laps: 4, ms: 368_208 },
      { driver: 2, text: '2', laps: 4, ms: 370_300 },
      { driver: 4, text: '3', laps: 1, ms: 97_100 },
    ]);
    expect(eventsOf(onlyRace(importErgast(lapTable(TIMES), ahead)), 'penalty')).toEqual([]);
    const short = resultTable([
      { driver: 1, text: '1', laps: 4, ms: 368_108 },
      { driver: 2, text: '2', laps: 4, ms: 370_100 },
    ]);
    const race = onlyRace(importErgast(lapTable(TIMES), short));
    expect(eventsOf(race, 'penalty')).toEqual([]);
    expect(race.manifest.dataNotes.map(({ kind, subject }) => `${subject} ${kind}`)).toContain('result conflict');
  });

  it('[Y37] a dump of many races gives each of them, and too many are refused with what would help', () => {
    const laps = (races: number) =>
      Array.from({ length: races }, (_, index) =>
        lapTable({ 1: [90_000, 90_001] }, 100 + index)
          .split('\n')
          .slice(index === 0 ? 0 : 1)
          .join('\n'),
      ).join('');
    expect(importErgast(laps(3)).races).toHaveLength(3);
    expect(importErgast(laps(60)).races).toHaveLength(60);
    expect(() => importErgast(laps(61))).toThrow(NoRaceError);
    expect(() => importErgast(laps(61))).toThrow(/61 races.*races\.csv/);
    const two = table('raceId,year,round,circuitId,name', [101, 2031, 1, 88, 'One'], [105, 2031, 2, 88, 'Two']);
    expect(importErgast(laps(61), two).races.map(({ manifest }) => manifest.event)).toEqual(['One', 'Two']);
  });

  it('[Y38] laps that are missing are bridged and named; after more than three the rest is left out and counted', () => {
    const without = (...laps: readonly number[]) => {
      const lines = lapTable({ 1: Array.from({ length: 9 }, () => 90_000) }).split('\n');
      return importErgast(lines.filter((_, index) => !laps.includes(index)).join('\n'));
    };
    const bridged = onlyRace(without(3));
    expect(eventsOf(bridged, 'passing').map(({ lapNumber }) => lapNumber)).toEqual([1, 2, 4, 5, 6, 7, 8, 9]);
    expect(eventsOf(bridged, 'passing').at(-1)?.atMs).toBe(810_000);
    expect(bridged.manifest.dataNotes.at(-1)).toMatchObject({ subject: 'car 1', kind: 'missing' });
    const cut = without(3, 4, 5, 6);
    expect(eventsOf(onlyRace(cut), 'passing')).toHaveLength(2);
    expect(cut.skipped.reasons).toEqual({ 'laps before it are missing': 3 });
  });

  it('[Y38] bad lines cost themselves only and are counted with their reasons', () => {
    const bad = [
      '7001,1,x,1,"1:30.000",90000',
      '7001,,9,1,"1:30.000",90000',
      '\\N,1,9,1,"1:30.000",90000',
      '7001,1,9,1,"fast",\\N',
      '7001,1,1,1,"1:30.000",1',
    ];
    const { races, skipped } = importErgast(`${lapTable(TIMES)}${bad.join('\n')}\n"`);
    expect(eventsOf(onlyRace({ races, skipped }), 'passing')).toHaveLength(12);
    expect(skipped.reasons).toEqual({
      'no lap number': 1,
      'no driver': 1,
      'no race': 1,
      'no lap time': 1,
      'lap stated before': 1,
      'quotes are not closed': 1,
    });
    expect(skipped.examples[0]).toEqual({ file: 'file-0.csv', line: 14, reason: 'no lap number' });
  });

  it('[Y39] a result without laps is kept for the laps of another file, without times that cannot be', () => {
    const { races, official } = importErgast(resultPage('SprintResults'));
    expect(races).toEqual([]);
    expect(official?.map(({ car, code, totalTimeMs, status }) => [car, code, totalTimeMs, status])).toEqual([
      ['1', 'ABE', 368_108, 'classified'],
      ['2', 'BEA', 370_200, 'classified'],
      // An interval was added to the winner's time: it stands behind a car that took longer.
      ['3', undefined, undefined, 'classified'],
      ['4', undefined, undefined, 'did-not-finish'],
    ]);
    expect(importErgast(...lapPages(TIMES, 50), resultPage('Results')).official).toBeUndefined();
    expect(importErgast(...lapPages(TIMES, 50), resultPage('SprintResults')).official).toHaveLength(4);
  });

  it('[Y30] tables and pages are recognised by what is in them, and no others', () => {
    const formats = (text: string) => {
      const importer = createImporter();
      const file = importer.open('x');
      file.write(Buffer.from(text));
      file.end();
      return ergast.recognises({ name: 'x', bytes: Buffer.from(text), text });
    };
    for (const text of [...whole, stopPage(), table(STOP_COLUMNS)]) expect(formats(text)).toBe(true);
    expect(formats('NUMBER;LAP_NUMBER;LAP_TIME;ELAPSED\n')).toBe(false);
    expect(formats('car,lap,time\n1,1,1:30.0\n')).toBe(false);
    expect(formats('{"a":1}')).toBe(false);
  });

  it('[Y39] a result of qualifying alone is a session, by parts, in the order of the result', () => {
    const columns = 'qualifyId,raceId,driverId,constructorId,number,position,q1,q2,q3';
    const rows = [
      [1, 7001, 3, 901, 53, 1, '1:31.000', '1:30.500', '1:29.900'],
      [2, 7001, 1, 901, 51, 2, '1:30.000', '1:30.100', '1:29.900'],
      [3, 7001, 4, 902, 54, 3, '1:30.800', '1:31.900', '\\N'],
      [4, 7001, 2, 902, 52, 4, '1:32.000', '\\N', '\\N'],
      [5, 7001, 9, 902, 59, 5, '\\N', '\\N', '\\N'],
    ];
    const race = onlyRace(importErgast(table(columns, ...rows), DRIVERS, RACES));
    expect(race.manifest).toMatchObject({
      kind: 'qualifying',
      event: 'Freedonian Grand Prix',
      parts: [{ name: 'Q1', advancing: 3 }, { name: 'Q2', advancing: 2 }, { name: 'Q3' }],
    });
    expect(parseManifest(race.manifest)).toMatchObject({ ok: true });
    expect(race.events.filter((event) => !parseRaceEvent(event).ok)).toEqual([]);
    expect(resultOf(race).map(({ car, status, bestLapTimeMs }) => [car, status, bestLapTimeMs])).toEqual([
      ['53', 'classified', 89_900],
      ['51', 'classified', 89_900],
      ['54', 'classified', 90_800],
      ['52', 'classified', 92_000],
      ['59', 'not-classified', undefined],
    ]);
    expect(importErgast(table(columns, ...rows), ...whole).races.map(({ manifest }) => manifest.kind)).toEqual([
      'race',
    ]);
  });

  it('[Y30] copies of the tables with underlines in their names are the same', () => {
    const renamed = lapTable(TIMES).replace('raceId,driverId', 'race_id,driver_id');
    expect(onlyRace(importErgast(renamed)).events).toEqual(onlyRace(importErgast(lapTable(TIMES))).events);
  });

  it('[Y38] 200,000 spoilt lines, cut anywhere, are races or are refused', { timeout: 120_000 }, () => {
    const many = Object.fromEntries(
      Array.from({ length: 12 }, (_, driver) => [
        driver + 1,
        Array.from({ length: 40 }, (__, lap) => 90_000 + driver * 90 + ((lap * 37) % 400)),
      ]),
    );
    const stops = table(
      STOP_COLUMNS,
      ...Array.from({ length: 12 }, (_, index) => [7001, index + 1, 1, 12 + index, '15:05:23', '22.125', 22_125]),
    );
    const report = fuzzFormat(ergast, {
      samples: [lapTable(many), stops, RESULTS, DRIVERS, lapPages(many, 100)[0] ?? '', resultPage('Results')].map(
        (content, index) => ({ name: `${index}.csv`, content }),
      ),
    });
    expect(report.races).toBeGreaterThan(report.files / 12);
    expect(report.skipped).toBeGreaterThan(1000);
    const columns = 'qualifyId,raceId,driverId,constructorId,number,position,q1,q2,q3';
    const rows = Array.from({ length: 20 }, (_, index) => {
      return [index, 7001, index + 1, 901, 50 + index, index + 1, '1:31.000', index < 15 ? '1:30.5' : '\\N', '\\N'];
    });
    const contents = [table(columns, ...rows), DRIVERS, qualifyingPage()];
    const samples = contents.map((content, index) => ({ name: `${index}.csv`, content }));
    const alone = fuzzFormat(ergast, { samples, lines: 40_000 });
    expect(alone.races).toBeGreaterThan(alone.files / 12);
  });
});
