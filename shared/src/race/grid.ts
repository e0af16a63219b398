import type { CarNumber } from '../domain/names.ts';
import type { Manifest } from '../protocol/manifest.ts';
import type { RaceDraft } from './race-draft.ts';
import type { Penalty } from './race-state.ts';

/** Puts the cars on the grid as stated, less the places that were taken away since. [O9] It replaces the old one whole. */
export function setGrid(draft: RaceDraft): void {
  const { state } = draft;
  const grid = gridAfter(state.manifest.grid, state.gridPenalties);
  state.cars.forEach((_, index) => {
    draft.car(index).gridPosition = undefined;
  });
  for (const [car, position] of grid) draft.car(draft.indexOf(car)).gridPosition = position;
}

/** [F15] One penalty after the other: the car goes back its places, at most to the last slot, and those it falls behind move up. */
function gridAfter(grid: Manifest['grid'], penalties: readonly Penalty[]): readonly (readonly [CarNumber, number])[] {
  const slots = grid.toSorted((one, other) => one.position - other.position);
  const cars = slots.map((slot) => slot.car);
  for (const { car, sanction } of penalties) {
    const place = cars.indexOf(car);
    if (place < 0 || sanction.kind !== 'grid-places') continue;
    cars.splice(place, 1);
    cars.splice(place + sanction.places, 0, car);
  }
  return cars.map((car, index) => [car, (slots[index] as Manifest['grid'][number]).position]);
}
