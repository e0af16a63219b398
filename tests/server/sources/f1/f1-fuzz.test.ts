import { f1Files } from '@pitboard/server/sources/f1/f1-files.ts';
import { f1 } from '@pitboard/server/sources/f1/f1-protocol.ts';
import { describe, expect, it } from 'vitest';
import { fuzzFeed, fuzzFormat } from '../fuzz.ts';
import { asJson, asPython, asStreams, raceLines, type ScriptLine, START_MS } from './feed-script.ts';

const LINES: readonly ScriptLine[] = raceLines(
  [
    START_MS - 5000,
    'TimingAppData',
    { Lines: { '7': { GridPos: '1', Stints: [{ Compound: 'SOFT', New: 'true', StartLaps: 0 }] } } },
  ],
  [
    START_MS + 5000,
    'WeatherData',
    { AirTemp: '20.5', Humidity: '50', WindSpeed: '1.1', WindDirection: '10', Rainfall: '0' },
  ],
  [
    START_MS + 6000,
    'ExtrapolatedClock',
    { Utc: '2031-05-04T12:10:06.000Z', Remaining: '01:59:54', Extrapolating: true },
  ],
  [
    START_MS + 7000,
    'RaceControlMessages',
    {
      Messages: [
        {
          Utc: '2031-05-04T12:10:07',
          Category: 'Flag',
          Flag: 'YELLOW',
          Scope: 'Sector',
          Sector: 3,
          Message: 'YELLOW IN TRACK SECTOR 3',
        },
      ],
    },
  ],
  [
    START_MS + 8000,
    'RaceControlMessages',
    {
      Messages: {
        '1': {
          Utc: '2031-05-04T12:10:08',
          Category: 'Other',
          Message: 'FIA STEWARDS: 5 SECOND TIME PENALTY FOR CAR 7 (OKE) - TRACK LIMITS',
        },
      },
    },
  ],
  [START_MS + 9000, 'SessionData', { StatusSeries: [{ Utc: '2031-05-04T12:10:00.000Z', SessionStatus: 'Started' }] }],
  [
    START_MS + 20_000,
    'TimingData',
    { Lines: { '4': { InPit: true, Retired: true, BestLapTime: { Value: '1:20.000', Lap: 1 } } } },
  ],
  [
    START_MS + 30_000,
    'TimingData',
    {
      SessionPart: 2,
      NoEntries: [20, 15, 10],
      Lines: { '4': { KnockedOut: true, BestLapTime: { Value: '', _deleted: ['Lap'] } } },
    },
  ],
);

describe('J. Formula 1: spoilt', () => {
  it('[J30] spoilt archives and recordings are read or refused, and never do harm', () => {
    const streams = asStreams(LINES).map(({ name, text }) => ({ name, content: text }));
    const archive = fuzzFormat(f1Files, { samples: streams, lines: 120_000 });
    const recording = fuzzFormat(f1Files, { samples: [{ name: 'a.txt', content: asPython(LINES) }], lines: 80_000 });
    for (const report of [archive, recording]) {
      expect(report.races).toBeGreaterThan(report.refused);
      expect(report.skipped).toBeGreaterThan(1000);
    }
  }, 300_000);
  it('[J30] a spoilt feed is listened to all the same', () => {
    const report = fuzzFeed(f1, { samples: [{ name: 'live', content: asJson(LINES) }] });
    expect(report.races).toBeGreaterThan(50);
    expect(report.events).toBeGreaterThan(1000);
  }, 300_000);
});
