import type { RaceFactOf } from '../protocol/race-event.ts';
import type { RaceDraft } from './race-draft.ts';

/** Another driver takes the wheel. */
export function onDriverChanged(draft: RaceDraft, event: RaceFactOf<'driver-changed'>): void {
  const car = draft.car(draft.indexOf(event.car));
  if (car.driver === event.driver) return;
  draft.recorder?.driver({
    atMs: event.atMs,
    car: car.car,
    from: car.driver,
    to: event.driver,
    lap: car.lapsCompleted + 1,
  });
  car.driver = event.driver;
  if (car.pitEntryAtMs !== undefined) car.driverChangedInPit = true;
}

export function onTyresChanged(draft: RaceDraft, event: RaceFactOf<'tyres-changed'>): void {
  draft.car(draft.indexOf(event.car)).tyre = event.compound;
}
