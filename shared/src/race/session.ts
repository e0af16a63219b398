import type { Manifest } from '../protocol/manifest.ts';
import type { RaceFactOf } from '../protocol/race-event.ts';
import type { RaceDraft } from './race-draft.ts';

export function onSessionPhase(draft: RaceDraft, event: RaceFactOf<'session-phase'>): void {
  const { state } = draft;
  if (event.startEpochMs !== undefined) state.startEpochMs = event.startEpochMs;
  if (state.phase === event.phase) return;
  state.phase = event.phase;
  draft.recorder?.phase({ atMs: event.atMs, phase: event.phase });
  if (event.phase !== 'running' || state.manifest.kind !== 'race') return;
  state.cars.forEach((car, index) => {
    if (car.status === 'on-grid')
      draft.setStatus(index, car.pitEntryAtMs === undefined ? 'running' : 'in-pit', undefined);
  });
}

/** Late parts of the manifest. Cars, laps and times stay as they are. */
export function onSessionUpdated(draft: RaceDraft, event: RaceFactOf<'session-updated'>): void {
  // Absent keys of a parsed update are absent, never undefined.
  draft.setManifest({ ...draft.state.manifest, ...(event.changes as Partial<Manifest>) });
  if (event.changes.grid === undefined) return;
  for (const slot of event.changes.grid) draft.car(draft.indexOf(slot.car)).gridPosition = slot.position;
  draft.resort();
}
