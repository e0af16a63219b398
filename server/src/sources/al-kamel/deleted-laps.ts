import type { LapRow } from './lap-row.ts';

/**
 * Laps that the officials deleted: those that would be a car's best and are faster than the one that is marked so. A car
 * without a mark has no valid lap. Empty where the file marks none at all.
 */
export function findDeletedLaps(cars: ReadonlyMap<string, readonly LapRow[]>): readonly LapRow[] {
  const isMarked = [...cars.values()].some((laps) => laps.some(({ isOfficialBest }) => isOfficialBest === true));
  if (!isMarked) return [];
  return [...cars.values()].flatMap((laps) => {
    const bestMs = laps.find(({ isOfficialBest }) => isOfficialBest === true)?.lapTimeMs ?? Number.POSITIVE_INFINITY;
    return laps.filter((lap, index) => {
      if (lap.lap === 1 || lap.endsInPit || laps[index - 1]?.endsInPit === true) return false;
      return lap.lapTimeMs !== undefined && lap.lapTimeMs < bestMs;
    });
  });
}
