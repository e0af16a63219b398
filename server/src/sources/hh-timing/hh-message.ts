import type { Driver } from '@pitboard/shared/protocol/manifest.ts';
import { carNumberSchema } from '@pitboard/shared/protocol/scalars.ts';
import { cleanName, idOf } from '../import/names.ts';
import { parseCellMoment } from '../table/cell-time.ts';
import { fieldOf, parseFlatXml, type XmlElement } from './flat-xml.ts';

/** What one line of a replay says. Moments are ms of the local calendar, as if it were UTC. */
export type HhMessage =
  | { readonly kind: 'session'; readonly session: HhSession }
  | { readonly kind: 'entry'; readonly entry: HhEntry }
  | { readonly kind: 'passing'; readonly passing: HhPassing }
  /** Of a kind that tells nothing of a race. */
  | { readonly kind: 'other' };

export type HhSession = {
  readonly series: string | undefined;
  readonly event: string | undefined;
  readonly session: string | undefined;
  readonly track: string | undefined;
  readonly startMs: number | undefined;
};

export type HhEntry = {
  readonly car: string;
  readonly model: string | undefined;
  readonly class: string | undefined;
  readonly team: string | undefined;
  /** By the id that passings name them with. */
  readonly drivers: readonly { readonly key: string; readonly driver: Driver }[];
};

export type HhPassing = {
  /** Of the passing itself: the same one may be sent again. */
  readonly id: string;
  readonly car: string;
  readonly atMs: number;
  readonly loop: string;
  readonly lap: number | undefined;
  readonly speedKph: number | undefined;
  readonly driver: string | undefined;
};

const MOST_DRIVERS = 10;

/** A line `2031-06-15 14:03:22.1234567|base64 of XML`, or what is wrong with it. */
export function parseHhLine(line: string): HhMessage | string {
  const match = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,7})?)\|([A-Za-z0-9+/]+={0,2})\s*$/.exec(line);
  const stamp = parseCellMoment(match?.[1] ?? '');
  if (match?.[2] === undefined || stamp === undefined) return 'not a line of time and message';
  const root = parseFlatXml(Buffer.from(match[2], 'base64').toString('utf8'));
  return root === undefined ? 'not a message of plain XML' : messageOf(root, stamp.ms);
}

function messageOf(root: XmlElement, stampMs: number): HhMessage | string {
  switch (root.name) {
    case 'SESS':
      return { kind: 'session', session: sessionOf(root, stampMs) };
    case 'ENTR':
      return entryOf(root);
    case 'PASS':
      return passingOf(root, stampMs);
    default:
      return { kind: 'other' };
  }
}

function sessionOf(root: XmlElement, stampMs: number): HhSession {
  return {
    series: cleanName(fieldOf(root, 'Competition')),
    event: cleanName(fieldOf(root, 'Meeting')),
    session: cleanName(fieldOf(root, 'Session')),
    track: cleanName(fieldOf(root, 'Track')),
    startMs: momentOf(fieldOf(root, 'StartTime'), stampMs),
  };
}

function entryOf(root: XmlElement): HhMessage | string {
  const car = fieldOf(root, 'Bib');
  if (!isCarNumber(car)) return 'no car number';
  const drivers = root.children
    .filter(({ name }) => /^Driver\d{0,2}$/i.test(name))
    .slice(0, MOST_DRIVERS)
    .flatMap((element) => driverOf(element));
  const [model, className, team] = ['Car', 'Class', 'Team'].map((name) => cleanName(fieldOf(root, name)));
  return { kind: 'entry', entry: { car, model, class: className, team, drivers } };
}

function driverOf(element: XmlElement): HhEntry['drivers'] {
  const [first, last, nationality] = ['First', 'Last', 'Country'].map((name) => cleanName(fieldOf(element, name)));
  const key = fieldOf(element, 'Id').slice(0, 64);
  const short = fieldOf(element, 'Short').toUpperCase();
  const id = idOf(`${first ?? ''} ${last ?? ''}`).toLowerCase() || idOf(key);
  if (last === undefined || id === '') return [];
  const driver: Driver = {
    id,
    lastName: last,
    ...(first === undefined ? {} : { firstName: first }),
    ...(nationality === undefined ? {} : { nationality }),
    ...(/^[A-Z0-9]{2,4}$/.test(short) ? { code: short } : {}),
  };
  return [{ key, driver }];
}

function passingOf(root: XmlElement, stampMs: number): HhMessage | string {
  const car = fieldOf(root, 'BB');
  if (!isCarNumber(car)) return 'no car number';
  const atMs = momentOf(fieldOf(root, 'DT'), stampMs);
  if (atMs === undefined) return 'no time';
  const loop = fieldOf(root, 'ST').slice(0, 40);
  if (loop === '') return 'no loop';
  const [lapText, speed] = [fieldOf(root, 'LP'), Number(fieldOf(root, 'VE').replace(',', '.') || Number.NaN)];
  return {
    kind: 'passing',
    passing: {
      id: fieldOf(root, 'ID').slice(0, 64) || `${car} ${loop} ${atMs}`,
      car,
      atMs,
      loop,
      lap: /^\d{1,5}$/.test(lapText) ? Number(lapText) : undefined,
      speedKph: speed > 0 && speed <= 600 ? speed : undefined,
      driver: fieldOf(root, 'DR').slice(0, 64) || undefined,
    },
  };
}

const DAY_MS = 86_400_000;

/** A time without a date is of the day on which it lies nearest to when its message came. */
function momentOf(text: string, stampMs: number): number | undefined {
  const moment = parseCellMoment(text);
  if (moment === undefined || moment.kind === 'date') return moment?.ms;
  return moment.ms + Math.round((stampMs - moment.ms) / DAY_MS) * DAY_MS;
}

function isCarNumber(text: string): boolean {
  return carNumberSchema.safeParse(text).success;
}
