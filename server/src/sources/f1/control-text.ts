import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import type { RaceFactOf } from '@pitboard/shared/protocol/race-event.ts';
import { parseDuration } from './f1-values.ts';

type Sanction = RaceFactOf<'penalty'>['sanction'];
type IncidentKind = NonNullable<RaceFactOf<'incident'>['kind']>;

/** What stewards say of one car: `5 SECOND TIME PENALTY FOR CAR 11 (PER) - TRACK LIMITS`. */
export type PenaltyText = {
  readonly car: CarNumber;
  readonly state: RaceFactOf<'penalty'>['state'];
  readonly sanction: Sanction;
  readonly reason: string | undefined;
};

/** The cars that a text names with their drivers: `CARS 55 (SAI) AND 14 (ALO)`. */
export function carsNamed(text: string): readonly CarNumber[] {
  const cars = [...text.matchAll(/\b(\d{1,3}) \([A-Z]{2,4}\)/g)].map((match) => match[1] as string);
  return [...new Set(cars)].slice(0, 100);
}

/** `undefined` unless the text is about one penalty of one car, without a doubt. */
export function parsePenalty(text: string): PenaltyText | undefined {
  const match = /^(.*\bPENALTY\b.*?)\bFOR CAR (\d{1,3}) \([A-Z]{2,4}\)(.*)$/.exec(text);
  if (match === null || carsNamed(text).length !== 1) return undefined;
  const [, before = '', car = '', after = ''] = match;
  // A penalty that is looked into, or for another day, is none of this race.
  if (/INVESTIGAT|NOTED|REVIEWED|NO FURTHER|NEXT (?:RACE|EVENT)|SUSPENDED/.test(text)) return undefined;
  const sanction = sanctionOf(before.replace(/-/g, ' '));
  if (sanction === undefined) return undefined;
  const reason = after
    .replace(/\(\d\d:\d\d:\d\d\)\s*$/, '')
    .replace(/^[\s–-]+/, '')
    .trim();
  return { car, state: stateOf(text), sanction, reason: reason === '' ? undefined : reason };
}

function stateOf(text: string): PenaltyText['state'] {
  if (/PENALTY SERVED|\bSERVED\b(?!.*\bNOT\b)/.test(text) && !/NOT SERVED|FAIL/.test(text.split(' FOR CAR ')[0] ?? ''))
    return 'served';
  return /\b(?:CANCELLED|RESCINDED|WITHDRAWN|REMOVED)\b/.test(text) ? 'withdrawn' : 'given';
}

function sanctionOf(words: string): Sanction | undefined {
  const seconds = /\b(\d{1,3}) SECONDS? (TIME )?(STOP.{0,5}GO )?PENALTY\b/.exec(words);
  if (seconds !== null) {
    const ms = Number(seconds[1]) * 1000;
    return seconds[3] === undefined ? { kind: 'time', ms } : { kind: 'stop-and-go', ms };
  }
  if (/\bSTOP.{0,5}GO\b.*PENALTY/.test(words)) return { kind: 'stop-and-go' };
  return /\bDRIVE THROUGH PENALTY\b/.test(words) ? { kind: 'drive-through' } : undefined;
}

/** A lap whose time race control takes away: `CAR 5 (BOR) TIME 1:18.964 DELETED - TRACK LIMITS AT TURN 12 LAP 3 15:03:34`. */
export type DeletedLap = {
  readonly car: CarNumber;
  readonly lapTimeMs: number | undefined;
  readonly lap: number | undefined;
  readonly reason: string;
};

export function parseDeletedLap(text: string): DeletedLap | undefined {
  const match = /^CAR (\d{1,3}) \([A-Z]{2,4}\) (?:TIME ([\d:.]+)|LAP) DELETED\b(.*)$/.exec(text);
  if (match === null) return undefined;
  const [, car = '', time, rest = ''] = match;
  const lap = /\bLAP (\d{1,4})\b/.exec(rest)?.[1];
  const reason = rest
    .replace(/\bLAP \d.*$/, '')
    .replace(/^[\s–-]+/, '')
    .trim();
  return {
    car,
    lapTimeMs: time === undefined ? undefined : parseDuration(time),
    lap: lap === undefined ? undefined : Number(lap),
    reason: reason === '' ? 'Deleted by race control' : reason,
  };
}

const INCIDENTS: readonly (readonly [RegExp, IncidentKind])[] = [
  [/\bNOTED\b.*CAUSING A COLLISION/, 'contact'],
  [/^CAR .*\bCRASH/, 'crash'],
  [/^CAR .*\bSTOPPED\b/, 'stopped'],
  [/^CAR .*\b(?:SPUN|SPIN)\b/, 'spin'],
  [/^CAR .*\b(?:OFF (?:THE )?TRACK|MISSED THE APEX)\b/, 'off-track'],
];

/** What happened on the track, where a text tells that for the first time. */
export function incidentOf(text: string): IncidentKind | undefined {
  if (/INVESTIGAT|REVIEWED|NO FURTHER|PENALTY|DELETED/.test(text)) return undefined;
  return INCIDENTS.find(([pattern]) => pattern.test(text))?.[1];
}

export function isDisqualification(text: string): boolean {
  return /\bDISQUALIFIED\b/.test(text) && carsNamed(text).length === 1 && !/INVESTIGAT|APPEAL/.test(text);
}
