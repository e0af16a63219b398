import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import type { RaceFact, RaceFactOf } from '@pitboard/shared/protocol/race-event.ts';

type Sanction = RaceFactOf<'penalty'>['sanction'];

/** What a message of race control means. */
export type ControlMessage = {
  /** The message itself, or the incident that it tells. */
  readonly fact: RaceFact;
  /** Whom it penalises, and how, where it says so without doubt. */
  readonly penalised: readonly CarNumber[];
  readonly sanction: Sanction | undefined;
};

const INCIDENTS: readonly (readonly [pattern: RegExp, kind: NonNullable<RaceFactOf<'incident'>['kind']>])[] = [
  [/\bincident\b.*\binvolving\b/i, 'contact'],
  [/\b(?:stopped|stalled)\b(?! and go)/i, 'stopped'],
  [/\bsp[iu]n(?:s|ning)?\b/i, 'spin'],
  [/\boff[\s-]+(?:course|track)\b/i, 'off-track'],
];

/** @param cars those that are in the race: a number that is no car's names nobody */
export function readControlMessage(atMs: number, text: string, cars: ReadonlySet<CarNumber>): ControlMessage {
  const named = carsIn(text, cars);
  const isPenalty = /\bpenalty\b/i.test(text);
  const incident = isPenalty || named.length === 0 ? undefined : INCIDENTS.find(([pattern]) => pattern.test(text));
  if (incident !== undefined) {
    const fact: RaceFact = { type: 'incident', atMs, text, kind: incident[1], cars: named };
    return { fact, penalised: [], sanction: undefined };
  }
  const category = isPenalty ? 'penalty' : categoryOf(text);
  const fact: RaceFact = {
    ...{ type: 'race-control-message', atMs, text, category },
    ...(named.length === 0 ? {} : { cars: named }),
  };
  const isTakenBack = /rescind|withdraw|cancel|overturn|no further|\bserved\b/i.test(text);
  const sanction = isPenalty && !isTakenBack ? sanctionOf(text) : undefined;
  return { fact, penalised: sanction === undefined ? [] : named, sanction };
}

function categoryOf(text: string): NonNullable<RaceFactOf<'race-control-message'>['category']> {
  if (/safety car/i.test(text)) return 'safety-car';
  if (/\b(?:flag|fcy|full course|code 60|chequered|checkered|vsc)\b/i.test(text)) return 'flag';
  return /\b(?:investigation|reprimand|warning)\b/i.test(text) ? 'information' : 'other';
}

const MOST_CARS = 100;

/** `Car 4: …`, `Cars 26, 67: …`, `CARS 12 & 34`, `CAR #007`. */
function carsIn(text: string, cars: ReadonlySet<CarNumber>): CarNumber[] {
  const found = new Set<CarNumber>();
  for (const [, list = ''] of text.matchAll(/\bcars?\b[\s#:]*((?:#?\w{1,8}(?:\s*(?:,|&|\/|\band\b)\s*)?)+)/gi)) {
    for (const word of list.split(/[\s,&/#]+/)) {
      if (cars.has(word) && found.size < MOST_CARS) found.add(word);
      else if (word !== '' && !/^and$/i.test(word)) break;
    }
  }
  return [...found];
}

/** What stands behind the reason: `Car 4: Penalty - False Start - Drive Through`. */
function sanctionOf(text: string): Sanction | undefined {
  const parts = text.split(/\s+-+\s+/);
  const verdict = parts.length > 1 ? (parts.at(-1) ?? '') : text.replace(/^.*\bpenalty\b/i, '');
  if (/drive[\s-]*through/i.test(verdict)) return { kind: 'drive-through' };
  const ms = durationIn(verdict);
  if (/\bstop\b/i.test(verdict)) return { kind: 'stop-and-go', ...(ms === undefined ? {} : { ms }) };
  if (/\bgrid\b|\bfine\b|points?\b/i.test(verdict)) return undefined;
  if (ms !== undefined) return { kind: 'time', ms };
  const laps = /\b(\d{1,3})\s*laps?\b/i.exec(verdict)?.[1];
  return laps === undefined || Number(laps) === 0 ? undefined : { kind: 'laps', laps: Number(laps) };
}

function durationIn(text: string): number | undefined {
  const match = /\b(\d{1,4})(?:\.(\d{1,3}))?\s*(m(?:in(?:ute)?s?)?|s(?:ec(?:ond)?s?)?)\b/i.exec(text);
  if (match === null) return undefined;
  const [, whole = '', fraction = '', unit = ''] = match;
  const ms = (Number(whole) + Number(`0.${fraction || 0}`)) * (/^m/i.test(unit) ? 60_000 : 1000);
  return ms > 0 ? Math.round(ms) : undefined;
}
