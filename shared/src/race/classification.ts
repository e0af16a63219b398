import type { Gap } from '../domain/gap.ts';
import type { CarNumber, ClassId } from '../domain/names.ts';
import type { ResultStatus } from '../domain/status.ts';
import type { Outcome } from './race-state.ts';
import type { RaceView } from './race-view.ts';
import { resultStatuses } from './result-status.ts';
import { type Tally, tallyRoad } from './tally.ts';

/** A line of a classification. */
export type ClassifiedCar = {
  readonly car: CarNumber;
  /** `undefined` for cars that are not classified. */
  readonly position: number | undefined;
  readonly status: ResultStatus;
  /** False for a car that stands in the result without having taken the flag. */
  readonly tookFlag: boolean;
  readonly class: ClassId | undefined;
  readonly classPosition: number | undefined;
  readonly laps: number;
  /** Session time of the last crossing of the finish line. */
  readonly totalTimeMs: number | undefined;
  readonly gap: Gap;
  readonly bestLapTimeMs: number | undefined;
  readonly bestLap: number | undefined;
  readonly pitStops: number;
  readonly outcome: Outcome | undefined;
};

/**
 * The result on the road, before penalties, or as it stands while the race runs: laps, then the time of the last
 * crossing of the line; out of a race the best laps. Winner first; cars that are not classified stand behind.
 * `officialResult` has the penalties.
 */
export function classify(view: RaceView): readonly ClassifiedCar[] {
  return resultOf(view, tallyRoad(view)).map(({ line }) => line);
}

/** A line of a result, and what it was made of. */
export type ResultLine = { readonly tally: Tally; readonly line: ClassifiedCar };

/** The result that tallies make, best one first; `arrange` may move those that are classified. */
export function resultOf(
  { state }: RaceView,
  tallies: readonly Tally[],
  arrange = (classified: readonly Tally[]) => classified,
): readonly ResultLine[] {
  const statuses = resultStatuses(state, tallies);
  const isRace = state.manifest.kind === 'race';
  const classified = arrange(tallies.filter((_, index) => statuses[index] === 'classified'));
  const winner = classified[0];
  const places = new Map<ClassId | undefined, number>();
  const lines = classified.map((tally, index): ResultLine => {
    const id = tally.car.class;
    const classPosition = (places.get(id) ?? 0) + 1;
    places.set(id, classPosition);
    const line: ClassifiedCar = {
      ...lineOf(tally, 'classified'),
      position: index + 1,
      classPosition: id === undefined ? undefined : classPosition,
      gap: gapBehind(winner as Tally, tally, isRace),
    };
    return { tally, line };
  });
  tallies.forEach((tally, index) => {
    const status = statuses[index] as ResultStatus;
    if (status !== 'classified') lines.push({ tally, line: lineOf(tally, status) });
  });
  return lines;
}

function lineOf({ car, laps, totalTimeMs, tookFlag }: Tally, status: ResultStatus): ClassifiedCar {
  return {
    car: car.car,
    position: undefined,
    status,
    tookFlag,
    class: car.class,
    classPosition: undefined,
    laps,
    totalTimeMs,
    gap: { kind: 'unknown' },
    bestLapTimeMs: car.bestLapTimeMs,
    bestLap: car.bestLapNumber,
    pitStops: car.stops,
    outcome: car.outcome,
  };
}

/** [C8] Counted from the first classified car. Unknown for a car that was put behind one that was slower. */
function gapBehind(winner: Tally, tally: Tally, isRace: boolean): Gap {
  if (tally === winner) return { kind: 'leader', lap: winner.laps };
  const laps = isRace ? winner.laps - tally.laps : 0;
  if (laps > 0) return { kind: 'laps', laps, ms: undefined, provenance: 'measured' };
  const [own, best] = isRace
    ? [tally.totalTimeMs, winner.totalTimeMs]
    : [tally.car.bestLapTimeMs, winner.car.bestLapTimeMs];
  if (laps < 0 || own === undefined || best === undefined || own < best) return { kind: 'unknown' };
  return { kind: 'time', ms: own - best, provenance: 'measured' };
}
