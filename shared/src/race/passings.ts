import type { RaceFactOf } from '../protocol/race-event.ts';
import { onDriverChanged } from './crew.ts';
import { finishAtFlag, tookFlagUnseen } from './finish.ts';
import { completeLap, startLap } from './laps.ts';
import type { RaceDraft } from './race-draft.ts';
import type { CarState } from './race-state.ts';
import { completeSector, missSectors } from './sectors.ts';
import { onTrackStatus } from './status.ts';

type Passing = RaceFactOf<'passing'>;

/** What a passing means for the car: the laps it has completed after it, or that it tells nothing new. */
type Reading =
  | { readonly kind: 'ignored' }
  | { readonly kind: 'start' }
  | { readonly kind: 'lap'; readonly laps: number }
  /** `missedLine`: the car must have crossed the finish line unseen since its last loop. */
  | { readonly kind: 'loop'; readonly laps: number; readonly missedLine: boolean };

const IGNORED: Reading = { kind: 'ignored' };

/** A car crossed a loop: laps, sectors, order and the finish follow from it. */
export function onPassing(draft: RaceDraft, event: Passing): void {
  const loop = draft.course.loopIndex.get(event.loop);
  // [L8] a loop that the manifest does not know is kept in the log and changes nothing.
  if (loop === undefined) return;
  const index = draft.indexOf(event.car);
  const before = draft.peek(index);
  const reading = loop === 0 ? readFinishLine(draft, before, event) : readLoop(draft, before, loop, event.atMs);
  if (reading.kind === 'ignored') return;
  cure(draft, index);
  if (event.driver !== undefined && event.driver !== before.driver) {
    onDriverChanged(draft, { type: 'driver-changed', atMs: event.atMs, car: event.car, driver: event.driver });
  }
  if (event.speedKph !== undefined) draft.car(index).speedKph = event.speedKph;
  advance(draft, index, reading, { loop, event });
}

function readFinishLine(draft: RaceDraft, car: CarState, event: Passing): Reading {
  if (!counts(draft, car)) return IGNORED;
  const { minimumLapMs, loops } = draft.course;
  if (event.lapNumber !== undefined) {
    if (event.lapNumber === 0) return car.progress < 0 ? { kind: 'start' } : IGNORED;
    // [L5] the feed's lap number wins; one that is not new is a repeat.
    return event.lapNumber > car.lapsCompleted ? { kind: 'lap', laps: event.lapNumber } : IGNORED;
  }
  const isRace = draft.state.manifest.kind === 'race';
  // [L3] the first crossing only starts the count: soon after the signal in a race, always in practice.
  if (car.progress < 0 && (!isRace || event.atMs < minimumLapMs)) return { kind: 'start' };
  // [L4] a lap that nobody can drive is a double read.
  if (car.progress >= 0 && event.atMs - lastAtLine(car, loops, event.atMs) < minimumLapMs) return IGNORED;
  return { kind: 'lap', laps: car.lapsCompleted + 1 };
}

/** When the car was last known at the finish line; long ago where that was missed. */
function lastAtLine(car: CarState, loops: number, atMs: number): number {
  if (car.progress % loops === 0) return car.crossedAtMs;
  return car.lapStartedAtMs ?? Math.min(car.crossedAtMs, atMs) - 1_000_000;
}

function readLoop(draft: RaceDraft, car: CarState, loop: number, atMs: number): Reading {
  if (!counts(draft, car)) return IGNORED;
  const { loops, minimumLapMs } = draft.course;
  const place = car.lapsCompleted * loops + loop;
  if (place > car.progress) return { kind: 'loop', laps: car.lapsCompleted, missedLine: false };
  // [L13] A lap whose start was missed too counts from its first loop: else the second line missed in a row costs a lap.
  const since = atMs - (place === car.progress ? car.crossedAtMs : car.lapKnownAtMs);
  // [L6] an earlier loop again, a lap's time later: the finish line was missed, the lap counts without a time.
  if (since >= minimumLapMs) return { kind: 'loop', laps: car.lapsCompleted + 1, missedLine: true };
  return IGNORED;
}

