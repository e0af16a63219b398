import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import type { WeatherRow } from './weather-row.ts';

/** A file of another day says nothing of this race. */
const FARTHEST_MS = 864_000_000;

/** Weather by race time; without the start, from its own beginning. */
export function weatherFacts(rows: readonly WeatherRow[], startEpochMs: number | undefined): readonly RaceFact[] {
  const zeroMs = startEpochMs ?? rows[0]?.epochMs ?? 0;
  return rows.flatMap(({ epochMs, weather }): RaceFact[] => {
    const atMs = epochMs - zeroMs;
    return Math.abs(atMs) > FARTHEST_MS ? [] : [{ type: 'weather', atMs, ...weather }];
  });
}
