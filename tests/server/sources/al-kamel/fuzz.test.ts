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
});
