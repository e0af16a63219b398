import { importAlKamel } from '@pitboard/server/sources/al-kamel/import-al-kamel.ts';
import { classify } from '@pitboard/shared/race/classification.ts';
import { officialResult } from '@pitboard/shared/race/official-result.ts';
import { describe, expect, it } from 'vitest';
import { eventsOf, importTexts, type LapNote, lapSheet, SMALL_RACE, sheet } from './sheet-builder.ts';
import { changed, clock, endOf, isLap, resultSheet, small } from './small-race.ts';

describe('I. Imports', () => {
  it('[I10] time added, laps removed, other places, who did not start and who was shut out make the official result', () => {
    const cars = ['1', '2', '3', '4', '5'];
    const laps = cars.map((car, index) => ({
      car,
      lap: 1,
      lapTime: clock(60 + index),
      elapsed: clock(60 + index),
      flag: 'FF',
    }));
    const rows = [
      ['1', '1', 'Classified', '1', '1:00.000'],
      ['2', '3', 'Classified', '1', '1:02.000'],
      ['3', '2', 'Classified', '1', '1:06.000'],
      ['4', '4', 'Classified', '1', '1:03.000'],
      ['', '5', 'Disqualified', '1', '1:04.000'],
      ['', '023', 'Not started', '0', ''],
      ['', '24', 'Withdrawn', '0', ''],
    ];
    const race = importTexts(lapSheet(laps), resultSheet(...rows));
    const official = officialResult(endOf(race));
    expect(official.map(({ car, position, status }) => `${car} ${position ?? '-'} ${status}`)).toEqual([
      '1 1 classified',
      '3 2 classified',
      '2 3 classified',
      '4 4 classified',
      '5 - disqualified',
      '023 - did-not-start',
      '24 - did-not-start',
    ]);
    expect(official[2]).toMatchObject({ totalTimeMs: 66_000, road: { position: 2, totalTimeMs: 61_000 } });
    const kinds = eventsOf(race, 'penalty').map(({ car, sanction }) => `${car} ${sanction.kind}`);
    expect(kinds).toHaveLength(2);
    expect(kinds).toContain('2 time');
  });

  it('[I10] a car that lost laps keeps the time of its last crossing', () => {
    const race = importTexts(
      lapSheet(SMALL_RACE),
      resultSheet(['1', '1', 'Classified', '3', '5:36.000'], ['2', '01', 'Classified', '2', '7:00.000']),
    );
    expect(eventsOf(race, 'penalty')).toMatchObject([{ car: '01', sanction: { kind: 'laps', laps: 1 } }]);
    expect(officialResult(endOf(race)).map(({ car, laps }) => [car, laps])).toEqual([
      ['1', 3],
      ['01', 2],
    ]);
  });

  it('[I10] a result that is the road\u2019s adds nothing', () => {
    const rows = [
      ['1', '01', 'Classified', '3', '4:57.000'],
      ['2', '1', 'Classified', '3', "5'36.000"],
    ];
    const race = importTexts(lapSheet(SMALL_RACE), resultSheet(...rows));
    expect(eventsOf(race, 'penalty')).toEqual([]);
    const { seq: _, ...last } = race.events.at(-1) ?? { seq: 0 };
    expect(last).toEqual({ type: 'order-reported', atMs: 337_000, cars: ['01', '1'] });
    expect(race.events.slice(0, -1)).toEqual(small.events);
  });

  it('[I10] the result tells whether a share of the laps and the flag are asked for', () => {
    const winner = ['1', '01', 'Classified', '3', '4:57.000'];
    const shortOfLaps = SMALL_RACE.filter(({ car, lap }) => car === '01' || lap === 1);
    const shortOfFlag = SMALL_RACE.map((note) => (isLap(note, '1', 3) ? { ...note, flag: 'GF' } : note));
    const rulesOf = (laps: readonly LapNote[], ...row: readonly string[]) =>
      importTexts(lapSheet(laps), resultSheet(winner, row)).manifest.rules;
    expect(rulesOf(shortOfLaps, '2', '1', 'Classified', '1', '1:41.000')).toEqual({ classifiedShare: 1 / 3 });
    expect(rulesOf(shortOfLaps, '', '1', 'Not classified', '1', '1:41.000')).toEqual({ classifiedShare: 0.7 });
    expect(rulesOf(shortOfFlag, '', '1', 'Retired', '3', '5:36.000')).toEqual({
      ...{ classifiedShare: 2 / 3, mustTakeFlag: true },
    });
    expect(small.manifest.rules).toBeUndefined();
  });

  it('[I25] the class that got furthest stands first', () => {
    const fields = SMALL_RACE.filter(({ car, lap }) => car === '1' || lap < 3);
    const { manifest } = importTexts(
      lapSheet(fields.map((note) => ({ ...note, class: note.car === '1' ? 'TOP' : 'LOW' }))),
    );
    expect(manifest.classes).toEqual([
      { id: 'TOP', name: 'TOP' },
      { id: 'LOW', name: 'LOW' },
    ]);
  });

  it('[I11] a classification with whole names and apostrophes in its times is read the same', () => {
    const columns = [
      'POSITION',
      'NUMBER',
      'TEAM',
      'DRIVER_1',
      'DRIVER_2',
      'VEHICLE',
      'CLASS',
      'STATUS',
      'LAPS',
      'TOTAL_TIME',
    ];
    const row = ['1', '01', 'Team', 'Ann LEE', 'Cy VAN DYK', 'Make GT', 'PRO/AM', 'Classified', '3', "5'02.000"];
    const race = importTexts(lapSheet(SMALL_RACE), sheet(columns, [row]));
    expect(race.manifest.entries[0]?.drivers).toEqual([
      { id: 'ann-lee', firstName: 'Ann', lastName: 'LEE' },
      { id: 'cy-van-dyk', firstName: 'Cy', lastName: 'VAN DYK' },
    ]);
    expect(eventsOf(race, 'penalty')).toMatchObject([{ car: '01', sanction: { kind: 'time', ms: 5000 } }]);
  });

  it('[I1] the name of the file is only a hint at the event and the kind of session', () => {
    const named = (name: string) => importAlKamel([{ name, chunks: [lapSheet(SMALL_RACE)] }]).manifest;
    expect(named('Results/gt_2023_fair-contest_202307221210-race-laps.csv')).toMatchObject({
      ...{ event: 'Fair Contest', series: 'GT', session: 'Race', kind: 'race', season: 2023 },
    });
    expect(named('23_Analysis_Qualifying 1.CSV')).toMatchObject({ kind: 'qualifying', session: 'Qualifying 1' });
    expect(named('23_Analysis_FP2.CSV').kind).toBe('practice');
    expect(named('wide bay 6h race.csv')).toMatchObject({ event: 'Wide Bay 6h', session: 'Race', kind: 'race' });
    expect(named('\u0000.csv')).toMatchObject({ event: 'Imported race', kind: 'race' });
  });

  it('[I11] a driver is one by his number in the crew, however he is spelled', () => {
    const race = importTexts(
      lapSheet([
        { car: '8', lap: 1, lapTime: '1:40.000', elapsed: '1:40.000', driver: 'Jose LOPEZ' },
        { car: '8', lap: 2, lapTime: '1:40.000', elapsed: '3:20.000', driver: 'José María LÓPEZ' },
        { car: '8', lap: 3, lapTime: '1:40.000', elapsed: '5:00.000', driver: '' },
        { car: '8', lap: 4, lapTime: '1:40.000', elapsed: '6:40.000', driver: 'Jose LOPEZ', driverNumber: '2' },
      ]),
    );
    expect(race.manifest.entries[0]?.drivers.map(({ id }) => id)).toEqual(['jose-lopez', 'jose-lopez-2']);
    expect(eventsOf(race, 'driver-changed')).toMatchObject([{ atMs: 300_000, driver: 'jose-lopez-2' }]);
  });

  it('[I11] car numbers stay as written, and results complete crews and cars', () => {
    const results = sheet(
      [
        'POSITION',
        'NUMBER',
        'STATUS',
        'LAPS',
        'TOTAL_TIME',
        'VEHICLE',
        'DRIVER1_FIRSTNAME',
        'DRIVER1_SECONDNAME',
        'DRIVER1_LICENSE',
        'DRIVER1_COUNTRY',
        'DRIVER2_FIRSTNAME',
        'DRIVER2_SECONDNAME',
      ],
      [['1', '01', 'Classified', '3', '4:57.000', 'Make GT', 'Ann', 'Lee', 'Gold', 'NOR', 'Kévin', 'Øst']],
    );
    const [first, second] = importTexts(lapSheet(SMALL_RACE), results).manifest.entries;
    expect([first?.car, second?.car]).toEqual(['01', '1']);
    expect(first).toMatchObject({ team: 'Team', make: 'Make', model: 'GT', class: 'PRO-AM' });
    expect(first?.drivers).toEqual([
      { id: 'ann-lee', firstName: 'Ann', lastName: 'Lee', category: 'gold', nationality: 'NOR' },
      expect.objectContaining({ firstName: 'Kévin', lastName: 'Øst' }),
    ]);
  });

  it('[I12] who is not there for the flag has retired, ten minutes after it was seen or when all are home', () => {
    const isGone = (note: LapNote) => isLap(note, '1', 3);
    const race = importTexts(lapSheet(SMALL_RACE.filter((note) => !isGone(note))));
    expect(eventsOf(race, 'car-retired')).toMatchObject([{ car: '1', atMs: 297_000 }]);
    expect(classify(endOf(race))[1]).toMatchObject({ car: '1', laps: 2, tookFlag: false });
    const noFlag = eventsOf(
      changed(() => ({ flag: 'GF' })),
      'car-retired',
    );
    expect(noFlag).toEqual([]);
  });

  it('[I12] who did the laps of a car that took the flag, and sooner, keeps its place before it', () => {
    const race = changed((note) => {
      if (isLap(note, '01', 3)) return { flag: 'GF' };
      return isLap(note, '1', 3) ? { flag: 'FF' } : {};
    });
    expect(eventsOf(race, 'car-retired')).toEqual([]);
    expect(classify(endOf(race)).map(({ car, tookFlag }) => [car, tookFlag])).toEqual([
      ['01', false],
      ['1', true],
    ]);
  });

  it('[I13] weather is placed by the clock, in our units; the start is a whole number of hours from UTC', () => {
    const weather = sheet(
      [
        'TIME_UTC_SECONDS',
        'TIME_UTC_STR',
        'AIR_TEMP',
        'TRACK_TEMP',
        'HUMIDITY',
        'PRESSURE',
        'WIND_SPEED',
        'WIND_DIRECTION',
        'RAIN',
      ],
      [
        ['1700000030', '', '50', '68', '61', '29.8', '10', '90', '-1'],
        ['1700000090', '', '', '', '', '', '', '', '-1'],
        ['x', '', '50', '', '', '', '', '', ''],
      ],
    );
    // 1,700,000,000 s is 22:13:20 UTC; the track lies two hours behind.
    const laps = SMALL_RACE.map((note) => ({ ...note, hour: note.elapsed === '1:40.000' ? '20:15:00.000' : '' }));
    const race = importTexts(lapSheet(laps), weather);
    expect(race.manifest.startEpochMs).toBe(1_700_000_000_000);
    expect(eventsOf(race, 'weather')).toEqual([
      expect.objectContaining({ atMs: 30_000, airCelsius: 10, trackCelsius: 20, windKph: 16.1, windDegrees: 90 }),
    ]);
    const early = importTexts(lapSheet(laps), weather.replace('1700000030', '1699999400'));
    expect(early.manifest.startEpochMs).toBe(1_700_000_000_000);
    expect(eventsOf(early, 'weather')[0]).toMatchObject({ atMs: -600_000 });
    expect(eventsOf(race, 'weather')[0]).not.toHaveProperty('rain');
    expect(race.skipped.reasons).toEqual({ 'no weather': 1, 'no time': 1 });
    const noPressure = (air: string) => weather.replace(';50;', `;${air};`).replace('29.8', '');
    expect(eventsOf(importTexts(lapSheet(laps), noPressure('68')), 'weather')[0]).toMatchObject({ airCelsius: 20 });
    expect(eventsOf(importTexts(lapSheet(laps), noPressure('21')), 'weather')[0]).toMatchObject({ airCelsius: 21 });
  });
});
