import type { RaceFactOf } from '../protocol/race-event.ts';
import type { MutableCar } from './copy-car.ts';
import type { RaceDraft } from './race-draft.ts';

/**
 * A car enters the pit lane. [P2] A second entry without an exit between is a repeat; [P3] driving in after the flag is
 * no stop.
 */
export function onPitEntry(draft: RaceDraft, event: RaceFactOf<'pit-entry'>): void {
  const index = draft.indexOf(event.car);
  const before = draft.peek(index);
  if (before.pitEntryAtMs !== undefined || before.status === 'finished') return;
  const car = draft.car(index);
  car.pitEntryAtMs = event.atMs;
  car.driverChangedInPit = false;
  car.stationaryMs = undefined;
  car.isInLap = true;
  if (car.status === 'running' || car.status === 'stopped') draft.setStatus(index, 'in-pit', undefined);
  draft.recorder?.pitEntry({
    atMs: event.atMs,
    car: car.car,
    number: car.stops + 1,
    lap: car.lapsCompleted + 1,
    driverBefore: car.driver,
    driverAfter: undefined,
    stationaryMs: undefined,
    exitAtMs: undefined,
    exitLap: undefined,
    pitTimeMs: undefined,
    mandatory: false,
  });
}

/** A car leaves the pit lane: the stop is complete, a stint begins. */
export function onPitExit(draft: RaceDraft, event: RaceFactOf<'pit-exit'>): void {
  const index = draft.indexOf(event.car);
  const car = draft.car(index);
  car.isOutLap = true;
  if (car.status === 'in-pit' || car.status === 'stopped') draft.setStatus(index, 'running', undefined);
  // [P5] An exit without an entry (a start from the lane, a late join) is no stop.
  if (car.pitEntryAtMs === undefined) return;
  const mandatory = isMandatoryStop(draft, car);
  // [P1] Pit time is entry to exit, whatever happens in between.
  const pitTimeMs = event.atMs - car.pitEntryAtMs;
  draft.recorder?.pitExit(car.car, {
    driverAfter: car.driver,
    stationaryMs: car.stationaryMs,
    exitAtMs: event.atMs,
    exitLap: car.lapsCompleted,
    pitTimeMs,
    mandatory,
  });
  car.pitEntryAtMs = undefined;
  car.stops++;
  car.lastPitTimeMs = pitTimeMs;
  car.pitTimeTotalMs += pitTimeMs;
  if (mandatory) car.stopsServed++;
  car.stintStartLap = car.lapsCompleted;
  car.stintStartedAtMs = event.atMs;
}

export function onPitStationary(draft: RaceDraft, event: RaceFactOf<'pit-stationary'>): void {
  draft.car(draft.indexOf(event.car)).stationaryMs = event.durationMs;
}

/** [P20] The feed knows of stops that were made before anybody listened; none that was seen is taken away. */
export function onStopsReported(draft: RaceDraft, { car, stops }: RaceFactOf<'stops-reported'>): void {
  const index = draft.indexOf(car);
  if (stops > draft.peek(index).stops) draft.car(index).stops = stops;
}

/** [P6] A stop is a mandatory one when it fell into the window, took long enough and changed the driver, as the rules ask. */
function isMandatoryStop(draft: RaceDraft, car: MutableCar): boolean {
  const { pitRules, entries } = draft.state.manifest;
  const entryAtMs = car.pitEntryAtMs;
  if (pitRules === undefined || entryAtMs === undefined || car.stopsServed >= pitRules.mandatoryStops) return false;
  if (entryAtMs < (pitRules.windowOpensMs ?? Number.NEGATIVE_INFINITY)) return false;
  if (entryAtMs > (pitRules.windowClosesMs ?? Number.POSITIVE_INFINITY)) return false;
  if (draft.state.atMs - entryAtMs < (pitRules.minimumPitTimeMs ?? 0)) return false;
  const crew = entries[car.index]?.drivers.length ?? 0;
  return pitRules.driverChangeRequired !== true || car.driverChangedInPit || crew === 1;
}
