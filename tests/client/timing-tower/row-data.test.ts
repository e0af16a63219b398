import { wordsOf } from '@pitboard/client/i18n/words.ts';
import { gapText, intervalText, isHot, pitText, statusWord } from '@pitboard/client/timing-tower/row-data.ts';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { createRaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import { describe, expect, test } from 'vitest';
import { aManifest, aPassing, aStart, numbered } from '../../builders.ts';

const words = wordsOf('en');
const LEADER = { mode: 'leader', selectedCar: undefined } as const;

function raceAt(nowMs: number, facts: readonly RaceFact[], manifest: Partial<Manifest> = {}) {
  const timeline = createRaceTimeline(aManifest(manifest));
  timeline.append(numbered([aStart(), ...facts].toSorted((a, b) => a.atMs - b.atMs)));
  return timeline.viewAt(nowMs);
}

/** Whole laps of a car, by when it crossed each loop. */
const crossings = (car: string, times: readonly number[]) =>
  times.map((atMs, place) => aPassing({ car, atMs, loop: ['SF', 'S1', 'S2'][place % 3] as string }));
const every = (stepMs: number, count: number, fromMs: number) =>
  Array.from({ length: count }, (_, index) => fromMs + index * stepMs);

describe('Gaps in the tower', () => {
  const race = raceAt(186_000, [
    ...crossings('1', every(20_000, 10, 100)),
    ...crossings('2', every(20_050, 10, 600)),
    ...crossings('3', every(30_000, 7, 2000)),
  ]);

  test('[V2] the leader shows the lap it is on, the others time, a lapped car its laps', () => {
    expect(gapText(race, '1', LEADER, words)).toBe('lap 4');
    expect(gapText(race, '2', LEADER, words)).toBe('+0.950');
    expect(gapText(race, '3', LEADER, words)).toBe('1 lap');
  });

  test('[V2] a lapped car has its interval in seconds all the same', () => {
    expect(intervalText(race, '3', words)).toBe('+1:01.100');
    expect(intervalText(race, '1', words)).toBe('');
  });

  test('[V2] to a selected car, those ahead of it have a negative gap, and it has none', () => {
    const toTwo = { mode: 'selected', selectedCar: '2' } as const;
    expect(gapText(race, '1', toTwo, words)).toBe('−0.950');
    expect(gapText(race, '2', toTwo, words)).toBe('—');
    expect(gapText(race, '1', { mode: 'selected', selectedCar: '3' }, words)).toBe('−1 lap');
  });

  test('[V2] nothing is claimed of cars that have not crossed the line yet', () => {
    const grid = raceAt(-5000, []);
    expect(gapText(grid, '2', LEADER, words)).toBe('');
    expect(intervalText(grid, '2', words)).toBe('');
  });

  test('[V2] in the lane a car has a word for its gap, but out of races one with a best lap keeps that', () => {
    const facts: readonly RaceFact[] = [
      ...crossings('1', every(20_000, 7, 100)),
      ...crossings('2', every(20_000, 3, 200)),
      ...['1', '2'].map((car): RaceFact => ({ type: 'pit-entry', atMs: 130_000, car })),
    ];
    const inRace = raceAt(140_000, facts);
    expect(['1', '2'].map((car) => statusWord(inRace, car, words))).toEqual(['IN PIT', 'IN PIT']);
    const inPractice = raceAt(140_000, facts, { kind: 'practice' });
    expect(['1', '2'].map((car) => statusWord(inPractice, car, words))).toEqual([undefined, 'IN PIT']);
  });

  test('[V2] a gap that still grows is marked, and cut to the tenth', () => {
    const growing = raceAt(184_070, [
      ...crossings('1', every(20_000, 10, 100)),
      ...crossings('2', every(20_050, 9, 600)),
    ]);
    expect(gapText(growing, '2', LEADER, words)).toBe('+3.9~');
  });

  test('[V2] a fight is marked under a second, under green, from the third lap on', () => {
    expect(isHot(race, '2')).toBe(true);
    expect(isHot(race, '3')).toBe(false);
    expect(isHot(race, '1')).toBe(false);
    const early = raceAt(66_000, [...crossings('1', every(20_000, 4, 100)), ...crossings('2', every(20_000, 4, 600))]);
    expect(isHot(early, '2')).toBe(false);
  });
});

describe('Pit column', () => {
  const rules = { pitRules: { mandatoryStops: 1, windowOpensMs: 60_000, windowClosesMs: 180_000 } };
  const laps = crossings('1', every(20_000, 13, 100));
  const stop: RaceFact[] = [
    { type: 'pit-entry', atMs: 115_000, car: '1' },
    { type: 'pit-exit', atMs: 118_000, car: '1' },
  ];

  test('[V7] says what is owed from the opening of the window on, and that it was missed when it has shut', () => {
    expect(pitText(raceAt(50_000, laps, rules), '1', words)).toBe('');
    expect(pitText(raceAt(64_000, laps, rules), '1', words)).toBe('owes 1 stop');
    expect(pitText(raceAt(185_000, laps, rules), '1', words)).toBe('stop missed');
  });

  test('[V7] counts stops, and laps since', () => {
    expect(pitText(raceAt(116_000, [...laps, ...stop], rules), '1', words)).toBe('PIT');
    expect(pitText(raceAt(245_000, [...laps, ...stop], rules), '1', words)).toBe('1 stop · L3');
  });
});
