import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { crewIdsOf } from './crews.ts';
import type { LapRow } from './lap-row.ts';
import type { ResultRow } from './result-row.ts';

type Cars = ReadonlyMap<string, readonly LapRow[]>;

type BestLaps = {
  /** Laps that the officials deleted, and those that the file says were. */
  readonly deleted: readonly LapRow[];
  /** Bests that are not counted by themselves: laps to and from the pits, and the first one. */
  readonly facts: readonly RaceFact[];
};

/**
 * What officials decided on lap times. A lap was deleted that would be a car's best and is faster than the one that is
 * marked as such, or, where the laps mark none, than the one that the result states; a car without either has no valid lap.
 */
export function judgeLaps(cars: Cars, results: readonly ResultRow[], isRace: boolean): BestLaps {
  const isMarked = [...cars.values()].some((laps) => laps.some(({ isOfficialBest }) => isOfficialBest === true));
  const stated = new Map(results.map((result) => [result.car, result]));
  const isStated = results.some(({ bestLapMs }) => bestLapMs !== undefined);
  const deleted: LapRow[] = [];
  const facts: RaceFact[] = [];
  for (const [car, laps] of cars) {
    const counts = (lap: LapRow, index: number) => countsForBest(lap, laps[index - 1], isRace);
    const bestMs = isMarked ? laps.find((lap) => lap.isOfficialBest === true)?.lapTimeMs : stated.get(car)?.bestLapMs;
    const isKnown = isMarked || (isStated && stated.has(car));
    const limitMs = isKnown ? (bestMs ?? Number.POSITIVE_INFINITY) : 0;
    deleted.push(...laps.filter((lap, index) => counts(lap, index) && (lap.isDeleted || isFaster(lap, limitMs))));
    const best = bestMs === undefined ? undefined : laps.findIndex((lap) => lap.lapTimeMs === bestMs);
    const lap = best === undefined ? undefined : laps[best];
    if (lap?.lapTimeMs === undefined || best === undefined || lap.isDeleted || counts(lap, best)) continue;
    const driver = crewIdsOf(laps, stated.get(car)?.drivers)(lap);
    facts.push({
      ...{ type: 'best-lap-reported', atMs: lap.endMs, car, lapTimeMs: lap.lapTimeMs, lapNumber: lap.lap },
      ...(driver === undefined ? {} : { driver }),
    });
  }
  return { deleted, facts };
}

function countsForBest(lap: LapRow, before: LapRow | undefined, isRace: boolean): boolean {
  return !(lap.lap === 1 && isRace) && !lap.endsInPit && before?.endsInPit !== true;
}

function isFaster({ lapTimeMs }: LapRow, limitMs: number): boolean {
  return lapTimeMs !== undefined && lapTimeMs < limitMs;
}
