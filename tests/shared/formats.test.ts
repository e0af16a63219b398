import { driverFullName, driverLabel, driverSurname } from '@pitboard/shared/format/driver-name.ts';
import { formatGap } from '@pitboard/shared/format/gap.ts';
import { formatClock, formatDuration, formatLapTime, formatMinutes } from '@pitboard/shared/format/lap-time.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const WORDS = { lap: (lap: number) => `lap ${lap}`, laps: (laps: number) => `${laps} laps` };

describe('Q. Times and gaps as text', () => {
  it.each([
    [59_999.6, '1:00.000'],
    [59_999.4, '59.999'],
    [119_999.5, '2:00.000'],
    [3_599_999.5, '1:00:00.000'],
    [91_204, '1:31.204'],
    [58_104, '58.104'],
    [7, '0.007'],
    [3_751_204, '1:02:31.204'],
  ])('[Q1] %d ms is the lap time %s', (ms, text) => {
    expect(formatLapTime(ms)).toBe(text);
  });

  it('[Q1] seconds never read 60, in any format', () => {
    fc.assert(
      fc.property(fc.double({ min: -2e7, max: 2e7, noNaN: true }), (ms) => {
        for (const format of [formatLapTime, formatDuration, formatClock, formatMinutes]) {
          expect(format(ms)).not.toMatch(/(?:^|[:−])60(?:\.|$)|NaN|-/);
        }
      }),
    );
  });

  it.each([
    [-91_204, '−1:31.204'],
    [-0.4, '0.000'],
    [0, '0.000'],
  ])('[Q2] %d ms reads %s', (ms, text) => {
    expect(formatLapTime(ms)).toBe(text);
  });

  it('[Q2] a duration near zero has no sign', () => {
    expect(formatDuration(-49)).toBe('0.0');
    expect(formatDuration(-1500)).toBe('−1.5');
  });

  it.each([
    [2_114_999, '0:35:14'],
    [-90_000, '−0:01:30'],
    [-500, '−0:00:01'],
    [0, '0:00:00'],
    [86_400_000, '24:00:00'],
  ])('[Q3] %d ms is %s on the clock', (ms, text) => {
    expect(formatClock(ms)).toBe(text);
  });

  it.each([
    [53_149, '53.1'],
    [53_150, '53.2'],
    [59_960, '1:00.0'],
    [63_400, '1:03.4'],
  ])('[Q3] %d ms last %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  it('[Q3] minutes do not become hours', () => {
    expect(formatMinutes(7_510_900)).toBe('125:10');
    expect(formatMinutes(-1)).toBe('0:00');
  });

  it.each([
    [7031, 'measured', '+7.031'],
    [64_920, 'official', '+1:04.920'],
    [-412, 'measured', '−0.412'],
    [7099, 'provisional', '+7.0'],
    [59_999, 'provisional', '+59.9'],
    [64_990.7, 'provisional', '+1:04.9'],
    [7099, 'estimated', '+7.0'],
    [0, 'measured', '+0.000'],
  ] as const)('[Q4] %d ms, %s, reads %s', (ms, provenance, text) => {
    expect(formatGap({ kind: 'time', ms, provenance }, WORDS)).toBe(text);
  });

  it('[Q4] the leader, laps and unknown have words of their own', () => {
    expect(formatGap({ kind: 'leader', lap: 22 }, WORDS)).toBe('lap 22');
    expect(formatGap({ kind: 'laps', laps: -3, ms: 1, provenance: 'measured' }, WORDS)).toBe('3 laps');
    expect(formatGap({ kind: 'unknown' }, WORDS)).toBe('—');
  });

  it('[Q5] a driver is named by surname, or by the car', () => {
    const crew = [
      { id: 'v', firstName: 'Laurens', lastName: 'Vanthoor' },
      { id: 'b', lastName: 'Buhk' },
    ];
    const entry = { car: '007', drivers: crew };
    expect(driverLabel(entry, 'v')).toBe('VANTHOOR');
    expect(driverLabel(entry, 'nobody')).toBe('VANTHOOR');
    expect(driverLabel({ car: '007', drivers: [] }, 'v')).toBe('#007');
    expect(driverSurname(entry, 'b')).toBe('Buhk');
    expect(crew.map(driverFullName)).toEqual(['Laurens Vanthoor', 'Buhk']);
  });
});
