import { UNKNOWN_CIRCUIT } from '@pitboard/shared/domain/names.ts';
import type { SessionKind } from '@pitboard/shared/domain/status.ts';
import type { Entry, Loop, Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import type { ImportedRace } from '../import/imported-race.ts';
import { createLoopPlaces, type LoopMeaning, loopMeanings } from '../import/loop-names.ts';
import { medianOf } from '../import/median.ts';
import { idOf } from '../import/names.ts';
import { endOfRace, type LastCrossing } from '../import/race-end.ts';
import type { HhEntry, HhPassing, HhSession } from './hh-message.ts';

/** A session as a replay tells it. */
export type HhSessionData = {
  session: HhSession;
  readonly entries: Map<string, HhEntry>;
  /** Each once, in order of the file. */
  readonly passings: HhPassing[];
};

const LONGEST_MS = 864_000_000;
const GIVEN_UP_MS = 600_000;
/** A stated start that lies further before the first lap's end is the time of the programme. */
const LATEST_LAPS = 3;
const FALLBACK_LAP_MS = 120_000;

/** The race of the passings of a session, and how many of them lie out of all time. */
export function raceOfHh(data: HhSessionData): ImportedRace & { readonly lost: number } {
  const kind = kindOf(data.session.session ?? '');
  const meanings = loopMeanings([...new Set(data.passings.map(({ loop }) => loop))]);
  const lapOffset = lapOffsetOf(data.passings, meanings);
  const { zeroMs, isEstimated } = startOf(data, meanings, kind);
  const timed = data.passings
    .map((passing) => ({ passing, atMs: passing.atMs - zeroMs }))
    .filter(({ atMs }) => Math.abs(atMs) <= LONGEST_MS)
    .sort((one, other) => one.atMs - other.atMs);
  const places = createLoopPlaces();
  const lasts = new Map<string, LastCrossing>();
  const facts: RaceFact[] = [];
  const drivers = new Map<string, string>();
  for (const { passing, atMs } of timed) {
    const meaning = meanings.get(passing.loop);
    if (meaning === undefined) continue;
    const { car } = passing;
    const driver = data.entries.get(car)?.drivers.find(({ key }) => key === passing.driver)?.driver.id;
    if (driver !== undefined && drivers.get(car) !== driver) {
      if (drivers.has(car)) facts.push({ type: 'driver-changed', atMs, car, driver });
      drivers.set(car, driver);
    }
    const last = lasts.get(car);
    if (meaning.kind === 'loop') places.note(meaning.id, atMs - (last?.atMs ?? 0));
    const laps = passing.lap === undefined ? undefined : Math.max(0, passing.lap - lapOffset);
    if (meaning.kind === 'finish') lasts.set(car, { car, laps: laps ?? (last?.laps ?? 0) + 1, atMs });
    facts.push(factOf(passing, { meaning, atMs, laps, driver }));
  }
  const end = endOfRace([...lasts.values()], { givenUpMs: GIVEN_UP_MS });
  const ending = kind === 'race' ? end.facts : end.facts.filter(({ type }) => type === 'session-phase');
  const flags = ending.filter(({ type }) => type === 'flag-changed');
  const all = [{ type: 'session-phase', atMs: 0, phase: 'running' } as const, ...flags, ...facts];
  const inOrder: RaceFact[] = [...all, ...ending.filter((fact) => !flags.includes(fact))];
  inOrder.sort((one, other) => one.atMs - other.atMs);
  return {
    manifest: manifestOf(data, { kind, loops: places.loops(), starters: startersOf(data, timed), isEstimated }),
    events: inOrder.map((fact, index) => ({ seq: index + 1, ...fact })),
    lost: data.passings.length - timed.length,
  };
}

type Crossing = {
  readonly meaning: LoopMeaning;
  readonly atMs: number;
  readonly laps: number | undefined;
  readonly driver: string | undefined;
};

function factOf({ car, speedKph }: HhPassing, { meaning, atMs, laps, driver }: Crossing): RaceFact {
  if (meaning.kind === 'pit-in') return { type: 'pit-entry', atMs, car };
  if (meaning.kind === 'pit-out') return { type: 'pit-exit', atMs, car };
  return {
    type: 'passing',
    atMs,
    car,
    loop: meaning.kind === 'loop' ? meaning.id : 'SF',
    ...(meaning.kind === 'finish' && laps !== undefined ? { lapNumber: laps } : {}),
    ...(speedKph === undefined ? {} : { speedKph }),
    ...(driver === undefined ? {} : { driver }),
  };
}

/**
 * The number at the line is that of the lap which ends there, or of the one which begins: then it is one more than at the
 * loops just before, whose first number is 1.
 */
function lapOffsetOf(passings: readonly HhPassing[], meanings: ReadonlyMap<string, LoopMeaning>): number {
  const before = new Map<string, number>();
  let [ends, begins] = [0, 0];
  let lowest = Number.POSITIVE_INFINITY;
  for (const { car, loop, lap } of passings) {
    const meaning = meanings.get(loop);
    if (lap === undefined || meaning === undefined) continue;
    if (meaning.kind === 'loop') {
      before.set(car, lap);
      lowest = Math.min(lowest, lap);
    } else if (meaning.kind === 'finish') {
      if (before.get(car) === lap) ends++;
      if (before.get(car) === lap - 1) begins++;
      before.delete(car);
    }
  }
  return begins > ends && lowest >= 1 ? 1 : 0;
}

/** The stated start, where the first laps end soon after it; else a usual lap before the first of them. */
function startOf(
  { session, passings }: HhSessionData,
  meanings: ReadonlyMap<string, LoopMeaning>,
  kind: SessionKind,
): { readonly zeroMs: number; readonly isEstimated: boolean } {
  const byCar = new Map<string, number>();
  const lapTimes: number[] = [];
  let firstMs = Number.POSITIVE_INFINITY;
  for (const { car, loop, atMs } of passings) {
    if (meanings.get(loop)?.kind !== 'finish') continue;
    const last = byCar.get(car);
    if (last !== undefined && atMs > last) lapTimes.push(atMs - last);
    byCar.set(car, atMs);
    firstMs = Math.min(firstMs, atMs);
  }
  const usualMs = medianOf(lapTimes) ?? FALLBACK_LAP_MS;
  const earliestMs = passings.reduce((earliest, { atMs }) => Math.min(earliest, atMs), Number.POSITIVE_INFINITY);
  if (!Number.isFinite(firstMs)) firstMs = Number.isFinite(earliestMs) ? earliestMs : 0;
  const { startMs } = session;
  const isSoon = startMs !== undefined && firstMs >= startMs && firstMs - startMs <= usualMs * LATEST_LAPS;
  if (startMs !== undefined && (isSoon || kind !== 'race')) return { zeroMs: startMs, isEstimated: false };
  return { zeroMs: Math.min(earliestMs, firstMs - usualMs), isEstimated: true };
}

function startersOf(
  data: HhSessionData,
  timed: readonly { readonly passing: HhPassing }[],
): ReadonlyMap<string, string> {
  const starters = new Map<string, string>();
  for (const { passing } of timed) {
    if (passing.driver !== undefined && !starters.has(passing.car)) starters.set(passing.car, passing.driver);
  }
  return new Map(
    [...starters].flatMap(([car, key]) => {
      const id = data.entries.get(car)?.drivers.find((each) => each.key === key)?.driver.id;
      return id === undefined ? [] : [[car, id] as const];
    }),
  );
}

function kindOf(name: string): SessionKind {
  if (/warm.?up/i.test(name)) return 'warm-up';
  if (/quali|superpole|hyperpole/i.test(name)) return 'qualifying';
  return /practice|training|\btest/i.test(name) ? 'practice' : 'race';
}

type Made = {
  readonly kind: SessionKind;
  readonly loops: readonly Loop[];
  readonly starters: ReadonlyMap<string, string>;
  readonly isEstimated: boolean;
};

function manifestOf({ session, entries }: HhSessionData, { kind, loops, starters, isEstimated }: Made): Manifest {
  const notes: Manifest['dataNotes'] = [
    {
      subject: 'flags',
      kind: 'missing',
      text: 'The replay has no flags; the end is that of the first car to do the most laps.',
    },
    { subject: 'grid', kind: 'missing', text: 'The replay does not tell the grid.' },
  ];
  if (isEstimated) {
    const text = 'The start is not stated, or not that of the race: a usual lap before the first crossing of the line.';
    notes.push({ subject: 'start', kind: 'information', text });
  }
  const classes = new Map<string, string>();
  for (const { class: name } of entries.values()) {
    const id = idOf(name ?? '');
    if (name !== undefined && id !== '') classes.set(id, name);
  }
  return {
    event: session.event ?? session.series ?? 'HH Timing replay',
    ...(session.series === undefined ? {} : { series: session.series }),
    session: session.session ?? 'Session',
    kind,
    circuit: { name: session.track ?? UNKNOWN_CIRCUIT, loops: [{ id: 'SF', kind: 'finish' }, ...loops] },
    classes: [...classes].slice(0, 50).map(([id, name]) => ({ id, name })),
    grid: [],
    championships: [],
    dataNotes: notes,
    entries: [...entries.values()].map((entry) => entryOf(entry, starters.get(entry.car))),
  };
}

function entryOf({ car, model, class: name, team, drivers }: HhEntry, startingDriver: string | undefined): Entry {
  const classId = idOf(name ?? '');
  return {
    car,
    drivers: [...new Map(drivers.map(({ driver }) => [driver.id, driver])).values()],
    ...(team === undefined ? {} : { team }),
    ...(model === undefined ? {} : { model }),
    ...(classId === '' ? {} : { class: classId }),
    ...(startingDriver === undefined ? {} : { startingDriver }),
  };
}
