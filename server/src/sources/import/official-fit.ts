import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import type { RaceFact, RaceFactOf } from '@pitboard/shared/protocol/race-event.ts';
import { type OfficialCar, officialResult } from '@pitboard/shared/race/official-result.ts';
import { effectOf } from '@pitboard/shared/race/penalties.ts';
import { createRaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import { absentEntries } from './absent-cars.ts';
import type { ImportedRace, OfficialLine } from './imported-race.ts';
import { carsOfLines } from './official-cars.ts';
import { officialClock, onClock } from './official-clock.ts';
import type { OfficialCarLine, RoadLine } from './official-layer.ts';

/** The officials speak when all are home. */
const RESULT_AFTER_MS = 1000;
/** Two penalties that differ by less are one. */
const SAME_PENALTY_MS = 700;
/** A feed notes the start when its message comes: a little later than it was. */
const MOST_CLOCK_MS = 5000;
/** Laps by which a result may differ from the road: taken off, or not counted after a red flag. */
const MOST_LAPS_OFF = 3;

/** A race, and an official result that is of it. */
export type OfficialFit = {
  readonly race: ImportedRace;
  readonly lines: readonly OfficialCarLine[];
  /** The result as it stands without the officials. */
  readonly standing: readonly OfficialCar[];
  /** Time penalties that stand at the end, as far as the race's own files know. */
  readonly owed: readonly OwedPenalty[];
  readonly endMs: number;
  readonly lapsOff: number;
};

type OwedPenalty = { readonly penalty: RaceFactOf<'penalty'>; readonly ms: number };

/** How a result fits a race; `undefined` where it is of another one: too few of its cars, or too many or few laps. */
export function fitOf(given: ImportedRace, official: readonly OfficialLine[]): OfficialFit | undefined {
  const { entries, kind } = given.manifest;
  if (kind !== 'race') return undefined;
  const seen = carsOfLines(entries, official);
  if (seen.length === 0 || seen.length * 2 < official.length) return undefined;
  const all = [...entries, ...absentEntries(entries, official, seen)];
  const race = { ...given, manifest: { ...given.manifest, entries: all } };
  const lines = carsOfLines(all, official);
  const timeline = createRaceTimeline(race.manifest);
  timeline.append(race.events);
  const view = timeline.viewAt(timeline.headAtMs);
  const standing = officialResult(view);
  const lapsOff = Math.abs(most(lines.map(({ laps = 0 }) => laps)) - most(standing.map(({ laps }) => laps)));
  if (lapsOff > MOST_LAPS_OFF) return undefined;
  const endMs = Math.min(864_000_000, Math.max(0, timeline.headAtMs) + RESULT_AFTER_MS);
  const owed = view.state.cars.flatMap((car) =>
    car.penalties.flatMap((penalty): OwedPenalty[] => {
      const effect = effectOf(penalty, view.state);
      return effect?.kind === 'time-added' ? [{ penalty, ms: effect.ms }] : [];
    }),
  );
  return { race, lines, standing, owed, endMs, lapsOff };
}

function most(values: readonly number[]): number {
  return values.reduce((highest, value) => Math.max(highest, value), 0);
}

/** The same, with session time zero where the clock of the result has it. */
export function onOfficialClock(fit: OfficialFit, official: readonly OfficialLine[]): OfficialFit {
  const { offsetMs, isExact } = officialClock(fit.lines, roadOf(fit));
  if (!isExact || offsetMs === 0 || Math.abs(offsetMs) > MOST_CLOCK_MS) return fit;
  return fitOf(onClock(fit.race, offsetMs), official) ?? fit;
}

/** What the cars of the race did without the officials. */
export function roadOf({ standing }: OfficialFit): ReadonlyMap<CarNumber, RoadLine> {
  const road = new Map<CarNumber, RoadLine>();
  for (const { car, laps, totalTimeMs } of standing) {
    if (totalTimeMs !== undefined) road.set(car, { laps, totalTimeMs });
  }
  return road;
}

/**
 * The same, with penalties served of which nobody told so: the result of the car is shorter by one of those that it owes, or
 * by all of them.
 */
export function withServed(fit: OfficialFit, official: readonly OfficialLine[]): OfficialFit {
  const road = roadOf(fit);
  const { addedMsOf } = officialClock(fit.lines, road);
  const facts = fit.lines.flatMap((line): RaceFact[] => {
    const driven = road.get(line.car);
    const own = fit.owed.filter(({ penalty }) => penalty.car === line.car);
    const lessMs = driven === undefined || own.length === 0 ? 0 : -addedMsOf(line, driven);
    if (lessMs <= 0) return [];
    const done = own.find(({ ms }) => isAbout(ms, lessMs));
    const isAll = isAbout(
      own.reduce((sum, { ms }) => sum + ms, 0),
      lessMs,
    );
    const served = done !== undefined ? [done] : isAll ? own : [];
    return served.map(({ penalty }) => ({ ...penalty, atMs: fit.endMs, state: 'served' }));
  });
  if (facts.length === 0) return fit;
  return fitOf({ ...fit.race, events: withFacts(fit.race.events, facts) }, official) ?? fit;
}

function isAbout(ms: number, otherMs: number): boolean {
  return Math.abs(ms - otherMs) < SAME_PENALTY_MS;
}

/** Facts of one moment stay as they were stated, those that stand already first. */
export function withFacts(events: ImportedRace['events'], facts: readonly RaceFact[]): ImportedRace['events'] {
  return [...events, ...facts.map((fact, index) => ({ seq: events.length + index + 1, ...fact }))];
}
