import { timing71Replay } from '@pitboard/server/sources/timing71/timing71-replay.ts';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { fuzzFormat } from '../fuzz.ts';
import { green, keyframes, line, NOON, SERVICE } from './replay-builder.ts';

const MESSAGES = [[NOON + 100, 'Race Control', 'Car 7 under investigation', 'raceControl', '7']];

/** Two cars for three laps, a stop, a yellow flag: keyframes, and changes between. */
function sample(level: 0 | 6): Uint8Array {
  const files: Record<string, unknown> = { 'manifest.json': { ...SERVICE, trackDataSpec: ['Air temp'] } };
  for (let lap = 0; lap < 4; lap++) {
    const seconds = 90 * lap;
    const cars = [
      line('7', { laps: lap, last: 89.5 + lap, best: [89.5, 'sb'], driver: ['ROWE, Ida', 'Gold'], class: 'Pro' }),
      line('08', { laps: lap, last: 89.9, gap: 1.25 * lap, int: '1 lap', state: lap === 2 ? 'PIT' : 'RUN', pits: lap }),
    ];
    const session = green(seconds, { timeRemain: 3600 - seconds, trackData: ['21°C'], lapsRemain: 9 - lap });
    Object.assign(files, keyframes({ [seconds]: { cars, session, messages: MESSAGES } }));
    files[`${String(NOON + seconds + 3).padStart(11, '0')}i.json`] = {
      cars: [
        ['change', [1, 1], ['RUN', 'STOP']],
        ['remove', [0], [[9, 0]]],
        ['add', [0], [[9, 1]]],
      ],
      session: [['change', 'flagState', ['green', 'sc']]],
      messages: [],
      highlight: ['7'],
    };
  }
  const packed = Object.entries(files).map(([name, content]) => [name, strToU8(JSON.stringify(content))] as const);
  return zipSync(Object.fromEntries(packed), { level });
}

describe('Y. Timing71 and the others', () => {
  // Packed, a wrong byte mostly damages a file; as it is, it changes what the file says.
  it.each([
    [0, 200_000],
    [6, 50_000],
  ] as const)(
    '[Y24] spoilt replays do no harm, packed by level %i',
    (level, lines) => {
      const report = fuzzFormat(timing71Replay, { samples: [{ name: 'replay.zip', content: sample(level) }], lines });
      expect(report.lines).toBeGreaterThanOrEqual(lines);
      expect(report.races).toBeGreaterThan(report.files / 4);
      expect([report.skipped, report.refused].every((count) => count > 0)).toBe(true);
      expect(report.events).toBeGreaterThan(report.races * 10);
    },
    120_000,
  );
});
