import type { CarNumber } from '../domain/names.ts';
import type { Championship } from '../protocol/manifest.ts';
import { bestPlaceOf, isOpen, placesOf, rankedFor, type TitleCar, type TitleField } from './title-field.ts';

/** A competitor of a title, with what this session can still bring him. */
export type Contender = {
  readonly competitor: string;
  readonly before: number;
  /** Wins of the season, this session's among them once it is fixed. */
  readonly wins: number | undefined;
  /** Points of this session as it stands, the least and the most that he can end with. */
  readonly now: number;
  readonly min: number;
  readonly max: number;
  /** His cars that count, and those of them whose result is open. */
  readonly cars: readonly TitleCar[];
  readonly racing: readonly CarNumber[];
};

type Title = Championship;

export function contendersOf(title: Title, field: TitleField): readonly Contender[] {
  const ranked = rankedFor(title, field);
  const places = placesOf(ranked);
  return title.standings.map(({ competitor, points: before, wins }): Contender => {
    const cars = ranked.filter((car) => scoresWith(title, competitor, car));
    const racing = cars.filter(isOpen).map(({ car }) => car);
    const fixed = (car: TitleCar) => (car.state === 'home' ? placed(title, places.get(car.car)) : 0);
    const won = racing.length === 0 && cars.some(({ car }) => places.get(car) === 1);
    return {
      competitor,
      before,
      wins: wins === undefined ? undefined : wins + (won ? 1 : 0),
      now: combined(
        title,
        cars.map(({ car }) => placed(title, places.get(car))),
      ),
      min: combined(title, cars.map(fixed)),
      max: bestGain(title, { cars, ranked, places }, title.points),
      cars,
      racing,
    };
  });
}

/** [H1] Points go to competitors: each driver of a crew scores what the car does, a team what its cars do. [H5] Who never drove scores nothing. */
function scoresWith(title: Title, competitor: string, { entry, state, drove }: TitleCar): boolean {
  if (title.scope === 'team') return entry.team === competitor;
  if (!entry.drivers.some((driver) => driver.id === competitor)) return false;
  return title.reservesScore === true || state === 'racing' || drove === undefined || drove.has(competitor);
}

/** Points for a place. */
export function placed(title: Title, place: number | undefined): number {
  return place === undefined ? 0 : (title.points[place - 1] ?? 0);
}

/** [H7] A team scores with its best car, or with all of them. */
export function combined(title: Title, points: readonly number[]): number {
  const sums = title.scope === 'team' && title.teamScoring === 'all-cars';
  return sums ? points.reduce((sum, value) => sum + value, 0) : Math.max(0, ...points);
}

type Held = {
  readonly cars: readonly TitleCar[];
  readonly ranked: TitleField;
  readonly places: ReadonlyMap<CarNumber, number>;
};

/** The most that cars can bring: open results take the best of the places that are to be had. */
function bestGain(title: Title, { cars, ranked, places }: Held, tops: readonly number[]): number {
  let taken = 0;
  const gains = cars.map((car) => {
    if (isOpen(car)) return tops[taken++] ?? 0;
    return placed(title, car.state === 'home' ? places.get(car.car) : bestPlaceOf(car, ranked));
  });
  return combined(title, gains);
}

/** The most that a rival can gain when one place is taken from him. */
export function bestWithout(title: Title, field: TitleField, rival: Contender, place: number): number {
  const ranked = rankedFor(title, field);
  const tops = title.points.filter((_, index) => index !== place - 1);
  return bestGain(title, { cars: rival.cars, ranked, places: placesOf(ranked) }, tops);
}

/** Two who share the one car that is still racing: what it gains, both gain. */
export function sharesFate(one: Contender, other: Contender): boolean {
  return one.racing.length === 1 && other.racing.length === 1 && one.racing[0] === other.racing[0];
}

/** [H3] True when nothing that can still happen brings the other level. [H8] Of equal final points more wins decide, where known. */
export function isSafeFrom(one: Contender, other: Contender, later: number): boolean {
  if (sharesFate(one, other)) return one.before > other.before + later;
  const lead = one.before + one.min - (other.before + other.max + later);
  return lead > 0 || (lead === 0 && winsDecide(one, other, later));
}

/** True while the one can still be champion, as far as the other goes. */
export function canReach(one: Contender, other: Contender, later: number): boolean {
  if (sharesFate(one, other)) return one.before + later >= other.before;
  const lead = one.before + one.max + later - (other.before + other.min);
  return lead > 0 || (lead === 0 && !winsDecide(other, one, later));
}

function winsDecide(one: Contender, other: Contender, later: number): boolean {
  const isFixed = later === 0 && one.min === one.max && other.min === other.max;
  return isFixed && one.wins !== undefined && other.wins !== undefined && one.wins > other.wins;
}