/** [O6] Nothing moves a car that took the flag or was shut out; [L9] nothing counts before the start of a race. */
function counts({ state }: RaceDraft, car: CarState): boolean {
  if (car.status === 'finished' || car.status === 'disqualified') return false;
  // [O13] Who is knocked out has nothing to gain in the parts that follow.
  if (car.part < state.part) return false;
  return state.manifest.kind !== 'race' || (state.phase !== 'formation' && state.atMs >= 0);
}

/** [T4] A car that crosses a loop is not standing, whatever was said or presumed of it. */
function cure(draft: RaceDraft, index: number): void {
  const car = draft.peek(index);
  if (car.status === 'running' || car.status === 'in-pit') return;
  draft.setStatus(index, onTrackStatus(car), undefined);
}

type Crossing = { readonly loop: number; readonly event: Passing };

function advance(draft: RaceDraft, index: number, reading: Reading, { loop, event }: Crossing): void {
  const car = draft.car(index);
  const atMs = event.atMs;
  const leader = draft.order[0];
  // [O18] First seen in the middle of a race: where it stands is no news.
  const isLate = car.progress < 0 && reading.kind === 'lap' && reading.laps > 1;
  if (reading.kind === 'start') {
    car.progress = 0;
    car.crossedAtMs = atMs;
    if (draft.state.manifest.kind !== 'race') startLap(draft, car, atMs);
    draft.recorder?.crossing(car.car, 0, atMs);
    moveUp(draft, index, loop);
  } else if (reading.kind === 'lap') {
    const seen = reading.laps === car.lapsCompleted + 1;
    // [S1] laps between were not seen: the sector's start is not that of this lap.
    if (!seen) car.sectorStartedAtMs = undefined;
    completeSector(draft, car, draft.course.sectors - 1, atMs);
    car.progress = reading.laps * draft.course.loops;
    car.crossedAtMs = atMs;
    draft.recorder?.crossing(car.car, car.progress, atMs);
    car.lapsCompleted = reading.laps;
    if (isLate) draft.moveUp(index);
    else moveUp(draft, index, loop);
    completeLap(draft, index, {
      atMs,
      official: event.lapTimeMs,
      measurable: seen,
      inPitLane: event.inPitLane === true,
    });
    finishAtFlag(draft, index);
  } else if (reading.kind === 'loop') {
    const isHome = reading.missedLine && tookFlagUnseen(draft, car);
    if (reading.missedLine) missLine(draft, index, reading.laps);
    car.progress = reading.laps * draft.course.loops + (isHome ? 0 : loop);
    car.crossedAtMs = atMs;
    draft.recorder?.crossing(car.car, car.progress, atMs);
    const sector = draft.course.sectorEndedBy[loop] as number;
    if (sector >= 0) completeSector(draft, car, sector, atMs);
    moveUp(draft, index, loop);
    if (isHome) draft.setStatus(index, 'finished', undefined);
  }
  if (draft.order[0] !== leader && !isLate) draft.recordLead(leader, loop === 0);
}

function missLine(draft: RaceDraft, index: number, laps: number): void {
  const car = draft.car(index);
  car.lapsCompleted = laps;
  missSectors(car, draft.course.sectors);
  // The lap is taken down when it becomes known: history never speaks of what nobody knew yet.
  completeLap(draft, index, { atMs: draft.state.atMs, official: undefined, measurable: false, inPitLane: false });
  car.lapStartedAtMs = undefined;
  car.sectorStartedAtMs = undefined;
}

function moveUp(draft: RaceDraft, index: number, loop: number): void {
  const recorder = draft.recorder;
  if (recorder === undefined || draft.state.manifest.kind !== 'race') {
    draft.moveUp(index);
    return;
  }
  const car = draft.peek(index);
  draft.moveUp(index, (passed, place) => {
    const other = draft.peek(passed);
    recorder.overtake({
      atMs: car.crossedAtMs,
      car: car.car,
      passed: other.car,
      position: place + 1,
      lap: loop === 0 ? car.lapsCompleted : car.lapsCompleted + 1,
      inPit: other.pitEntryAtMs !== undefined || other.isInLap || other.isOutLap || other.status !== 'running',
    });
  });
}
