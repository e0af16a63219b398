import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import type { AlKamelSheets } from './al-kamel-sheets.ts';
import { crewIdsOf } from './crews.ts';
import { findDeletedLaps } from './deleted-laps.ts';
import { findFlagChanges } from './flag-changes.ts';
import type { LapRow } from './lap-row.ts';
import { crossingsOf, type TrackLoop } from './loops.ts';
import { resultFacts } from './official-result.ts';
import { findPitVisits, type PitVisit } from './pit-visits.ts';

export type RaceParts = {
  readonly sheets: AlKamelSheets;
  readonly loops: readonly TrackLoop[];
  readonly startEpochMs: number | undefined;
};

type Notes = Manifest['dataNotes'];

/** A car that is not seen for this long has retired. */
const GIVEN_UP_MS = 600_000;
/** The officials speak when all are home. */
const RESULT_AFTER_MS = 1000;

/** All facts of a race in order of time, and what has to be said of how they are known. */
export function createFacts(parts: RaceParts): { readonly facts: readonly RaceFact[]; readonly notes: Notes } {
  const { laps: cars, results } = parts.sheets;
  const byTime = [...cars.values()].flat().sort((one, other) => one.endMs - other.endMs);
  const endMs = byTime.at(-1)?.endMs ?? 0;
  const flags = findFlagChanges(byTime);
  const isOver = flags.chequeredMs !== undefined;
  const gaveUp = isOver ? carsThatGaveUp(cars) : [];
  const deleted = findDeletedLaps(cars);
  const visits = findPitVisits(cars);
  const facts: RaceFact[] = [startOf(parts.startEpochMs)];
  for (const { atMs, flag } of flags.changes) facts.push({ type: 'flag-changed', atMs, flag });
  for (const [car, laps] of cars) {
    pushCar(facts, { laps, visits: visits.get(car) ?? [], loops: parts.loops });
  }
  for (const { car, endMs: seenMs } of gaveUp) {
    facts.push({ type: 'car-retired', atMs: Math.min(seenMs + GIVEN_UP_MS, endMs), car });
  }
  for (const { car, lap, endMs: atMs } of deleted) {
    facts.push({ type: 'lap-invalidated', atMs, car, lapNumber: lap, reason: 'Deleted by the officials' });
  }
  facts.push(...weatherFacts(parts));
  if (isOver) facts.push({ type: 'session-phase', atMs: endMs, phase: 'finished' });
  facts.push(...resultFacts(results, cars, endMs + RESULT_AFTER_MS));
  // Stable: facts of one moment stay as they were stated, the flag before the crossing that saw it.
  facts.sort((one, other) => one.atMs - other.atMs);
  return { facts, notes: notesOf(flags.unknown, deleted.length, isOver) };
}

/**
 * The last laps of the cars that did not take the flag. Left out is a car that did the laps of one that took it, and
 * sooner: the timing company places by laps and time alone, and a retirement would put it behind.
 */
function carsThatGaveUp(cars: RaceParts['sheets']['laps']): readonly LapRow[] {
  const lasts = [...cars.values()].flatMap((laps) => laps.at(-1) ?? []);
  const slowest = new Map<number, number>();
  for (const { flag, lap, endMs } of lasts) {
    if (flag === 'FF') slowest.set(lap, Math.max(endMs, slowest.get(lap) ?? 0));
  }
  return lasts.filter(({ flag, lap, endMs }) => flag !== 'FF' && endMs > (slowest.get(lap) ?? 0));
}

function startOf(startEpochMs: number | undefined): RaceFact {
  return { type: 'session-phase', atMs: 0, phase: 'running', ...(startEpochMs === undefined ? {} : { startEpochMs }) };
}

type CarParts = {
  readonly laps: readonly LapRow[];
  readonly visits: readonly PitVisit[];
  readonly loops: RaceParts['loops'];
};

/** Everything that one car did: loops, laps, visits to the pit lane, drivers. */
function pushCar(facts: RaceFact[], { laps, visits, loops }: CarParts): void {
  const visitOf = new Map(visits.map((visit) => [visit.lap, visit]));
  const idOfDriver = crewIdsOf(laps);
  laps.forEach((lap, index) => {
    const { car, endMs, lapTimeMs } = lap;
    const visit = visitOf.get(lap);
    if (visit !== undefined) facts.push({ type: 'pit-entry', atMs: visit.entryMs, car });
    for (const { loop, atMs } of crossingsOf(lap, loops)) facts.push({ type: 'passing', atMs, car, loop });
    facts.push({
      type: 'passing',
      atMs: endMs,
      car,
      loop: 'SF',
      lapNumber: lap.lap,
      ...(lapTimeMs === undefined ? {} : { lapTimeMs }),
      ...(lap.endsInPit ? { inPitLane: true } : {}),
    });
    const next = laps[index + 1];
    const driver = next === undefined ? undefined : idOfDriver(next);
    if (driver !== undefined && driver !== idOfDriver(lap)) {
      facts.push({ type: 'driver-changed', atMs: visit?.boxMs ?? endMs, car, driver });
    }
    if (visit?.exitMs !== undefined) facts.push({ type: 'pit-exit', atMs: visit.exitMs, car });
  });
}

function weatherFacts({ sheets, startEpochMs }: RaceParts): readonly RaceFact[] {
  const zeroMs = startEpochMs ?? sheets.weather[0]?.epochMs ?? 0;
  return sheets.weather.flatMap(({ epochMs, weather }): RaceFact[] => {
    const atMs = epochMs - zeroMs;
    // A file of another day says nothing of this race.
    return Math.abs(atMs) > 864_000_000 ? [] : [{ type: 'weather', atMs, ...weather }];
  });
}

function notesOf(unknownFlags: readonly string[], deleted: number, isOver: boolean): Notes {
  const notes: Notes = [
    {
      subject: 'flags',
      kind: 'reconstructed',
      text: 'Each flag is shown from the first crossing of the line that saw it: estimated.',
    },
    {
      subject: 'pit lane',
      kind: 'reconstructed',
      text: 'Pit times are official; when a visit began is estimated from the sector times.',
    },
    { subject: 'grid', kind: 'missing', text: 'The files do not tell the grid.' },
  ];
  if (isOver) {
    notes.push({
      subject: 'retirements',
      kind: 'reconstructed',
      text: 'A car that did not take the flag is shown as retired ten minutes after it was seen last.',
    });
  } else {
    notes.push({ subject: 'session', kind: 'missing', text: 'The laps end before the chequered flag.' });
  }
  if (deleted > 0) {
    notes.push({
      subject: 'lap times',
      kind: 'information',
      text: `Faster than the official best of the car, and so deleted: laps, ${deleted} in all.`,
    });
  }
  if (unknownFlags.length > 0) {
    notes.push({
      subject: 'flags',
      kind: 'missing',
      text: `Codes that are not known: ${unknownFlags
        .slice(0, 10)
        .join(', ')
        .replace(/\p{Cc}/gu, '')}.`,
    });
  }
  return notes;
}
