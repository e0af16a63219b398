import type { ResultStatus } from '@pitboard/shared/domain/status.ts';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { type Classifying, officialFacts, type RoadLine, rulesThatClassify } from '../import/official-layer.ts';
import type { LapRow } from './lap-row.ts';
import type { ResultRow } from './result-row.ts';

type Driven = {
  readonly cars: ReadonlyMap<string, readonly LapRow[]>;
  readonly kind: Manifest['kind'];
  /** Laps whose time was taken away. */
  readonly deleted: readonly LapRow[];
};

/** What the officials decided beside the road, as facts at `atMs`, after the session. */
export function resultFacts(results: readonly ResultRow[], driven: Driven, atMs: number): readonly RaceFact[] {
  const isRace = driven.kind === 'race';
  const road = isRace ? raceRoad(driven) : timedRoad(driven);
  const lines = results.map(({ car, position, laps, totalTimeMs, status }) => {
    const driving = isRace ? { laps, totalTimeMs } : {};
    return { car, position, ...driving, status: statusOf(status, { isSeen: driven.cars.has(car), position }) };
  });
  const facts = officialFacts(lines, road, { atMs });
  const placed = lines.flatMap(({ car, position }) => (position === undefined ? [] : [{ car, position }]));
  placed.sort((one, other) => one.position - other.position);
  // An order of some of the cars says nothing of the others.
  const isWhole = lines.length > 0 && [...driven.cars.keys()].every((car) => lines.some((line) => line.car === car));
  if (!isWhole || placed.length === 0 || !isRace) return facts;
  return [...facts, { type: 'order-reported', atMs, cars: placed.map(({ car }) => car) }];
}

function raceRoad({ cars }: Driven): ReadonlyMap<string, RoadLine> {
  const road = new Map<string, RoadLine>();
  for (const [car, laps] of cars) {
    const last = laps.at(-1);
    if (last !== undefined) road.set(car, { laps: last.lap, totalTimeMs: last.endMs });
  }
  return road;
}

/** Out of a race the best lap stands for the time; cars without one are placed by nobody. */
function timedRoad({ cars, deleted }: Driven): ReadonlyMap<string, RoadLine> {
  const isOut = new Set(deleted);
  const road = new Map<string, RoadLine>();
  for (const [car, laps] of cars) {
    const times = laps.flatMap((lap, index) => {
      const isCounted = !lap.endsInPit && laps[index - 1]?.endsInPit !== true && !isOut.has(lap);
      return isCounted && lap.lapTimeMs !== undefined ? [lap.lapTimeMs] : [];
    });
    if (times.length > 0) road.set(car, { laps: 0, totalTimeMs: Math.min(...times) });
  }
  return road;
}

type Seen = { readonly isSeen: boolean; readonly position: number | undefined };

/** A car without a lap and without a place did not start, whatever it is called. */
function statusOf(text: string, { isSeen, position }: Seen): ResultStatus | undefined {
  if (isShutOut(text)) return 'disqualified';
  const isAbsent = /not start|dns|withdr/.test(text) || (text !== '' && position === undefined);
  return isAbsent && !isSeen ? 'did-not-start' : undefined;
}

function isShutOut(status: string): boolean {
  return /disq|exclu|dsq/.test(status);
}

/** Share of the winner's laps that most series ask for. */
const USUAL_SHARE = 0.7;

/** How this series classifies, as far as its result tells; a sheet without a status tells nothing of it. */
export function rulesOf(
  results: readonly ResultRow[],
  cars: ReadonlyMap<string, readonly LapRow[]>,
  gaveUp: readonly LapRow[],
): Manifest['rules'] {
  const missedFlag = new Set(gaveUp.map(({ car }) => car));
  const driven = results.flatMap(({ car, status, position, laps }): Classifying[] => {
    const last = cars.get(car)?.at(-1);
    if (last === undefined || status === '' || isShutOut(status)) return [];
    const isClassified = status === 'classified' && position !== undefined;
    return [{ laps: Math.min(laps ?? last.lap, last.lap), tookFlag: !missedFlag.has(car), isClassified }];
  });
  return driven.length === 0 ? undefined : rulesThatClassify(driven, USUAL_SHARE);
}
