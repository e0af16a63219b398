import { lastLapAt, remainingAt } from './race-clock.ts';
import type { RaceDraft } from './race-draft.ts';
import type { CarState } from './race-state.ts';
import { onTrackStatus } from './status.ts';
import { updateSuspension } from './suspension.ts';

/** The feed may show the flag a little after the leader crossed under it, or a little before. */
const FLAG_TOLERANCE_MS = 3000;

/** [C5] The chequered flag is shown. A race is flagged off once: a second flag moves nothing. */
export function onChequered(draft: RaceDraft): void {
  const { state } = draft;
  if (state.chequeredAtMs === undefined) {
    if (awaitsLeader(draft)) return;
    state.chequeredAtMs = leaderTookFlagAtMs(draft);
  }
  finishCarsAtFlag(draft, state.chequeredAtMs);
}

/** When the leader took a flag that is shown now. */
function leaderTookFlagAtMs(draft: RaceDraft): number {
  const { state } = draft;
  const leader = leaderOf(draft);
  if (state.manifest.kind !== 'race' || leader === undefined) return state.atMs;
  // [C2] A flag reported just after the leader crossed the line fell at that crossing.
  const atLine = leader.progress > 0 && leader.progress % draft.course.loops === 0;
  if (atLine && state.atMs - leader.crossedAtMs <= FLAG_TOLERANCE_MS) return leader.crossedAtMs;
  // [C9] Later than that, it fell where the distance was done, unless the leader has driven another lap since.
  const isNewest = leader.lapsCompleted === lastLapAt(state, leader.lapsCompleted, state.atMs);
  return (isNewest ? state.distanceDoneAtMs : undefined) ?? state.atMs;
}

/** [C9] A flag shown while the leader is on the lap that will end the race waits for it. */
function awaitsLeader(draft: RaceDraft): boolean {
  const { state } = draft;
  const leader = leaderOf(draft);
  if (state.manifest.kind !== 'race' || leader === undefined || leader.progress < 0) return false;
  const atLine = leader.progress % draft.course.loops === 0;
  if (atLine && state.atMs - leader.crossedAtMs <= FLAG_TOLERANCE_MS) return false;
  return lastLapAt(state, leader.lapsCompleted, state.atMs) === leader.lapsCompleted + 1;
}

function leaderOf(draft: RaceDraft): CarState | undefined {
  const index = draft.order[0];
  return index === undefined ? undefined : draft.peek(index);
}

/** A car has crossed the line. [C1] After the leader has the flag, every car finishes where it next does so. */
export function finishAtFlag(draft: RaceDraft, index: number): void {
  const { state } = draft;
  const { crossedAtMs } = draft.peek(index);
  const leads = draft.order[0] === index && state.manifest.kind === 'race';
  if (state.chequeredAtMs === undefined) {
    if (!leads) return;
    noteDistance(draft, draft.peek(index));
    if (state.flag !== 'chequered') return;
    state.chequeredAtMs = crossedAtMs;
    updateSuspension(draft);
  }
  if (crossedAtMs < state.chequeredAtMs) return;
  const isEarlyFlag =
    state.chequeredAtMs === state.flagSinceMs && crossedAtMs - state.chequeredAtMs <= FLAG_TOLERANCE_MS;
  if (isEarlyFlag && leads) waitForLeader(draft, crossedAtMs);
  draft.setStatus(index, 'finished', undefined);
}

/**
 * A car is seen beyond the line without having been seen at it. [C7] Seen after the flag before that, it has finished.
 * The same for the leader that the flag waits for, and [C22] for a car that has done the winner's laps by then.
 */
export function tookFlagUnseen(draft: RaceDraft, { index, crossedAtMs, lapsCompleted }: CarState): boolean {
  const { state } = draft;
  if (state.chequeredAtMs !== undefined) {
    const winner = state.manifest.kind === 'race' ? leaderOf(draft) : undefined;
    const isLevel = winner?.status === 'finished' && lapsCompleted + 1 >= winner.lapsCompleted;
    return isLevel || crossedAtMs >= state.chequeredAtMs;
  }
  if (state.manifest.kind !== 'race' || state.flag !== 'chequered' || draft.order[0] !== index) return false;
  state.chequeredAtMs = Math.max(state.flagSinceMs, crossedAtMs);
  updateSuspension(draft);
  finishCarsAtFlag(draft, state.chequeredAtMs);
  return true;
}

/** [F17] The leader is at the line: is this the end of the race, or is the end known now? */
function noteDistance({ state }: RaceDraft, leader: CarState): void {
  const { lapsCompleted, crossedAtMs } = leader;
  const { laps = Number.POSITIVE_INFINITY, lapsAfterTime = 0 } = state.manifest.distance ?? {};
  const isTimeOver = remainingAt(state, crossedAtMs) === 0;
  state.lastLapByTime = isTimeOver ? (state.lastLapByTime ?? lapsCompleted + lapsAfterTime) : undefined;
  const lastLap = Math.min(laps, state.lastLapByTime ?? Number.POSITIVE_INFINITY);
  state.distanceDoneAtMs = lapsCompleted >= lastLap ? (state.distanceDoneAtMs ?? crossedAtMs) : undefined;
}

/** [C2] The flag was reported just before the leader got there: cars that slipped in between have a lap to go. */
function waitForLeader(draft: RaceDraft, leaderAtMs: number): void {
  draft.state.chequeredAtMs = leaderAtMs;
  draft.state.cars.forEach((car, index) => {
    if (car.status === 'finished' && car.crossedAtMs < leaderAtMs)
      draft.setStatus(index, onTrackStatus(car), undefined);
  });
}

/** The flag fell before it was reported: whoever has crossed the line since is home, wherever it went from there. */
function finishCarsAtFlag(draft: RaceDraft, flagAtMs: number): void {
  let moved = false;
  for (const index of [...draft.order]) {
    const { lapsCompleted, lapStartedAtMs, status, progress } = draft.peek(index);
    const isHome = lapsCompleted > 0 && lapStartedAtMs !== undefined && lapStartedAtMs >= flagAtMs;
    if (!isHome || status === 'finished') continue;
    const atLine = lapsCompleted * draft.course.loops;
    if (progress !== atLine) {
      Object.assign(draft.car(index), { progress: atLine, crossedAtMs: lapStartedAtMs });
      moved = true;
    }
    if (status !== 'disqualified') draft.setStatus(index, 'finished', undefined);
  }
  if (moved) draft.resort();
}
