import type { Gap, GapProvenance } from '../domain/gap.ts';
import type { CarNumber } from '../domain/names.ts';
import { courseOf } from './course.ts';
import { currentLap } from './positions.ts';
import { bestLapGap } from './qualifying.ts';
import type { CarState, ReportedGap } from './race-state.ts';
import { carOf, isOut, positionOf, type RaceView } from './race-view.ts';
import { claimedGap, officialGap } from './reported-gaps.ts';
import { estimatedMs, isUnseen, lowerBoundMs, measuredMs, NOTHING, type Pair } from './time-behind.ts';

const UNKNOWN: Gap = { kind: 'unknown' };

/**
 * How far a car is behind a reference car: the difference of their times at the car's last loop. Negative ms when the
 * car is ahead of the reference; `leader` when both are the leader.
 */
export function gapTo(view: RaceView, car: CarNumber, reference: CarNumber): Gap {
  const chaser = carOf(view.state, car);
  const ahead = carOf(view.state, reference);
  if (chaser === undefined || ahead === undefined) return UNKNOWN;
  if (view.state.manifest.kind !== 'race') return bestLapGap(view.state, chaser, ahead);
  if (car === reference) {
    if (positionOf(view.state, car) === 1) return { kind: 'leader', lap: currentLap(chaser) };
    return { kind: 'time', ms: 0, provenance: 'measured' };
  }
  if (isBehind(ahead, chaser)) return negative(behind(view, ahead, chaser));
  return behind(view, chaser, ahead);
}

/** [G13] A gap along the order shown. Where the crossings contradict that order, only the feed's own claim can stand. */
function gapAlongOrder(view: RaceView, car: CarNumber, ahead: CarNumber): Gap {
  const gap = gapTo(view, car, ahead);
  const isAgainstOrder = (gap.kind === 'time' && gap.ms < 0) || (gap.kind === 'laps' && gap.laps < 0);
  if (gap.kind !== 'unknown' && !isAgainstOrder) return gap;
  const [own, other] = [carOf(view.state, car), carOf(view.state, ahead)];
  if (own === undefined || isOut(own) || other === undefined || isOut(other)) return UNKNOWN;
  const claim = claimedGap(own, ahead, courseOf(view.state.manifest).loops);
  return claim === undefined ? UNKNOWN : officialGap(claim);
}

/** Gap to P1. `leader` for P1 itself. */
export function gapToLeader(view: RaceView, car: CarNumber): Gap {
  const leader = view.state.order[0];
  return leader === undefined ? UNKNOWN : gapAlongOrder(view, car, leader);
}

/** Interval to the car directly ahead in the running order. `leader` for P1. */
export function intervalAhead(view: RaceView, car: CarNumber): Gap {
  const position = positionOf(view.state, car);
  if (position === undefined) return UNKNOWN;
  return gapAlongOrder(view, car, view.state.order[Math.max(0, position - 2)] as CarNumber);
}

/** Time behind P1 at the car's last loop, without the growing bound; 0 for P1, `undefined` where it is not known. */
export function measuredGapToLeaderMs(view: RaceView, car: CarNumber): number | undefined {
  const own = carOf(view.state, car);
  const leader = view.state.order[0];
  if (own === undefined || leader === undefined || own.progress < 0) return undefined;
  if (leader === car) return 0;
  return measuredMs(pairOf(view, own, carOf(view.state, leader) as CarState));
}

/** Gap to the leader of the car's class; `leader` for the class leader itself. */
export function gapInClass(view: RaceView, car: CarNumber): Gap {
  const own = carOf(view.state, car);
  const first = view.state.order.find((other) => carOf(view.state, other)?.class === own?.class);
  if (own === undefined || first === undefined) return UNKNOWN;
  return first === car ? { kind: 'leader', lap: currentLap(own) } : gapAlongOrder(view, car, first);
}

function isBehind(one: CarState, other: CarState): boolean {
  if (one.progress !== other.progress) return one.progress < other.progress;
  return one.crossedAtMs > other.crossedAtMs;
}

/** Of a gap that is not in whole laps: what is known of it in time, and how. */
type KnownMs = { readonly ms: number; readonly provenance: GapProvenance };

function behind(view: RaceView, chaser: CarState, ahead: CarState): Gap {
  if (isOut(chaser) || isOut(ahead)) return UNKNOWN;
  const { loops } = courseOf(view.state.manifest);
  const claim = claimedGap(chaser, ahead.car, loops);
  const pair = pairOf(view, chaser, ahead);
  const measured = chaser.progress < 0 ? undefined : measuredMs(pair);
  // [G11] What is measured wins, but for a car that no loop has seen for a lap.
  if (claim !== undefined && (measured === undefined || isUnseen(pair, claim.atMs))) return claimed(view, pair, claim);
  if (chaser.progress < 0) return UNKNOWN;
  const known = withLowerBound(view, pair, knownMs(pair, measured));
  const laps = lapsDown(view.nowMs, pair);
  if (laps > 0) return { kind: 'laps', laps, ms: known?.ms, provenance: known?.provenance ?? 'measured' };
  return known === undefined ? UNKNOWN : { kind: 'time', ...known, ms: Math.max(0, known.ms) };
}

/** The feed's claim, until time alone has made the gap larger. A bound that it contradicted when it spoke was wrong. */
function claimed(view: RaceView, pair: Pair, claim: ReportedGap): Gap {
  const gap = officialGap(claim);
  if (gap.kind !== 'time') return gap;
  const boundThen = lowerBoundMs(claim.atMs, pair) ?? 0;
  const boundNow = lowerBoundMs(view.nowMs, pair) ?? 0;
  return boundThen <= gap.ms && boundNow > gap.ms ? { kind: 'time', ms: boundNow, provenance: 'provisional' } : gap;
}

function pairOf({ history, state }: RaceView, chaser: CarState, ahead: CarState): Pair {
  const own = history.crossings.get(chaser.car)?.timesMs ?? NOTHING;
  const crossed = history.crossings.get(ahead.car)?.timesMs ?? NOTHING;
  return { chaser, ahead, own, crossed, loops: courseOf(state.manifest).loops, history };
}

function knownMs(pair: Pair, measured: number | undefined): KnownMs | undefined {
  if (measured !== undefined) return { ms: measured, provenance: 'measured' };
  const ms = estimatedMs(pair);
  return ms === undefined ? undefined : { ms, provenance: 'estimated' };
}

/** [G3] Between loops a gap may only grow: the bound holds as soon as it is the larger. */
function withLowerBound(view: RaceView, pair: Pair, known: KnownMs | undefined): KnownMs | undefined {
  const bound = lowerBoundMs(view.nowMs, pair);
  if (bound === undefined || (known !== undefined && bound <= known.ms)) return known;
  return { ms: bound, provenance: 'provisional' };
}

/** [G4] A lap down counts only once the car ahead has come round past the chaser. */
function lapsDown(nowMs: number, { chaser, ahead, crossed, loops }: Pair): number {
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
