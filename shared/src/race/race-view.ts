import type { CarNumber } from '../domain/names.ts';
import type { Entry, Manifest } from '../protocol/manifest.ts';
import type { RaceHistory } from './race-history.ts';
import type { CarState, RaceState } from './race-state.ts';

/**
 * A race at one moment: what every panel and selector reads. `nowMs` is the playhead, at or after `state.atMs`;
 * of `history` only what had happened at `nowMs` may be shown.
 */
export type RaceView = {
  readonly nowMs: number;
  readonly state: RaceState;
  readonly history: RaceHistory;
};

// Held per list, and lists keep their reference while unchanged: look-ups stay O(1) without a copy in the state.
const entryPlaces = new WeakMap<Manifest, ReadonlyMap<CarNumber, number>>();
const orderPlaces = new WeakMap<readonly CarNumber[], ReadonlyMap<CarNumber, number>>();

/** Place of each car in `manifest.entries` and in `RaceState.cars`. */
export function entryIndexes(manifest: Manifest): ReadonlyMap<CarNumber, number> {
  let places = entryPlaces.get(manifest);
  if (places === undefined) {
    places = new Map(manifest.entries.map((entry, index) => [entry.car, index]));
    entryPlaces.set(manifest, places);
  }
  return places;
}

/** The state of a car; `undefined` for a car that is not entered. */
export function carOf(state: RaceState, car: CarNumber): CarState | undefined {
  const index = entryIndexes(state.manifest).get(car);
  return index === undefined ? undefined : state.cars[index];
}

/** The entry of a car; `undefined` for a car that is not entered. */
export function entryOf(state: RaceState, car: CarNumber): Entry | undefined {
  const index = entryIndexes(state.manifest).get(car);
  return index === undefined ? undefined : state.manifest.entries[index];
}

/**
 * Place in the running order, 1 for the leader. Cars that are out of the race stand behind all others and are counted
 * on. `undefined` when not entered.
 */
export function positionOf(state: RaceState, car: CarNumber): number | undefined {
  let places = orderPlaces.get(state.order);
  if (places === undefined) {
    places = new Map(state.order.map((number, index) => [number, index + 1]));
    orderPlaces.set(state.order, places);
  }
  return places.get(car);
}

/** True for a car that can no longer gain places: retired, not started, disqualified. */
export function isOut(car: CarState): boolean {
  return car.status === 'retired' || car.status === 'did-not-start' || car.status === 'disqualified';
}

/** Cars still in the race, leader first. Keeps its reference while nothing moves. */
export function runningOrder(state: RaceState): readonly CarNumber[] {
  return state.running === state.order.length ? state.order : state.order.slice(0, state.running);
}
