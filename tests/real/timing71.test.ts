import { sessionResult } from '@pitboard/server/results/session-result.ts';
import type { ImportedRace } from '@pitboard/server/sources/import/imported-race.ts';
import { writeTiming71Replay } from '@pitboard/server/sources/timing71/replay-writer.ts';
import { describe, expect, it } from 'vitest';
import { readZip } from '../server/sources/timing71/replay-builder.ts';
import { AL_KAMEL_RACES, importReal, NO_REAL_DATA, realDataFolder } from './real-data.ts';

/** Laps alone: a screen knows nothing of what is decided after the race. */
const RACES = AL_KAMEL_RACES.map(({ facts, files }) => ({ name: facts, file: files[0] }));
/** A flag is told by the frame that shows it, and a day of racing has a frame every other second. */
const FRAME_MS = 2000;

const NOTHING_SKIPPED = { lines: 0, reasons: {}, examples: [] };

function resultOf(race: ImportedRace) {
  const { classification, fastestLap, leadChanges, flags } = sessionResult(race, NOTHING_SKIPPED);
  return { result: { classification, fastestLap, leadChanges }, flags };
}

const suffix = realDataFolder === undefined ? ` (${NO_REAL_DATA})` : '';

describe.skipIf(realDataFolder === undefined)(`Y. Timing71 and the others: real races${suffix}`, () => {
  it.each(RACES)(
    '[Y20] the real race $name, as a replay and back, has the same result line by line',
    ({ file }) => {
      const race = importReal([file]);
      const { races, skipped } = readZip(Buffer.concat([...writeTiming71Replay(race)]));
      expect(skipped.lines).toBe(0);
      const [before, after] = [resultOf(race), resultOf(races[0] as ImportedRace)];
      expect(after.result).toEqual(before.result);
      expect(after.flags.map(({ flag }) => flag)).toEqual(before.flags.map(({ flag }) => flag));
      after.flags.forEach(({ atMs }, index) => {
        expect(Math.abs(atMs - (before.flags[index]?.atMs ?? 0))).toBeLessThanOrEqual(FRAME_MS);
      });
    },
    240_000,
  );
});
