import { importAlKamel } from '@pitboard/server/sources/al-kamel/import-al-kamel.ts';
import { NoRaceError } from '@pitboard/server/sources/import/imported-race.ts';
import { parseManifest, parseRaceFact } from '@pitboard/shared/protocol/parse.ts';
import { classify } from '@pitboard/shared/race/classification.ts';
import { createRaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lapSheet, SMALL_RACE, sheet } from './sheet-builder.ts';

const RESULTS = sheet(
  ['POSITION', 'NUMBER', 'STATUS', 'LAPS', 'TOTAL_TIME', 'DRIVER1_FIRSTNAME', 'DRIVER1_SECONDNAME'],
  [
    ['1', '01', 'Classified', '3', '4:57.000', 'Ann', 'Lee'],
    ['2', '1', 'Classified', '3', '5:36.000', '', ''],
  ],
);

const PIECES = [
  '',
  ';',
  '"',
  '\n',
  '\r',
  '\u0000',
  ':',
  '-',
  '0',
  '99999999',
  '__proto__',
  'B',
  'FF',
  '🏁',
  '\uFEFF',
  ' ',
];

/** A place in the text, what is cut out there, and what is put in. */
const damage = fc.tuple(
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.nat(30),
  fc.oneof(fc.constantFrom(...PIECES), fc.string()),
);

function damaged(text: string, damages: readonly (readonly [number, number, string])[]): string {
  return damages.reduce((current, [share, cut, put]) => {
    const at = Math.floor(share * current.length);
    return current.slice(0, at) + put + current.slice(at + cut);
  }, text);
}

describe('I. Imports', () => {
  it('[I3] damaged files give facts that hold, or are refused, whatever the damage', () => {
    fc.assert(
      fc.property(fc.array(damage, { maxLength: 8 }), fc.array(damage, { maxLength: 4 }), (inLaps, inResults) => {
        const files = [damaged(lapSheet(SMALL_RACE), inLaps), damaged(RESULTS, inResults)];
        let race: ReturnType<typeof importAlKamel>;
        try {
          race = importAlKamel(files.map((text) => ({ name: text.slice(0, 40), chunks: [text] })));
        } catch (error) {
          expect(error).toBeInstanceOf(NoRaceError);
          return;
        }
        expect(parseManifest(race.manifest)).toMatchObject({ ok: true });
        const bad = race.events.flatMap(({ seq: _, ...fact }) => {
          const parsed = parseRaceFact(fact);
          return parsed.ok ? [] : [parsed.problem, fact];
        });
        expect(bad).toEqual([]);
        const timeline = createRaceTimeline(race.manifest);
        timeline.append(race.events);
        expect(classify(timeline.viewAt(timeline.headAtMs)).length).toBeGreaterThan(0);
      }),
      { numRuns: 400 },
    );
  });
});
