import { resultJson, sessionResult } from '@pitboard/server/results/session-result.ts';
import { describe, expect, it } from 'vitest';
import { randomRace, randomRaceManifest } from '../../random-race.ts';

const RACES = 60;
const LENGTH_MS = 900_000;

describe('B. Files brought in', () => {
  it('[B41] of any race the places are 1, 2, 3 without a hole, officially and on the road, at the end and before', () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    for (let round = 0; round < RACES; round++) {
      const manifest = randomRaceManifest();
      const { events } = randomRace(seed + round, LENGTH_MS);
      const atMs = round % 2 === 0 ? undefined : (LENGTH_MS * round) / RACES;
      const result = sessionResult({ manifest, events }, { lines: 0, reasons: {}, examples: [] }, atMs);
      const text = `seed ${seed + round} at ${atMs}`;
      const placesOf = (key: 'position' | 'positionOnRoad') => result.classification.flatMap((car) => car[key] ?? []);
      const count = (places: readonly number[]) => places.map((_, index) => index + 1);
      expect(placesOf('position'), text).toEqual(count(placesOf('position')));
      expect(
        placesOf('positionOnRoad').toSorted((one, other) => one - other),
        text,
      ).toEqual(count(placesOf('positionOnRoad')));
      expect(new Set(result.classification.map(({ car }) => car)).size, text).toBe(result.classification.length);
      expect(result.classification.length, text).toBeGreaterThanOrEqual(manifest.entries.length);
      for (const { gapMs, lapsDown, position } of result.classification) {
        expect(gapMs ?? 0, text).toBeGreaterThanOrEqual(0);
        expect(lapsDown ?? 0, text).toBeGreaterThanOrEqual(0);
        if (position === 1 && gapMs !== undefined) expect(gapMs, text).toBe(0);
      }
      expect(JSON.parse(resultJson(result)), text).toMatchObject({ session: { kind: manifest.kind } });
    }
  });
});
