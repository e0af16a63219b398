import type { Championship } from '../protocol/manifest.ts';
import { rankedFor, type TitleField } from './title-field.ts';
import { bestWithout, type Contender, combined, contendersOf, placed, sharesFate } from './title-reach.ts';

/** What a competitor must do to be champion. */
export type TitleNeeds = {
  /** The worst place that is enough. */
  readonly position: number;
  /** The worst place that brings him level with the best rival, where it is another one. */
  readonly tiePosition: number | undefined;
  /** Enough whatever the others do; else only if they stay in the order that they are in. */
  readonly regardless: boolean;
};

/** [H4] The worst place that makes a competitor champion: whatever others do or, where no place does, as they stand. */
export function neededBy(title: Championship, field: TitleField, one: Contender): TitleNeeds | undefined {
  if (one.racing.length !== 1) return undefined;
  const others = contendersOf(title, field).filter(({ competitor }) => competitor !== one.competitor);
  const regardless = worstPlaces(title, (place) => leadAt({ title, field, one }, others, place));
  if (regardless !== undefined) return { ...regardless, regardless: true };
  // [H9] Who is put in another place moves the others.
  const asItStands = worstPlaces(title, (place) => {
    const moved = withCarAt({ title, field, one }, place);
    return Math.min(
      ...contendersOf(title, moved)
        .filter(({ competitor }) => competitor !== one.competitor)
        .map((rival) => leadOver({ title, one }, rival, { place, best: rival.now })),
    );
  });
  return asItStands === undefined ? undefined : { ...asItStands, regardless: false };
}

type Case = { readonly title: Championship; readonly field: TitleField; readonly one: Contender };

/** Points ahead of the best rival with a place, when every rival gets the best that is left. */
function leadAt(given: Case, others: readonly Contender[], place: number): number {
  const { title, field } = given;
  return Math.min(
    ...others.map((rival) => leadOver(given, rival, { place, best: bestWithout(title, field, rival, place) })),
  );
}

type Outcome = { readonly place: number; readonly best: number };

function leadOver({ title, one }: Pick<Case, 'title' | 'one'>, rival: Contender, { place, best }: Outcome): number {
  const later = title.remainingAfter ?? 0;
  if (sharesFate(one, rival)) return one.before - rival.before - later;
  const home = one.cars.filter(({ state }) => state === 'home');
  const gain = combined(title, home.length === 0 ? [placed(title, place)] : [one.min, placed(title, place)]);
  return one.before + gain - (rival.before + best + later);
}

/** The worst place with a lead, and the worst one without arrears where that is another. */
function worstPlaces(title: Championship, leadAtPlace: (place: number) => number) {
  let tiePosition: number | undefined;
  for (let place = title.points.length; place >= 1; place--) {
    const lead = leadAtPlace(place);
    if (lead > 0) return { position: place, tiePosition };
    if (lead === 0) tiePosition ??= place;
  }
  return undefined;
}

/** The field with his car put into a place, the others in their order around it. */
function withCarAt({ title, field, one }: Case, place: number): TitleField {
  const ranked = rankedFor(title, field);
  const own = ranked.find(({ car }) => car === one.racing[0]);
  if (own === undefined) return field;
  const others = ranked.filter((car) => car !== own);
  return [...others.slice(0, place - 1), { ...own, counts: true }, ...others.slice(place - 1)];
}
