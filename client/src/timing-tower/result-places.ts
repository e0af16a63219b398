import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import { officialResult } from '@pitboard/shared/race/official-result.ts';
import type { RaceState } from '@pitboard/shared/race/race-state.ts';
import type { RaceView } from '@pitboard/shared/race/race-view.ts';

type Places = ReadonlyMap<CarNumber, number>;

const NONE: Places = new Map();
const known = new WeakMap<RaceState, Places>();

/** Places in the result once the race is over, of cars too that did not see the flag; empty before. Kept for each state. */
export function resultPlaces(view: RaceView): Places {
  const { phase } = view.state;
  if (phase !== 'finished' && phase !== 'closed') return NONE;
  let places = known.get(view.state);
  if (places === undefined) {
    const lines = officialResult(view).filter(({ position }) => position !== undefined);
    places = new Map(lines.map(({ car, position = 0 }) => [car, position]));
    known.set(view.state, places);
  }
  return places;
}
