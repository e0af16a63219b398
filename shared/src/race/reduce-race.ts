import type { RaceEvent, RaceFact } from '../protocol/race-event.ts';
import { onBestLapReported, onLapInvalidated } from './best-laps.ts';
import { onDriverChanged, onTyresChanged } from './crew.ts';
import { onFlagChanged } from './flags.ts';
import { onPassing } from './passings.ts';
import { onPenalty } from './penalties.ts';
import { onPitEntry, onPitExit, onPitStationary, onStopsReported } from './pit.ts';
import { RaceDraft } from './race-draft.ts';
import type { RaceState } from './race-state.ts';
import type { Recorder } from './recorder.ts';
import { onGapReported } from './reported-gaps.ts';
import { onClock, onSessionPhase, onSessionUpdated } from './session.ts';
import { onCarBack, onOutcome } from './status.ts';

/**
 * Applies one event. Pure: no clock, no randomness, no I/O; `state` is never changed, and branches that do not change
 * keep their reference.
 */
export function reduceRace(state: RaceState, event: RaceEvent): RaceState {
  return foldRace(state, [event]);
}

/**
 * Applies a batch of events, in order of (`atMs`, `seq`). The same as `reduceRace` one by one, however it is cut into
 * batches, but with one copy a batch. What happens is told to `recorder`, if there is one.
 */
export function foldRace(state: RaceState, events: readonly RaceEvent[], recorder?: Recorder): RaceState {
  if (events.length === 0) return state;
  const draft = new RaceDraft(state, recorder);
  for (const event of events) {
    draft.state.atMs = event.atMs;
    apply(draft, event);
  }
  return draft.close();
}

function apply(draft: RaceDraft, event: RaceFact): void {
  switch (event.type) {
    case 'passing':
      return onPassing(draft, event);
    case 'position': {
      const car = draft.car(draft.indexOf(event.car));
      if (event.lapFraction !== undefined) {
        car.lapFraction = event.lapFraction;
        car.lapFractionAtMs = event.atMs;
      }
      if (event.speedKph !== undefined) car.speedKph = event.speedKph;
      return;
    }
    case 'pit-entry':
      return onPitEntry(draft, event);
    case 'pit-exit':
      return onPitExit(draft, event);
    case 'pit-stationary':
      return onPitStationary(draft, event);
    case 'stops-reported':
      return onStopsReported(draft, event);
    case 'driver-changed':
      return onDriverChanged(draft, event);
    case 'tyres-changed':
      return onTyresChanged(draft, event);
    case 'car-stopped':
    case 'car-retired':
    case 'car-not-starting':
    case 'car-disqualified':
      return onOutcome(draft, event);
    case 'car-resumed':
    case 'car-reinstated':
      return onCarBack(draft, event);
    case 'flag-changed':
      return onFlagChanged(draft, event);
    case 'session-phase':
      return onSessionPhase(draft, event);
    case 'session-updated':
      return onSessionUpdated(draft, event);
    case 'entry-updated':
      return draft.enter(event.entry);
    case 'clock':
      return onClock(draft, event);
    case 'weather':
      draft.state.weather = event;
      return;
    case 'order-reported':
      draft.state.reportedOrder = event.cars;
      draft.state.reportedOrderAtMs = event.atMs;
      return;
    // [G9] A claimed gap is kept beside what we measure; nothing measured depends on it.
    case 'gap-reported':
      return onGapReported(draft, event);
    case 'best-lap-reported':
      return onBestLapReported(draft, event);
    case 'penalty':
      return onPenalty(draft, event);
    case 'lap-invalidated':
      return onLapInvalidated(draft, event);
    // [R4] A withdrawn passing is left out of the fold by the log itself.
    case 'passing-withdrawn':
      return;
    case 'race-control-message':
    case 'incident':
      draft.recorder?.message(event);
      return;
    default:
      return assertNever(event);
  }
}

function assertNever(event: never): never {
  throw new Error(`unknown event: ${JSON.stringify(event)}`);
}
