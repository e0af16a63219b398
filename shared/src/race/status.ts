import type { CarStatus } from '../domain/status.ts';
import type { RaceFactOf } from '../protocol/race-event.ts';
import { courseOf } from './course.ts';
import type { RaceDraft } from './race-draft.ts';
import type { CarState, Outcome, RaceState } from './race-state.ts';

type OutcomeEvent = RaceFactOf<'car-stopped' | 'car-retired' | 'car-not-starting' | 'car-disqualified'>;

/** Race control or the feed says what became of a car. [T1] The first statement's moment stays, and its reason until a newer one brings another. */
export function onOutcome(draft: RaceDraft, event: OutcomeEvent): void {
  const index = draft.indexOf(event.car);
  const car = draft.peek(index);
  const status = statusOf(event.type);
  if (stands(car.status, status)) return;
  draft.setStatus(index, status, outcomeOf(car, event, car.status === status));
}

/** [T6] A heavier word stands against a lighter one; who took the flag and then stops has finished all the same. */
function stands(said: CarStatus, status: CarStatus): boolean {
  if (status === 'disqualified') return false;
  if (said === 'finished' || said === 'disqualified') return true;
  return status === 'stopped' && (said === 'retired' || said === 'did-not-start');
}

/** What a car does that nothing is said against. */
export function onTrackStatus(car: CarState): 'in-pit' | 'running' {
  return car.pitEntryAtMs === undefined ? 'running' : 'in-pit';
}

function statusOf(type: OutcomeEvent['type']): CarStatus {
  switch (type) {
    case 'car-stopped':
      return 'stopped';
    case 'car-retired':
      return 'retired';
    case 'car-not-starting':
      return 'did-not-start';
    case 'car-disqualified':
      return 'disqualified';
  }
}

function outcomeOf(car: CarState, event: OutcomeEvent, repeated: boolean): Outcome {
  const first = repeated ? car.outcome : undefined;
  return {
    atMs: first?.atMs ?? event.atMs,
    lap: first?.lap ?? (event.type === 'car-not-starting' ? 0 : car.lapsCompleted + 1),
    reason: event.reason ?? car.outcome?.reason,
    otherCar: event.otherCar ?? car.outcome?.otherCar,
    presumed: false,
  };
}

/** True for a car that crossed the line at or after the leader's flag, whatever was said of it since. */
export function tookFlag(
  { chequeredAtMs, manifest }: Pick<RaceState, 'chequeredAtMs' | 'manifest'>,
  car: CarState,
): boolean {
  if (car.status === 'finished') return true;
  if (chequeredAtMs === undefined || car.crossedAtMs < chequeredAtMs) return false;
  return car.progress % courseOf(manifest).loops === 0;
}

/** [T5] A car comes back: to the track, or to the result that it had. */
export function onCarBack(draft: RaceDraft, event: RaceFactOf<'car-resumed' | 'car-reinstated'>): void {
  const index = draft.indexOf(event.car);
  const car = draft.peek(index);
  const started = draft.state.phase !== 'scheduled' && draft.state.phase !== 'formation';
  const back = tookFlag(draft.state, car) ? 'finished' : started ? onTrackStatus(car) : 'on-grid';
  draft.setStatus(index, back, undefined);
}
