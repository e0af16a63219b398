import type { CarNumber, ClassId } from '@pitboard/shared/domain/names.ts';
import type { Driver, Entry } from '@pitboard/shared/protocol/manifest.ts';
import { cleanName, idOf, splitName } from '../import/names.ts';
import { isCarText, isCountry, isSurelyCarText, isTeamText, splitCar } from './name-kinds.ts';
import type { Competitor } from './rmonitor-message.ts';

/** Fields of a competitor: clubs put there what they like. */
export type CompetitorTexts = Pick<Competitor, 'first' | 'last' | 'nationality' | 'additional'>;

const MOST_DRIVERS = 10;
/** Nobody yet. */
const NOBODY = /^(?:tba|tbd|tbc|n\.?n\.?|driver|unknown|-+)$/i;
const PARTICLES = /^(?:(?:van|von|der|den|de|di|da|del|della|du|la|le|zu)\s?)+$/;

type Parts = {
  drivers: Driver[];
  team: string | undefined;
  car: string | undefined;
  note: string | undefined;
};

/** The entry that the texts of a competitor tell: what each of them is, is told by what it looks like. */
export function entryOfCompetitor(
  car: CarNumber,
  { first, last, nationality, additional = '' }: CompetitorTexts,
  classId: ClassId | undefined,
): Entry {
  const parts: Parts = { drivers: [], team: undefined, car: undefined, note: undefined };
  readNames(parts, first, last);
  const country = isCountry(nationality) ? cleanName(nationality) : undefined;
  for (const text of country === undefined ? [nationality, additional] : [additional]) readText(parts, text);
  const { make, model } = splitCar(parts.car ?? '');
  const drivers = parts.drivers.map((driver) =>
    country === undefined || parts.drivers.length > 1 ? driver : { ...driver, nationality: country },
  );
  const team = cleanName(parts.team ?? '');
  const note = cleanName(parts.note ?? '');
  return {
    car,
    drivers,
    ...(team === undefined ? {} : { team }),
    ...(make === undefined ? {} : { make }),
    ...(model === undefined ? {} : { model }),
    ...(classId === undefined ? {} : { class: classId }),
    ...(note === undefined ? {} : { note }),
  };
}

/** A driver, the two halves of a crew, a team, or a driver or team with a car or team behind. */
function readNames(parts: Parts, first: string, last: string): void {
  const whole = `${first} ${last}`.trim();
  if (first !== '' && isSurelyCarText(last)) {
    parts.team = first;
    parts.car = last;
  } else if (/[/&;+]|,\s/.test(whole) && !isTeamText(whole)) {
    parts.drivers = driversOf(whole.split(/\s*[/&;+]\s*|,\s+/));
  } else if (last === '') {
    // A driver has a last name: what stands in the first field alone is a team.
    parts.team = first;
  } else if (isTeamText(last) && !isTeamText(first) && first.includes(' ')) {
    parts.team = last;
    parts.drivers = driversOf([first]);
  } else if (isTeamText(whole)) {
    parts.team = whole;
  } else if (first === '') {
    parts.drivers = driversOf([last]);
  } else if (!NOBODY.test(last)) {
    parts.drivers = [driver(first, last)];
  }
}

function readText(parts: Parts, text: string): void {
  if (text === '') return;
  if (parts.car === undefined && isCarText(text)) parts.car = text;
  else if (parts.team === undefined && isTeamText(text)) parts.team = text;
  else if (parts.note === undefined) parts.note = text;
}

function driversOf(names: readonly string[]): Driver[] {
  const drivers = new Map<string, Driver>();
  for (const name of names) {
    const clean = cleanName(name.replace(/\s+/g, ' ').replace(/\.(?=\p{L}{2})/u, '. '));
    if (clean === undefined || NOBODY.test(clean)) continue;
    // `Moor, Tilda` stands for itself where the other field is no part of it.
    const [, family, given] = /^([^,]+), ([^,]+)$/.exec(clean) ?? [];
    const { firstName, lastName } = splitName(given === undefined ? clean : `${given} ${family}`);
    // `de Wit` is a last name.
    const each = PARTICLES.test(firstName) ? driver('', clean) : driver(firstName, lastName);
    if (!drivers.has(each.id)) drivers.set(each.id, each);
  }
  return [...drivers.values()].slice(0, MOST_DRIVERS);
}

function driver(first: string, last: string): Driver {
  const firstName = cleanName(first);
  const lastName = cleanName(last) ?? firstName ?? 'Unknown';
  const id = idOf(`${firstName ?? ''} ${lastName}`.trim()).toLowerCase() || 'driver';
  return { id, ...(firstName === undefined ? {} : { firstName }), lastName };
}
