import type { CarNumber } from '../domain/names.ts';
import type { CarState, RaceState } from './race-state.ts';
import { carOf, isOut, positionOf } from './race-view.ts';

/** Places won since the grid, negative for places lost. `undefined` without a grid slot, and for cars that are out. */
export function positionsGained(state: RaceState, car: CarNumber): number | undefined {
  const own = carOf(state, car);
  const position = positionOf(state, car);
  if (own?.gridPosition === undefined || position === undefined || isOut(own)) return undefined;
  return own.gridPosition - position;
}

/** Place within the car's class in the running order, 1 for its leader. */
export function classPositionOf(state: RaceState, car: CarNumber): number | undefined {
  const own = carOf(state, car);
  if (own === undefined) return undefined;
  let place = 1;
  for (const other of state.order) {
    if (other === car) return place;
    if (carOf(state, other)?.class === own.class) place++;
  }
  return undefined;
}

/** The lap that a car is on; the last one once it has taken the flag. */
export function currentLap(car: CarState): number {
  return car.status === 'finished' ? car.lapsCompleted : car.lapsCompleted + 1;
}
