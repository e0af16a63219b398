import type { TrackFlag } from '../domain/flag.ts';
import type { RaceFactOf } from '../protocol/race-event.ts';
import { isCarFlag, worseFlag } from './flag-severity.ts';
import type { RaceDraft } from './race-draft.ts';
import { onTrackStatus } from './status.ts';

/** The feed may show the flag a little after the leader crossed under it, or a little before. */
const FLAG_TOLERANCE_MS = 3000;

export function onFlagChanged(draft: RaceDraft, event: RaceFactOf<'flag-changed'>): void {
  const { flag } = event;
  if (event.car !== undefined) {
    draft.car(draft.indexOf(event.car)).flag = isCarFlag(flag) ? flag : undefined;
  } else if (isCarFlag(flag)) {
    // [F4] Blue, black and their like mean nothing without a car.
    return;
  } else if (event.sector !== undefined) {
    onSectorFlag(draft, event.sector, flag);
  } else {
    onTrackFlag(draft, flag);
  }
}

function onSectorFlag(draft: RaceDraft, sector: number, flag: TrackFlag): void {
  const { state } = draft;
  const shown = state.sectorFlags.find((other) => other.sector === sector)?.flag ?? 'green';
  // [F5] A flag that is shown already is no news.
  if (shown === flag) return;
  const others = state.sectorFlags.filter((other) => other.sector !== sector);
  state.sectorFlags = flag === 'green' ? others : [...others, { sector, flag, atMs: state.atMs }];
  recordFlag(draft, flag, sector);
}

function onTrackFlag(draft: RaceDraft, flag: TrackFlag): void {
  const { state } = draft;
  if (flag === state.flag && state.flagSinceMs > Number.NEGATIVE_INFINITY) return;
  state.flag = flag;
  state.flagSinceMs = state.atMs;
  // [F2] Green for the whole track clears its sectors.
  if (flag === 'green') state.sectorFlags = [];
  if (flag === 'chequered') {
    // [C5] A race is flagged off once: a second flag moves nothing.
    state.chequeredAtMs ??= leaderTookFlagAtMs(draft);
    finishCarsAtFlag(draft, state.chequeredAtMs);
  } else {
    state.cars.forEach((car, index) => {
      // [F3] Every lap knows the worst flag that it saw.
      if (worseFlag(car.lapFlag, flag) !== car.lapFlag) draft.car(index).lapFlag = flag;
    });
  }
  recordFlag(draft, flag, undefined);
}

/** [C2] A flag reported just after the leader crossed the line fell at that crossing. */
function leaderTookFlagAtMs(draft: RaceDraft): number {
  if (draft.state.manifest.kind !== 'race') return draft.state.atMs;
  const leader = draft.peek(draft.order[0] as number);
  const atLine = leader.progress > 0 && leader.progress % draft.course.loops === 0;
  const agoMs = draft.state.atMs - leader.crossedAtMs;
  return atLine && agoMs <= FLAG_TOLERANCE_MS ? leader.crossedAtMs : draft.state.atMs;
}

/** [C1] After the leader has the flag, every car finishes where it next crosses the line. */
export function finishAtFlag(draft: RaceDraft, index: number): void {
  const { chequeredAtMs, manifest } = draft.state;
  const { crossedAtMs } = draft.peek(index);
  if (chequeredAtMs === undefined || crossedAtMs < chequeredAtMs) return;
  const isEarlyFlag = chequeredAtMs === draft.state.flagSinceMs && crossedAtMs - chequeredAtMs <= FLAG_TOLERANCE_MS;
  if (isEarlyFlag && manifest.kind === 'race' && draft.order[0] === index) waitForLeader(draft, crossedAtMs);
  draft.setStatus(index, 'finished', undefined);
}

/** [C2] The flag was reported just before the leader got there: cars that slipped in between have a lap to go. */
function waitForLeader(draft: RaceDraft, leaderAtMs: number): void {
  draft.state.chequeredAtMs = leaderAtMs;
  draft.state.cars.forEach((car, index) => {
    if (car.status === 'finished' && car.crossedAtMs < leaderAtMs)
      draft.setStatus(index, onTrackStatus(car), undefined);
  });
}

function finishCarsAtFlag(draft: RaceDraft, flagAtMs: number): void {
  for (const index of [...draft.order]) {
    const car = draft.peek(index);
    const atLine = car.progress > 0 && car.progress % draft.course.loops === 0;
    if (atLine && car.crossedAtMs >= flagAtMs && (car.status === 'running' || car.status === 'in-pit')) {
      draft.setStatus(index, 'finished', undefined);
    }
  }
}

function recordFlag(draft: RaceDraft, flag: TrackFlag, sector: number | undefined): void {
  const leader = draft.order[0];
  draft.recorder?.flag({
    atMs: draft.state.atMs,
    flag,
    sector,
    endMs: undefined,
    lap: leader === undefined ? 0 : draft.peek(leader).lapsCompleted + 1,
  });
}
