import { absentEntries } from '@pitboard/server/sources/import/absent-cars.ts';
import { addOfficialResults } from '@pitboard/server/sources/import/add-official.ts';
import type { OfficialLine } from '@pitboard/server/sources/import/imported-race.ts';
import { officialResult } from '@pitboard/shared/race/official-result.ts';
import { createRaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import { describe, expect, it } from 'vitest';
import { aRace } from '../../../race-script.ts';

const official: readonly OfficialLine[] = [
  { car: '1', position: 1, status: 'classified', laps: 3 },
  { car: '2', position: 2, status: 'classified', laps: 3 },
  { car: '3', position: 3, status: 'classified', laps: 3 },
  { car: '44', lastName: 'Home', code: 'HOM', position: 4, status: 'did-not-finish', laps: 0, reason: 'Accident' },
  { car: '45', lastName: 'Bed', status: 'did-not-start', laps: 0 },
];

describe('Y. Timing71 and the others', () => {
  it('[Y41] cars that stand in the result without a lap, and that nobody saw, are entered', () => {
    const script = aRace()
      .start()
      .laps('1', 0, 100, 199, 299)
      .laps('2', 1, 101, 201, 302)
      .laps('3', 2, 103, 204, 306)
      .flag('chequered', 298);
    const given = { manifest: script.manifest, events: script.events() };
    const { races } = addOfficialResults([{ races: [given] }, { races: [], official }]);
    const [race = given] = races;
    expect(race.manifest.entries.slice(3)).toEqual([
      { car: '44', drivers: [{ id: 'home', lastName: 'Home', code: 'HOM' }] },
      { car: '45', drivers: [{ id: 'bed', lastName: 'Bed' }] },
    ]);
    const timeline = createRaceTimeline(race.manifest);
    timeline.append(race.events);
    const lines = officialResult(timeline.viewAt(timeline.headAtMs)).map(({ car, status }) => `${car} ${status}`);
    expect(lines.slice(3)).toEqual(['44 did-not-finish', '45 did-not-start']);
    const unseen = timeline.viewAt(50_000).state.cars.find(({ car }) => car === '44');
    expect(unseen).toMatchObject({ status: 'retired', outcome: { reason: 'Accident' } });
  });

  it('[Y41] a car with a lap that nobody saw, one that is entered, and one with another number are not', () => {
    const entries = [{ car: '1', drivers: [{ id: 'a', lastName: 'Away' }] }];
    const seen = [{ car: '1', lastName: 'Away' }];
    const lines: readonly OfficialLine[] = [
      { car: '7', lastName: 'Lap', laps: 1 },
      { car: '1', lastName: 'Other', laps: 0 },
      { car: '9', lastName: 'Away', laps: 0 },
      { lastName: 'Nobody', laps: 0 },
      { car: 'a number with spaces', laps: 0 },
    ];
    expect(absentEntries(entries, lines, seen)).toEqual([]);
    expect(absentEntries(entries, [{ car: '8', lastName: 'Éve', code: 'no' }], seen)).toEqual([
      { car: '8', drivers: [] },
    ]);
  });
});
