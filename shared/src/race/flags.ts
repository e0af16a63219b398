import type { TrackFlag } from '../domain/flag.ts';
import type { RaceFactOf } from '../protocol/race-event.ts';
import { isCarFlag, worseFlag } from './flag-severity.ts';
import type { RaceDraft } from './race-draft.ts';

/** The feed may show the flag a little after the leader crossed under it. */
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
    state.chequeredAtMs = leaderTookFlagAtMs(draft);
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
  const leader = draft.peek(draft.order[0] as number);
  const atLine = leader.progress > 0 && leader.progress % draft.course.loops === 0;
  const agoMs = draft.state.atMs - leader.crossedAtMs;
  return atLine && agoMs <= FLAG_TOLERANCE_MS ? leader.crossedAtMs : draft.state.atMs;
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
