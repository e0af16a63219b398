import { claimBests } from './best-laps.ts';
import type { MutableCar } from './copy-car.ts';
import { lapFlagNow, worstLocalFlag } from './flag-severity.ts';
import { claimPartBest } from './qualifying.ts';
import type { RaceDraft } from './race-draft.ts';
import type { TimeRank } from './race-state.ts';

type LapEnd = {
  readonly atMs: number;
  /** The feed's own time of the lap. */
  readonly official: number | undefined;
  /** Both ends of the lap were seen. */
  readonly measurable: boolean;
  readonly inPitLane: boolean;
};

/** Ends the lap in progress, takes it down and begins the next one. `car.lapsCompleted` counts it already. */
export function completeLap(draft: RaceDraft, index: number, end: LapEnd): void {
  const car = draft.car(index);
  if (end.inPitLane) car.isInLap = true;
  const lapTimeMs = lapTimeOf(car, end);
  car.lastLapTimeMs = lapTimeMs;
  car.lastLapRank = lapTimeMs === undefined ? 'none' : rankLap(draft, car, lapTimeMs);
  if (draft.recorder !== undefined) recordLap(draft, index, end.atMs);
  startLap(draft, car, end.atMs);
}

/** [L1] The official lap time wins; else the difference of the two crossings of the line. */
function lapTimeOf(car: MutableCar, end: LapEnd): number | undefined {
  if (end.official !== undefined && end.official > 0) return end.official;
  if (!end.measurable || car.lapStartedAtMs === undefined) return undefined;
  return end.atMs - car.lapStartedAtMs;
}

export function startLap(draft: RaceDraft, car: MutableCar, atMs: number): void {
  const inLane = car.pitEntryAtMs !== undefined;
  car.lapStartedAtMs = atMs;
  car.lapKnownAtMs = atMs;
  car.sectorStartedAtMs = atMs;
  car.sectorsDone = 0;
  car.lapFlag = lapFlagNow(draft.state);
  car.lapLocalFlag = worstLocalFlag(draft.state);
  car.isInLap = false;
  car.isOutLap = inLane;
}

/** [L2] In-laps, out-laps, the first lap of a race and invalidated laps are no best laps. */
function rankLap(draft: RaceDraft, car: MutableCar, lapTimeMs: number): TimeRank {
  const isFirst = car.lapsCompleted === 1 && draft.state.manifest.kind === 'race';
  if (isFirst || car.isInLap || car.isOutLap || car.invalidatedLaps.includes(car.lapsCompleted)) return 'none';
  const { lapsCompleted: lap, driver } = car;
  const { atMs, part, manifest } = draft.state;
  car.timedLaps = { lap, ms: lapTimeMs, driver, atMs, part, previous: car.timedLaps };
  const isPartBest = claimPartBest(car, car.timedLaps);
  const isBest = car.bestLapTimeMs === undefined || lapTimeMs < car.bestLapTimeMs;
  if (isBest) {
    car.bestLapTimeMs = lapTimeMs;
    car.bestLapNumber = lap;
  }
  if (manifest.kind !== 'race' && (isBest || isPartBest)) draft.moveUp(car.index);
  if (!isBest) return 'none';
  return claimBests(draft, car, car.timedLaps) ? 'overall-best' : 'personal-best';
}

function recordLap(draft: RaceDraft, index: number, atMs: number): void {
  const car = draft.peek(index);
  const place = draft.order.indexOf(index);
  let classPosition = 1;
  for (let ahead = 0; ahead < place; ahead++) {
    if (draft.peek(draft.order[ahead] as number).class === car.class) classPosition++;
  }
  draft.recorder?.lap({
    atMs,
    car: car.car,
    lap: car.lapsCompleted,
    lapTimeMs: car.lastLapTimeMs,
    rank: car.lastLapRank,
    sectors: car.sectorsDone === car.sectors.length ? car.sectors : car.sectors.map(() => undefined),
    position: place + 1,
    classPosition,
    driver: car.driver,
    flag: car.lapFlag,
    localFlag: car.lapLocalFlag,
    isInLap: car.isInLap,
    isOutLap: car.isOutLap,
    invalidatedAtMs: car.invalidatedLaps.includes(car.lapsCompleted) ? atMs : undefined,
  });
}
