import type { CarNumber } from '../domain/names.ts';
import type { LapRecord } from '../race/race-history.ts';
import { NOTHING, type Scene, type Teller } from './moment-scene.ts';

const PLACES_WON = 10;
const LAST_PLACE = 10;
/** Held for so many laps running, a place is not lent by the stops of others. */
const LAPS_HELD = 3;

/** [M6] A car that has come through the field, once, when it has held its place for some laps and owes no stop that others have paid. */
export function comebackTeller(): Teller {
  const held = new Map<CarNumber, number>();
  const told = new Set<CarNumber>();
  return ({ kind, item }, scene) => {
    if (kind !== 'lap' || told.has(item.car)) return NOTHING;
    const { gridPosition } = scene.car(item.car);
    if (gridPosition === undefined || !isComeback(item, gridPosition) || !isSettled(item, scene)) {
      held.delete(item.car);
      return NOTHING;
    }
    const laps = (held.get(item.car) ?? 0) + 1;
    held.set(item.car, laps);
    if (laps < LAPS_HELD) return NOTHING;
    told.add(item.car);
    const { atMs, car, driver, position, lap } = item;
    return [{ kind: 'comeback', atMs, importance: 2, cars: [car], driver, gridPosition, position, lap }];
  };
}

function isComeback({ position }: LapRecord, gridPosition: number): boolean {
  return position <= LAST_PLACE && gridPosition - position >= PLACES_WON;
}

/** Before the first mandatory stops, or after the last of them. */
function isSettled({ atMs, car }: LapRecord, scene: Scene): boolean {
  const { windowOpensMs, windowClosesMs } = scene.manifest.pitRules ?? {};
  if (scene.mandatoryStops === 0) return true;
  if (windowOpensMs !== undefined && atMs < windowOpensMs) return true;
  return scene.car(car).served >= scene.mandatoryStops && (windowClosesMs === undefined || atMs > windowClosesMs);
}
