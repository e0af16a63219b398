import type { Gap, GapProvenance } from '../domain/gap.ts';
import type { CarNumber } from '../domain/names.ts';
import { courseOf } from './course.ts';
import type { CarState } from './race-state.ts';
import { carOf, isOut, positionOf, type RaceView } from './race-view.ts';

const UNKNOWN: Gap = { kind: 'unknown' };
type Crossed = readonly (number | undefined)[];
const NOTHING: Crossed = [];

/**
 * How far a car is behind a reference car: the difference of their times at the car's last loop. Negative ms when the
 * car is ahead of the reference; `leader` when both are the leader.
 */
export function gapTo(view: RaceView, car: CarNumber, reference: CarNumber): Gap {
  const chaser = carOf(view.state, car);
  const ahead = carOf(view.state, reference);
  if (chaser === undefined || ahead === undefined) return UNKNOWN;
  if (view.state.manifest.kind !== 'race') return bestLapGap(view, chaser, ahead);
  if (car === reference) {
    if (positionOf(view.state, car) === 1) return { kind: 'leader', lap: currentLap(chaser) };
    return { kind: 'time', ms: 0, provenance: 'measured' };
  }
  if (isBehind(ahead, chaser)) return negative(behind(view, ahead, chaser));
  return behind(view, chaser, ahead);
}

/** [G10] Where lap times make the order, a gap is the difference of the best laps. */
function bestLapGap(view: RaceView, car: CarState, reference: CarState): Gap {
  if (car === reference && positionOf(view.state, car.car) === 1) return { kind: 'leader', lap: currentLap(car) };
  if (car.bestLapTimeMs === undefined || reference.bestLapTimeMs === undefined) return UNKNOWN;
  return { kind: 'time', ms: car.bestLapTimeMs - reference.bestLapTimeMs, provenance: 'measured' };
}

/** Gap to P1. `leader` for P1 itself. */
export function gapToLeader(view: RaceView, car: CarNumber): Gap {
  const leader = view.state.order[0];
  return leader === undefined ? UNKNOWN : gapTo(view, car, leader);
}

/** Interval to the car directly ahead in the running order. `leader` for P1. */
export function intervalAhead(view: RaceView, car: CarNumber): Gap {
  const position = positionOf(view.state, car);
  if (position === undefined) return UNKNOWN;
  return gapTo(view, car, view.state.order[Math.max(0, position - 2)] as CarNumber);
}

/** Time behind P1 at the car's last loop, without the growing bound; 0 for P1, `undefined` where it is not known. */
export function measuredGapToLeaderMs(view: RaceView, car: CarNumber): number | undefined {
  const own = carOf(view.state, car);
  const leader = view.state.order[0];
  if (own === undefined || leader === undefined || own.progress < 0) return undefined;
  if (leader === car) return 0;
  const timesOf = (number: CarNumber) => view.history.crossings.get(number)?.timesMs ?? NOTHING;
  return measuredMs(timesOf(car), timesOf(leader), own.progress, courseOf(view.state.manifest).loops);
}

/** Gap to the leader of the car's class; `leader` for the class leader itself. */
export function gapInClass(view: RaceView, car: CarNumber): Gap {
  const own = carOf(view.state, car);
  const first = view.state.order.find((other) => carOf(view.state, other)?.class === own?.class);
  if (own === undefined || first === undefined) return UNKNOWN;
  return first === car ? { kind: 'leader', lap: currentLap(own) } : gapTo(view, car, first);
}

/** The lap that a car is on; the last one once it has taken the flag. */
export function currentLap(car: CarState): number {
  return car.status === 'finished' ? car.lapsCompleted : car.lapsCompleted + 1;
}

function isBehind(one: CarState, other: CarState): boolean {
  if (one.progress !== other.progress) return one.progress < other.progress;
  return one.crossedAtMs > other.crossedAtMs;
}

function behind(view: RaceView, chaser: CarState, ahead: CarState): Gap {
  if (chaser.progress < 0 || isOut(chaser) || isOut(ahead)) return UNKNOWN;
  const crossed = view.history.crossings.get(ahead.car)?.timesMs ?? NOTHING;
  const own = view.history.crossings.get(chaser.car)?.timesMs ?? NOTHING;
  const { loops } = courseOf(view.state.manifest);
  const measured = measuredMs(own, crossed, chaser.progress, loops);
  const bound = lowerBoundMs(view, chaser, crossed, loops);
  // [G3] Between loops a gap may only grow: the bound holds as soon as it is the larger.
  const provisional = bound !== undefined && bound > (measured ?? Number.NEGATIVE_INFINITY);
  const ms = provisional ? bound : measured;
  const provenance: GapProvenance = provisional ? 'provisional' : 'measured';
  const laps = lapsDown(view.nowMs, chaser, ahead, crossed, loops);
  if (laps > 0) return { kind: 'laps', laps, ms, provenance };
  return ms === undefined ? UNKNOWN : { kind: 'time', ms: Math.max(0, ms), provenance };
}

/** [G1] Difference at the last loop that both crossed, at most a lap back where one of them missed a loop. */
function measuredMs(own: Crossed, crossed: Crossed, progress: number, loops: number): number | undefined {
  for (let place = progress; place >= Math.max(0, progress - loops); place--) {
    const ownAtMs = own[place];
    const aheadAtMs = crossed[place];
    if (ownAtMs !== undefined && aheadAtMs !== undefined) return ownAtMs - aheadAtMs;
  }
  return undefined;
}

/** [G3] Time since the car ahead crossed the loop that the chaser has still to cross, or the one after where it missed that. */
function lowerBoundMs(view: RaceView, chaser: CarState, crossed: Crossed, loops: number): number | undefined {
  if (chaser.status === 'finished') return undefined;
  for (let place = chaser.progress + 1; place <= chaser.progress + loops; place++) {
    const aheadAtMs = crossed[place];
    if (aheadAtMs !== undefined) return aheadAtMs > view.nowMs ? undefined : view.nowMs - aheadAtMs;
  }
  return undefined;
}

/** [G4] A lap down counts only once the car ahead has come round past the chaser. */
function lapsDown(nowMs: number, chaser: CarState, ahead: CarState, crossed: Crossed, loops: number): number {
  const distance = ahead.progress - chaser.progress;
  const laps = Math.floor(distance / loops);
  if (laps <= 0 || distance % loops !== 0) return Math.max(0, laps);
  // Both crossed the same loop last: who did so first is further round.
  const aheadAtMs = crossed[ahead.progress] ?? nowMs;
  return aheadAtMs <= chaser.crossedAtMs ? laps : laps - 1;
}

/** [G6] The same gap seen from the car ahead. */
function negative(gap: Gap): Gap {
  if (gap.kind === 'time') return { ...gap, ms: gap.ms === 0 ? 0 : -gap.ms };
  if (gap.kind === 'laps') return { ...gap, laps: -gap.laps, ms: gap.ms === undefined ? undefined : -gap.ms };
  return gap;
}
