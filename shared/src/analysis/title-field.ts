import type { CarNumber, ClassId, DriverId } from '../domain/names.ts';
import type { Championship, Entry, Manifest } from '../protocol/manifest.ts';

/** A car as a title sees it. */
export type TitleCar = {
  readonly car: CarNumber;
  readonly class: ClassId | undefined;
  readonly entry: Entry;
  /**
   * `racing`: its result is open. `home`: it is fixed. `unsettled`: home, but penalties can still move it. `out`: it keeps
   * at best the place that it has.
   */
  readonly state: 'racing' | 'unsettled' | 'home' | 'out';
  /** Would be classified if the session ended now. */
  readonly counts: boolean;
  /** Out, and far enough to be classified all the same. */
  readonly mayCount: boolean;
  readonly laps: number;
  /** Last crossing of the finish line. */
  readonly lineAtMs: number;
  /** A penalty counts in its result. */
  readonly isPenalised: boolean;
  /** Who has driven it; `undefined` where that is not known. */
  readonly drove: ReadonlySet<DriverId> | undefined;
};

/** The cars of a session in the order of the result as it stands. */
export type TitleField = readonly TitleCar[];

/** [H14] A penalty can put anyone who comes home later ahead: until all are home, nobody's place is fixed. */
export function settled(field: TitleField): TitleField {
  const isWaiting = field.some(({ isPenalised }) => isPenalised) && field.some(({ state }) => state === 'racing');
  return isWaiting ? field.map((car) => (car.state === 'home' ? { ...car, state: 'unsettled' } : car)) : field;
}

/** True while a car's result can still become anything. */
export function isOpen({ state }: TitleCar): boolean {
  return state === 'racing' || state === 'unsettled';
}

/** The cars that a title counts, in their order: those of its class, without guests where these are passed over. */
export function rankedFor(championship: Championship, field: TitleField): TitleField {
  const passesGuests = championship.guests === 'passed-over';
  if (championship.class === undefined && !passesGuests) return field;
  return field.filter(
    (car) =>
      (championship.class === undefined || car.class === championship.class) &&
      !(passesGuests && car.entry.guest === true),
  );
}

/** Places as they stand, of the cars that would be classified. */
export function placesOf(ranked: TitleField): ReadonlyMap<CarNumber, number> {
  const places = new Map<CarNumber, number>();
  for (const { car, counts } of ranked) if (counts) places.set(car, places.size + 1);
  return places;
}

/** The best place that a car which is out can be classified in: behind those that are ahead of it on the road. */
export function bestPlaceOf(car: TitleCar, ranked: TitleField): number | undefined {
  if (!car.counts && !car.mayCount) return undefined;
  const ahead = ranked.filter(
    (other) => other.counts && (other.laps > car.laps || (other.laps === car.laps && other.lineAtMs < car.lineAtMs)),
  );
  return ahead.length + 1;
}

/**
 * [H6] Laps that a car which is out before the flag must have to be classified, by the distance and the leader's pace
 * so far. `undefined` where it cannot be, or where nobody can say.
 */
export function lapsToCount(manifest: Manifest, leaderLaps: number, nowMs: number): number | undefined {
  if (manifest.rules?.mustTakeFlag === true) return undefined;
  const { durationMs, laps } = manifest.distance ?? {};
  const share = manifest.rules?.classifiedShare ?? 0.7;
  if (laps !== undefined) return Math.max(1, Math.floor(laps * share));
  if (durationMs === undefined || nowMs <= 0) return undefined;
  return Math.max(1, Math.floor(leaderLaps * Math.max(1, durationMs / nowMs) * share));
}
