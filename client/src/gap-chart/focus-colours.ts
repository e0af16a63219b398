import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import { entryIndexes, type RaceView } from '@pitboard/shared/race/race-view.ts';
import { carColour } from '../ui/car-colour.ts';

const PALETTE = Array.from({ length: 8 }, (_, place) => `var(--class-${place + 1})`);

/**
 * A colour for each car in focus, no two alike as far as the palette goes: a car keeps its own unless one before it in
 * the entry list has the same.
 */
export function focusColours(view: RaceView, focus: ReadonlySet<CarNumber>): ReadonlyMap<CarNumber, string> {
  const places = entryIndexes(view.state.manifest);
  const cars = [...focus].sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
  const own = new Set(cars.map((car) => carColour(view, car)));
  const free = PALETTE.filter((colour) => !own.has(colour));
  const colours = new Map<CarNumber, string>();
  const taken = new Set<string>();
  for (const car of cars) {
    const wanted = carColour(view, car);
    const colour = taken.has(wanted) ? (free.shift() ?? wanted) : wanted;
    taken.add(colour);
    colours.set(car, colour);
  }
  return colours;
}
