import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { crewIdsOf } from './crews.ts';
import type { LapRow } from './lap-row.ts';
import type { ResultRow } from './result-row.ts';

type Cars = ReadonlyMap<string, readonly LapRow[]>;

/** Laps of a car in a race: where none of so many is marked, the marked one is missing from the file. */
const NEVER_ALL_DELETED = 3;

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
    const result = stated.get(car);
    const marked = laps.find(({ isOfficialBest }) => isOfficialBest === true);
    const isMarkLost = marked === undefined && isRace && laps.filter(counts).length >= NEVER_ALL_DELETED;
    const isJudged = isMarked && !isMarkLost;
    const isKnown = isJudged || (isStated && stated.has(car));
    const lap = isJudged ? marked : isKnown ? statedBest(laps, result) : fastestOf(laps);
    const bestMs = isJudged ? marked?.lapTimeMs : result?.bestLapMs;
    const limitMs = isKnown ? (bestMs ?? Number.POSITIVE_INFINITY) : 0;
    // Of two equal laps the earlier is the best, unless it was deleted.
    const isBetter = (other: LapRow) =>
      isFaster(other, limitMs) || (other.lapTimeMs === bestMs && other.lap < (lap?.lap ?? 0));
    deleted.push(...laps.filter((each, index) => counts(each, index) && (each.isDeleted || isBetter(each))));
    if (lap?.lapTimeMs === undefined || lap.isDeleted || counts(lap, laps.indexOf(lap))) continue;
    const driver = crewIdsOf(laps, result?.drivers)(lap);
    facts.push({
      ...{ type: 'best-lap-reported', atMs: lap.endMs, car, lapTimeMs: lap.lapTimeMs, lapNumber: lap.lap },
      ...(driver === undefined ? {} : { driver }),
    });
  }
  return { deleted, facts };
}

/** The lap that the result calls the best: by its number too, where that is stated. */
function statedBest(laps: readonly LapRow[], result: ResultRow | undefined): LapRow | undefined {
  if (result?.bestLapMs === undefined) return undefined;
  const equal = laps.filter(({ lapTimeMs }) => lapTimeMs === result.bestLapMs);
  return equal.find(({ lap }) => lap === result.bestLap) ?? equal[0];
}

/** What timing companies take for the best of a car where nothing is decided: a lap from the pits counts too, if there is no faster. */
function fastestOf(laps: readonly LapRow[]): LapRow | undefined {
  const timed = laps.filter(({ lap, endsInPit, isDeleted }) => lap > 1 && !endsInPit && !isDeleted);
  return timed.reduce<LapRow | undefined>(
    (best, lap) => (isFaster(lap, best?.lapTimeMs ?? Number.POSITIVE_INFINITY) ? lap : best),
    undefined,
  );
}

function countsForBest(lap: LapRow, before: LapRow | undefined, isRace: boolean): boolean {
  return !(lap.lap === 1 && isRace) && !lap.endsInPit && before?.endsInPit !== true;
}

function isFaster({ lapTimeMs }: LapRow, limitMs: number): boolean {
  return lapTimeMs !== undefined && lapTimeMs < limitMs;
}
