import { resultTable } from '@pitboard/server/results/result-table.ts';
import { sessionResult } from '@pitboard/server/results/session-result.ts';
import type { Skipped } from '@pitboard/server/sources/import/imported-race.ts';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import { describe, expect, it } from 'vitest';
import { aManifest } from '../../builders.ts';
import { aRace, type RaceScript } from '../../race-script.ts';

const LONG_TEAM = 'A team with a name that is longer than any team has ever had painted on its lorry, by far';
const NOTHING_SKIPPED: Skipped = { lines: 0, reasons: {}, examples: [] };

function tableOf(
  race: RaceScript,
  { skipped = NOTHING_SKIPPED, isPlain = true, atMs = undefined as number | undefined },
) {
  const { manifest } = race;
  return resultTable(sessionResult({ manifest, events: race.events() }, skipped, atMs), manifest, { atMs, isPlain });
}

function crews(...classes: readonly string[]): Pick<Manifest, 'entries' | 'classes'> {
  return {
    classes: [...new Set(classes)].map((id) => ({ id, name: id })),
    entries: aManifest().entries.map((entry, index) => ({ ...entry, class: classes[index] ?? 'A', team: LONG_TEAM })),
  };
}

function finished(manifest: Partial<Manifest> = {}): RaceScript {
  return aRace(manifest)
    .start()
    .flag('green', 0)
    .laps('1', 0, 100, 199, 296)
    .laps('2', 1, 102, 200, 299)
    .laps('3', 2, 110)
    .flag('chequered', 295)
    .retire('3', 150);
}

describe('B. Files brought in', () => {
  it('[B47] a table has a title, aligned columns and what its marks mean', () => {
    const race = finished().fact({
      ...{ type: 'penalty', atMs: 310_000, id: 'p', car: '1', state: 'given', sanction: { kind: 'time', ms: 5000 } },
    });
    expect(tableOf(race, {}).split('\n')).toEqual([
      'Test Event · Race · Test Ring',
      '3 cars, 3 laps, 0 lead changes',
      'Fastest lap: #1 1:37.000 on lap 3',
      'Flags: green 0:00:00, chequered 0:04:55',
      '',
      'Pos  Car  Driver    Laps  Time / gap  Best lap  on  Stops',
      '  1    2  Driver 2     3    4:59.000  1:38.000   2      0',
      '  2    1  Driver 1     3     +2.000*  1:37.000   3      0',
      '  3    3  Driver 3     1         DNF                    0',
      '',
      '* time added: #1 +5.000',
      'On the road: #1 was 1',
      'DNF: did not finish',
    ]);
  });

  it('[B47] it has a column of classes only where they differ, and is never wider than 100 characters', () => {
    const [one, several] = [tableOf(finished(crews('A', 'A', 'A')), {}), tableOf(finished(crews('A', 'B', 'A')), {})];
    expect(one).not.toContain('Class');
    expect(several).toMatch(/Pos {2}Car {2}Class {2}PIC {2}Team/);
    expect(several).toContain('…');
    for (const line of `${one}\n${several}`.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });

  it('[B47] of a car that was shut out its place on the road is told, not who moved up by it', () => {
    const race = finished().fact({ type: 'car-disqualified', atMs: 310_000, car: '1' });
    expect(tableOf(race, {})).toContain('\n\nOn the road: #1 was 1\nDNF: did not finish, DSQ: disqualified');
  });

  it('[B47] at a moment the newest loop makes the order, which moves nobody', () => {
    const race = aRace().start().laps('1', 0, 100, 199).laps('2', 1, 102, 200).cross('2', 'S1', 250);
    expect(tableOf(race, { atMs: 251_000 })).toMatch(/\n {2}1 {4}2 /);
    expect(tableOf(race, { atMs: 251_000 })).not.toContain('On the road');
  });

  it('[B47] a long note goes on in the next line, within reason', () => {
    const notesWith = (reasons: number) => {
      const entries = Array.from({ length: reasons }, (_, index) => [`reason number ${index}`, 1] as const);
      const skipped: Skipped = { lines: reasons, reasons: Object.fromEntries(entries), examples: [] };
      const lines = tableOf(finished(), { skipped }).split('\n');
      return lines.slice(lines.findIndex((line) => line.includes('left out:')));
    };
    expect(notesWith(5)).toEqual([
      '5 lines left out: reason number 0 (1), reason number 1 (1), reason number 2 (1),',
      '                  reason number 3 (1), reason number 4 (1)',
    ]);
    const many = notesWith(60);
    expect(many).toHaveLength(4);
    expect(many.at(-1)).toMatch(/, …$/);
    for (const line of many) expect(line.length).toBeLessThanOrEqual(100);
  });

  it('[B47] what was left out is told, and a moment says so', () => {
    const skipped: Skipped = { lines: 3, reasons: { 'no lap number': 2, 'line too long': 1 }, examples: [] };
    const text = tableOf(finished(), { skipped, atMs: 120_000 });
    expect(text).toContain('Test Ring · as it stood at 0:02:00\n');
    expect(text).toContain('\n3 lines left out: no lap number (2), line too long (1)');
  });

  it('[B47] the title names the series where the event does not, and a circuit that is the event once', () => {
    const titleOf = (manifest: Partial<Manifest>) => tableOf(finished(manifest), {}).split('\n')[0];
    expect(titleOf({ series: 'Endless Cup' })).toBe('Endless Cup · Test Event · Race · Test Ring');
    expect(titleOf({ series: 'test' })).toBe('Test Event · Race · Test Ring');
    expect(titleOf({ event: 'Test Ring' })).toBe('Test Ring · Race');
  });

  it('[B47] what was shown before the start is no flag of the race', () => {
    const race = finished().flag('yellow', -90).flag('green', -60).flag('safety-car', 40).flag('green', 60);
    expect(tableOf(race, {})).toContain(
      '\nFlags: green 0:00:00, safety car 0:00:40, green 0:01:00, chequered 0:04:55\n',
    );
  });

  it('[B47] of many flags it is told how often and how long they slowed the field', () => {
    const race = aRace().start().laps('1', 0, 100).flag('green', 0);
    for (let seconds = 10; seconds < 60; seconds += 10) race.flag('safety-car', seconds).flag('green', seconds + 4);
    race.flag('red', 70).flag('green', 85).flag('full-course-yellow', 95);
    expect(tableOf(race, { atMs: 98_000 })).toContain(
      '\nFlags: safety car 5 times for 0:00:20, red for 0:00:15, full-course yellow for 0:00:03\n',
    );
  });

  it('[B47] colours are for terminals', () => {
    expect(tableOf(finished(), {})).not.toContain('\u001b');
    expect(tableOf(finished(), { isPlain: false }).startsWith('\u001b[1mTest Event')).toBe(true);
  });
});
