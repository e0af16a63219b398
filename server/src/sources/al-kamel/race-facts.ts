import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { judgeLaps } from './best-laps.ts';
import { pushCar } from './car-facts.ts';
import { controlFacts } from './control-facts.ts';
import { readControlSheet } from './control-sheet.ts';
import { findFlagChanges } from './flag-changes.ts';
import type { AlKamelSheets } from './group-sheets.ts';
import type { LapRow } from './lap-row.ts';
import type { TrackLoop } from './loops.ts';
import { resultFacts } from './official-result.ts';
import { findPitVisits } from './pit-visits.ts';
import { sessionEndOf } from './race-end.ts';
import { raceNotes } from './race-notes.ts';
import { startOfDayOf } from './start-time.ts';
import { weatherFacts } from './weather-facts.ts';

export type RaceParts = {
  readonly sheets: AlKamelSheets;
  readonly kind: Manifest['kind'];
  readonly loops: readonly TrackLoop[];
  readonly startEpochMs: number | undefined;
};

type Facts = {
  readonly facts: readonly RaceFact[];
  readonly notes: Manifest['dataNotes'];
  /** The last laps of the cars that did not take the flag. */
  readonly gaveUp: readonly LapRow[];
};

/** A car that is not seen for this long has retired. */
const GIVEN_UP_MS = 600_000;
/** The officials speak when all are home. */
const RESULT_AFTER_MS = 1000;

/** All facts of a session in order of time, and what has to be said of how they are known. */
export function createFacts({ sheets, kind, loops, startEpochMs }: RaceParts): Facts {
  const { laps: cars, results } = sheets;
  const byTime = [...cars.values()].flat().sort((one, other) => one.endMs - other.endMs);
  const control = readControlSheet(sheets.flags, startOfDayOf(cars));
  const flags = findFlagChanges(byTime, control.events);
  const end = sessionEndOf(cars, flags.chequeredMs);
  const { deleted, facts: bests } = judgeLaps(cars, results, kind === 'race');
  const visits = findPitVisits(cars);
  const judged = controlFacts({
    sheet: control,
    cars,
    visits,
    hasResult: results.some(({ position }) => position !== undefined),
  });
  const facts: RaceFact[] = [startOf(startEpochMs)];
  facts.push(...flags.facts);
  if (end.isGuessed && end.chequeredMs !== undefined) {
    facts.push({ type: 'flag-changed', atMs: end.chequeredMs, flag: 'chequered' });
  }
  const crews = new Map(results.map(({ car, drivers }) => [car, drivers]));
  for (const [car, laps] of cars) {
    pushCar(facts, { laps, visits: visits.get(car) ?? [], loops, crew: crews.get(car) ?? [] });
  }
  if (kind === 'race') {
    for (const { car, endMs: seenMs } of end.gaveUp) {
      facts.push({ type: 'car-retired', atMs: Math.min(seenMs + GIVEN_UP_MS, end.endMs), car });
    }
  }
  facts.push(...bests);
  for (const { car, lap, endMs: atMs } of deleted) {
    facts.push({ type: 'lap-invalidated', atMs, car, lapNumber: lap, reason: 'Deleted by the officials' });
  }
  facts.push(...judged, ...weatherFacts(sheets.weather, startEpochMs));
  const isOver = end.chequeredMs !== undefined;
  if (isOver) facts.push({ type: 'session-phase', atMs: end.endMs, phase: 'finished' });
  facts.push(...resultFacts(results, { cars, kind, deleted }, end.endMs + RESULT_AFTER_MS));
  // Stable: facts of one moment stay as they were stated, the flag before the crossing that saw it.
  facts.sort((one, other) => one.atMs - other.atMs);
  const notes = raceNotes({
    ...{ kind, isOver, deletedLaps: deleted.length, isEndGuessed: end.isGuessed },
    unknownFlags: [...new Set([...flags.unknown, ...control.unknown])],
    hasFlagSheet: flags.isFromSheet,
    hasControlPenalties: judged.some(({ type }) => type === 'penalty'),
  });
  return { facts, notes, gaveUp: end.gaveUp };
}

function startOf(startEpochMs: number | undefined): RaceFact {
  return { type: 'session-phase', atMs: 0, phase: 'running', ...(startEpochMs === undefined ? {} : { startEpochMs }) };
}
