import { alKamel } from '@pitboard/server/sources/al-kamel/import-al-kamel.ts';
import { describe, expect, it } from 'vitest';
import { fuzzFormat } from '../fuzz.ts';
import { type LapNote, lapSheet, sheet } from './sheet-builder.ts';

const CARS = ['01', '1', '007', '23', '91'];
const LAPS = 60;

const clock = (ms: number) =>
  `${Math.floor(ms / 3_600_000)}:${String(Math.floor(ms / 60_000) % 60).padStart(2, '0')}:${((ms % 60_000) / 1000).toFixed(3).padStart(6, '0')}`;

/** Sixty laps of five cars, with stops, changes of driver, a safety car and the flag. */
const notes: readonly LapNote[] = CARS.flatMap((car, place) => {
  let elapsedMs = 0;
  return Array.from({ length: LAPS }, (_, index): LapNote => {
    const stops = Math.floor((index + place) / 20);
    const lapMs = 95_000 + place * 120 + ((index * 37) % 900) + ((index + place) % 20 === 0 ? 45_000 : 0);
    elapsedMs += lapMs;
    return {
      car,
      lap: index + 1,
      lapTime: clock(lapMs),
      elapsed: clock(elapsedMs),
      sectors: ['30.000', '35.000', clock(lapMs - 65_000)],
      inPit: (index + place) % 20 === 19,
      pitTime: (index + place) % 20 === 0 ? '0:01:05.500' : '',
      driverNumber: String(1 + (stops % 2)),
      driver: stops % 2 === 0 ? 'Ann LEE' : 'Bo DE WIT',
      flag: index === LAPS - 1 ? 'FF' : index > 30 && index < 36 ? 'SF' : 'GF',
    };
  });
});

const results = sheet(
  ['POSITION', 'NUMBER', 'STATUS', 'LAPS', 'TOTAL_TIME', 'DRIVER1_FIRSTNAME', 'DRIVER1_SECONDNAME'],
  CARS.map((car, place) => [String(place + 1), car, 'Classified', String(LAPS), '1:38:00.000', 'Ann', 'Lee']),
);

const control = sheet(
  ['TIME', 'ELAPSED', 'REC_TYPE', 'FLAG', 'SECTOR', 'MESSAGE', 'LAP'],
  Array.from({ length: 80 }, (_, index) => [
    ...[`14:${String(index % 60).padStart(2, '0')}:10.000`, clock(index * 60_000 + 10_000)],
    ...[['GF', 'SF', 'FCY', 'RF'][index % 8] ?? 'RCMessage', '', String(index % 5)],
    ...[
      ['Car 01: Penalty - Contact - Drive Through', 'CAR 23 SPUN', 'Cars 1, 007: Penalty - Speed - 30 sec'][
        index % 3
      ] ?? '',
    ],
    '0',
  ]),
);
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
  Array.from({ length: 80 }, (_, index) => [
    String(1_900_000_000 + index * 60),
    '',
    '70.5',
    '90',
    '61',
    '29.8',
    '3.5',
    '117',
    '-1',
  ]),
);
const byClass = sheet(
  ['CLASS_TYPE', 'POS', 'PIC', 'NUMBER', 'TEAM', 'VEHICLE', 'DRIVERS', 'LAPS', 'ELAPSED'],
  CARS.map((car, place) => [
    'GT',
    String(place + 1),
    String(place + 1),
    car,
    'Team',
    'Make GT',
    'Ann LEE / Bo DOE',
    String(LAPS),
    '',
  ]),
);
const cards = JSON.stringify({
  session: { event_name: 'Invented 500', session_name: 'Race', circuit: 'Sand Ring' },
  participants: CARS.map((number) => ({
    ...{
      number,
      team: 'Team',
      class: 'GT',
      drivers: [{ number: 1, firstname: 'Ann', surname: 'Lee', license: 'Gold' }],
    },
    laps: notes
      .filter(({ car }) => car === number)
      .map(({ lap, lapTime, elapsed, inPit }) => ({
        ...{ number: lap, driver_number: 1, time: lapTime, session_elapsed: elapsed, is_valid: lap % 9 !== 0 },
        crossing_pit_finish_lane: inPit,
      })),
  })),
});

describe('I. Imports', () => {
  it('[I3] 200,000 spoilt lines, cut anywhere, are a race or are refused', () => {
    const report = fuzzFormat(alKamel, {
      samples: [
        { name: 'laps.csv', content: lapSheet(notes) },
        { name: 'results.csv', content: results },
      ],
    });
    expect(report.lines).toBeGreaterThanOrEqual(200_000);
    expect(report.races).toBeGreaterThan(report.files / 4);
    expect(report.skipped).toBeGreaterThan(1000);
  });

  it('[I3] the same with sheets of flags, weather and classes beside the laps', () => {
    const report = fuzzFormat(alKamel, {
      samples: [
        { name: '23_Analysis_Race_Hour 1.csv', content: lapSheet(notes.filter(({ lap }) => lap < 40)) },
        { name: '23_Analysis_Race.csv', content: lapSheet(notes) },
        { name: '25_FlagsAnalysisWithRCMessages_Race.csv', content: control },
        { name: '26_Weather_Race.csv', content: weather },
        { name: '05_Results by Class_Race.csv', content: byClass },
      ],
    });
    expect(report.races).toBeGreaterThan(report.files / 20);
    expect(report.skipped).toBeGreaterThan(1000);
  });

  it('[I3] the same with time cards in JSON', () => {
    const report = fuzzFormat(alKamel, { samples: [{ name: 'cards.json', content: Buffer.from(cards) }] });
    expect(report.refused).toBeGreaterThan(10);
    expect(report.races).toBeGreaterThan(10);
  });
});
