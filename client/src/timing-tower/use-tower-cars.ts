import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import { useMemo } from 'react';
import { useRace } from '../store/race-store.ts';
import { useViewState } from '../store/view-store.ts';
import { resultPlaces } from './result-places.ts';

export type TowerCars = {
  /** Still in the race, leader first, of the chosen class. */
  readonly running: readonly CarNumber[];
  /** Their positions among all cars; in the result once the race is over. */
  readonly positions: readonly number[];
  /** Out of the race, of the chosen class. */
  readonly out: readonly CarNumber[];
};

/** The cars that the tower lists. Changes when somebody moves, never with time. */
export function useTowerCars(): TowerCars {
  const order = useRace((view) => view.state.order);
  const count = useRace((view) => view.state.running);
  const manifest = useRace((view) => view.state.manifest);
  const places = useRace(resultPlaces);
  const classFilter = useViewState((view) => view.classFilter);
  return useMemo(() => {
    // An address may name a class that this race does not have.
    const filter = manifest.classes.some(({ id }) => id === classFilter) ? classFilter : undefined;
    const classes = new Map(manifest.entries.map((entry) => [entry.car, entry.class]));
    const cars = order
      .map((car, index) => ({ car, position: places.get(car) ?? index + 1, isOut: index >= count }))
      .filter(({ car }) => filter === undefined || classes.get(car) === filter);
    const running = cars.filter(({ isOut }) => !isOut);
    return {
      running: running.map(({ car }) => car),
      positions: running.map(({ position }) => position),
      out: cars.slice(running.length).map(({ car }) => car),
    };
  }, [order, count, places, manifest, classFilter]);
}
