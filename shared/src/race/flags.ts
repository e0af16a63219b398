import type { CarFlag, TrackFlag } from '../domain/flag.ts';
import type { RaceFactOf } from '../protocol/race-event.ts';
import { onChequered } from './finish.ts';
import { isCarFlag, worseFlag } from './flag-severity.ts';
import type { RaceDraft } from './race-draft.ts';
import { updateSuspension } from './suspension.ts';

export function onFlagChanged(draft: RaceDraft, event: RaceFactOf<'flag-changed'>): void {
  const { flag } = event;
  if (event.car !== undefined) {
    onCarFlag(draft, draft.indexOf(event.car), flag);
  } else if (isCarFlag(flag)) {
    // [F4] Blue, black and their like mean nothing without a car.
    return;
  } else if (event.sector !== undefined) {
    onSectorFlag(draft, event.sector, flag);
  } else {
    onTrackFlag(draft, flag);
  }
}

/** [F6] A flag shown to one car stands until green, or another one, is shown to it. Flags for the track mean nothing to one car. */
function onCarFlag(draft: RaceDraft, index: number, flag: TrackFlag | CarFlag): void {
  if (flag !== 'green' && flag !== 'white' && !isCarFlag(flag)) return;
  const shown = flag === 'green' ? undefined : flag;
  const { car, flag: before } = draft.peek(index);
  if (shown === before) return;
  draft.car(index).flag = shown;
  draft.recorder?.carFlag({ atMs: draft.state.atMs, car, flag: shown });
}

function onSectorFlag(draft: RaceDraft, sector: number, flag: TrackFlag): void {
  const { state } = draft;
  const shown = state.sectorFlags.find((other) => other.sector === sector)?.flag ?? 'green';
  // [F5] A flag that is shown already is no news.
  if (shown === flag) return;
  const others = state.sectorFlags.filter((other) => other.sector !== sector);
  const flags = flag === 'green' ? others : [...others, { sector, flag, atMs: state.atMs }];
  state.sectorFlags = flags.sort((one, other) => one.sector - other.sector);
  state.cars.forEach((car, index) => {
    // [F7] Every lap knows the worst flag that stood in any sector during it.
    if (worseFlag(car.lapLocalFlag, flag) !== car.lapLocalFlag) draft.car(index).lapLocalFlag = flag;
  });
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
    onChequered(draft);
  } else {
    state.cars.forEach((car, index) => {
      // [F3] Every lap knows the worst flag that it saw.
      if (worseFlag(car.lapFlag, flag) !== car.lapFlag) draft.car(index).lapFlag = flag;
    });
  }
  updateSuspension(draft);
  recordFlag(draft, flag, undefined);
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
