import type { Manifest } from '../protocol/manifest.ts';
import type { RaceFactOf } from '../protocol/race-event.ts';
import { courseOf } from './course.ts';
import { setGrid } from './grid.ts';
import { startPart } from './qualifying.ts';
import type { RaceDraft } from './race-draft.ts';
import { onTrackStatus } from './status.ts';
import { suspendedMsAt, updateSuspension } from './suspension.ts';

export function onSessionPhase(draft: RaceDraft, event: RaceFactOf<'session-phase'>): void {
  const { state } = draft;
  if (event.startEpochMs !== undefined) state.startEpochMs = event.startEpochMs;
  startPart(draft, event);
  if (state.phase === event.phase) return;
  state.phase = event.phase;
  draft.recorder?.phase({ atMs: event.atMs, phase: event.phase });
  updateSuspension(draft);
  if (event.phase !== 'running' || state.manifest.kind !== 'race') return;
  state.cars.forEach((car, index) => {
    if (car.status === 'on-grid') draft.setStatus(index, onTrackStatus(car), undefined);
  });
}

/** [F16] The feed's own clock. */
export function onClock({ state }: RaceDraft, event: RaceFactOf<'clock'>): void {
  state.clock = event;
  state.clockSuspendedMs = suspendedMsAt(state, event.atMs);
}

/** Late parts of the manifest. Cars, laps and times stay as they are. */
export function onSessionUpdated(draft: RaceDraft, event: RaceFactOf<'session-updated'>): void {
  // Absent keys of a parsed update are absent, never undefined.
  const changes = event.changes as Partial<Manifest>;
  draft.setManifest({ ...draft.state.manifest, ...changes, circuit: circuitAfter(draft, changes.circuit) });
  if (changes.startEpochMs !== undefined) draft.state.startEpochMs = changes.startEpochMs;
  if (changes.grid !== undefined) {
    // [F15] A grid that is stated anew contains what was said before.
    draft.state.gridPenalties = [];
    setGrid(draft);
  }
  draft.resort();
}

/** [L11] Loops stay once a car has crossed one: laps are counted in them. Before that, cars take their sectors from the new ones. */
function circuitAfter(draft: RaceDraft, circuit: Manifest['circuit'] | undefined): Manifest['circuit'] {
  const { state } = draft;
  const before = state.manifest.circuit;
  if (circuit === undefined) return before;
  if (state.cars.some((car) => car.progress >= 0)) return { ...circuit, loops: before.loops };
  const none = new Array(courseOf({ ...state.manifest, circuit }).sectors).fill(undefined);
  state.cars.forEach((_, index) => {
    Object.assign(draft.car(index), { sectors: none, bestSectorsMs: none });
  });
  state.bestSectors = none;
  return circuit;
}
