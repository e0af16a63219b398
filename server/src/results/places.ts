import type { CarNumber, ClassId } from '@pitboard/shared/domain/names.ts';
import type { OfficialCar } from '@pitboard/shared/race/official-result.ts';
import type { RaceView } from '@pitboard/shared/race/race-view.ts';
import { tallyRoad } from '@pitboard/shared/race/tally.ts';

/** Who did not start, or was shut out, has no place. */
export function hasPlace({ status }: Pick<OfficialCar, 'status'>): boolean {
  return status !== 'did-not-start' && status !== 'disqualified';
}

type Place = { readonly position: number; readonly classPosition: number | undefined };

/** Overall and in class, in the order of the lines. */
export function placesOf(lines: readonly OfficialCar[]): ReadonlyMap<CarNumber, Place> {
  const inClass = new Map<ClassId | undefined, number>();
  const places = lines.filter(hasPlace).map(({ car, class: id }, index): [CarNumber, Place] => {
    const classPosition = (inClass.get(id) ?? 0) + 1;
    inClass.set(id, classPosition);
    return [car, { position: index + 1, classPosition: id === undefined ? undefined : classPosition }];
  });
  return new Map(places);
}

/** Every car that took part, those that were shut out afterwards included. */
export function placesOnRoad(view: RaceView): ReadonlyMap<CarNumber, number> {
  const tallies = tallyRoad(view).filter(({ status }) => status !== 'did-not-start');
  return new Map(tallies.map(({ car }, index) => [car.car, index + 1]));
}
