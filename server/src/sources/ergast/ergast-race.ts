import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { type ChainedLaps, chainLaps } from '../import/chain-laps.ts';
import type { ImportedRace } from '../import/imported-race.ts';
import { lapChart, ordersAtLine } from '../import/lap-chart.ts';
import { medianOf } from '../import/median.ts';
import { type OfficialCarLine, officialFacts, type RoadLine, rulesThatClassify } from '../import/official-layer.ts';
import { endOfRace } from '../import/race-end.ts';
import type { ErgastLapData, ErgastNames, ErgastRaceData } from './ergast-collector.ts';
import { type ErgastEntries, entriesOf } from './ergast-entries.ts';
import { manifestOf, notesOf } from './ergast-manifest.ts';
import { officialLines } from './ergast-result.ts';
import { type ErgastVisit, findRedFlag, placeStops } from './ergast-stops.ts';

/** The officials speak when all are home. */
const RESULT_AFTER_MS = 1000;
/** Share of the winner's laps that Formula 1 asks for. */
const USUAL_SHARE = 0.9;

export type ErgastCar = ChainedLaps<ErgastLapData> & {
  readonly driver: string;
  readonly car: string;
  readonly visits: readonly ErgastVisit[];
  readonly lostStops: number;
};

/** One race of which laps are known, and what had to be left out of it. */
export type ErgastImport = ImportedRace & { readonly lostLaps: number; readonly lostStops: number };

/** The race of the laps, with stops, grid and official result where those are known. */
export function raceOfErgast(data: ErgastRaceData, names: ErgastNames): ErgastImport {
  const official = officialLines(data.results, names);
  const ids = new Set([...official.map(({ driver }) => driver), ...data.laps.keys(), ...data.stops.keys()]);
  const entries = entriesOf(data, names, ids);
  const cars = carsOf(data, entries);
  const lines = official.map(({ driver, line }): OfficialCarLine => ({ ...line, car: carOf(entries, driver) }));
  const { facts, rules, isConflicting } = factsOf(cars, lines, data);
  const notes = notesOf(cars, { hasResult: lines.length > 0, isConflicting, hasStops: data.stops.size > 0 });
  const manifest = manifestOf(data, entries, { rules, dataNotes: notes });
  return {
    manifest,
    events: facts.map((fact, index) => ({ seq: index + 1, ...fact })),
    lostLaps: cars.reduce((sum, { lost }) => sum + lost, 0),
    lostStops: cars.reduce((sum, { lostStops }) => sum + lostStops, 0),
  };
}

function carOf(entries: ErgastEntries, driver: string): string {
  return entries.get(driver)?.car ?? '';
}

/** Who has laps, or stops at least. */
function carsOf({ laps, stops }: ErgastRaceData, entries: ErgastEntries): readonly ErgastCar[] {
  const times = [...laps.values()].flatMap((ofDriver) => [...ofDriver.values()].map(({ lapTimeMs }) => lapTimeMs));
  const raceLapMs = medianOf(times) ?? 0;
  return [...new Set([...laps.keys(), ...stops.keys()])].map((driver) => {
    const chained = chainLaps(laps.get(driver) ?? new Map<number, ErgastLapData>());
    const { visits, lost: lostStops } = placeStops(chained.laps, stops.get(driver) ?? [], raceLapMs);
    return { ...chained, driver, car: carOf(entries, driver), visits, lostStops };
  });
}

type Facts = {
  readonly facts: readonly RaceFact[];
  readonly rules: Manifest['rules'];
  /** The result states less time than the laps of a car add up to. */
  readonly isConflicting: boolean;
};

function factsOf(cars: readonly ErgastCar[], lines: readonly OfficialCarLine[], { race }: ErgastRaceData): Facts {
  const { startEpochMs } = race;
  const facts: RaceFact[] = [
    { type: 'session-phase', atMs: 0, phase: 'running', ...(startEpochMs === undefined ? {} : { startEpochMs }) },
  ];
  const lasts = cars.flatMap(({ car, laps }) => {
    const last = laps.at(-1);
    return last === undefined ? [] : [{ car, laps: last.lap, atMs: last.endMs }];
  });
  const lineOf = new Map(lines.map((line) => [line.car, line]));
  const usualMs = medianOf(cars.flatMap(({ laps }) => laps.map(({ lapTimeMs }) => lapTimeMs))) ?? 0;
  const end = endOfRace(lasts, { givenUpMs: usualMs, reasonOf: (car) => lineOf.get(car)?.reason });
  const ends = cars.map(({ visits, laps }) => ({ visits, endMs: laps.at(-1)?.endMs ?? 0 }));
  for (const { fromMs, toMs } of findRedFlag(ends)) {
    facts.push(
      { type: 'flag-changed', atMs: fromMs, flag: 'red' },
      { type: 'flag-changed', atMs: toMs, flag: 'green' },
    );
  }
  const flagged = end.facts.filter(({ type }) => type === 'flag-changed');
  facts.push(...flagged);
  for (const car of cars) pushCar(facts, car, end.endMs);
  const charted = cars.map(({ car, laps }) => {
    return { car, laps: laps.map(({ lap, endMs, stated }) => ({ lap, endMs, position: stated.position })) };
  });
  facts.push(...ordersAtLine(charted), ...end.facts.filter((fact) => !flagged.includes(fact)));
  const unlisted = cars.filter(({ car, laps }) => laps.length === 0 && !lineOf.has(car));
  facts.push(...neverHome([...lines, ...unlisted.map(({ car }) => ({ car }))], lasts, Math.min(usualMs, end.endMs)));
  const road = new Map<string, RoadLine>(lasts.map(({ car, laps, atMs }) => [car, { laps, totalTimeMs: atMs }]));
  const resultMs = end.endMs + RESULT_AFTER_MS;
  const [offsetMs, isConflicting] = offsetOf(lines, road);
  facts.push(
    ...officialFacts(lines, road, {
      atMs: resultMs,
      addedMsOf: ({ totalTimeMs }, { totalTimeMs: roadMs }) => (totalTimeMs ?? roadMs + offsetMs) - offsetMs - roadMs,
    }),
  );
  const chart = lines.length === 0 ? lapChart(charted) : undefined;
  if (chart !== undefined) facts.push({ type: 'order-reported', atMs: resultMs, cars: [...chart] });
  facts.sort((one, other) => one.atMs - other.atMs);
  const rules = chart === undefined ? classifying(lines, road, end.chequeredMs) : { officialOrder: 'feed' as const };
  return { facts, rules: { classifiedShare: USUAL_SHARE, ...rules }, isConflicting };
}

/** Everything that one car did, in its order. A visit that the file ends after the last lap of all is cut there. */
function pushCar(facts: RaceFact[], { car, laps, visits }: ErgastCar, endMs: number): void {
  for (const { entryMs, exitMs } of visits) {
    facts.push({ type: 'pit-entry', atMs: Math.min(entryMs, endMs), car });
    if (exitMs !== undefined) facts.push({ type: 'pit-exit', atMs: exitMs, car });
  }
  for (const { lap, endMs: atMs, lapTimeMs } of laps) {
    facts.push({ type: 'passing', atMs, car, loop: 'SF', lapNumber: lap, lapTimeMs });
  }
}

/** Cars that did no lap at all, yet started. */
function neverHome(
  lines: readonly OfficialCarLine[],
  lasts: readonly { readonly car: string }[],
  atMs: number,
): readonly RaceFact[] {
  const seen = new Set(lasts.map(({ car }) => car));
  return lines.flatMap(({ car, status, reason }): RaceFact[] => {
    if (seen.has(car) || status === 'did-not-start' || status === 'disqualified') return [];
    return [{ type: 'car-retired', atMs, car, ...(reason === undefined ? {} : { reason }) }];
  });
}

/**
 * By how much the result's clock is ahead of the sum of the laps, where most cars agree on it to the millisecond; and whether
 * the result states less than that for some car.
 */
function offsetOf(
  lines: readonly OfficialCarLine[],
  road: ReadonlyMap<string, RoadLine>,
): readonly [offsetMs: number, isConflicting: boolean] {
  const differences = lines.flatMap(({ car, totalTimeMs, laps }) => {
    const driven = road.get(car);
    if (driven === undefined || totalTimeMs === undefined || laps !== driven.laps) return [];
    return [totalTimeMs - driven.totalTimeMs];
  });
  const median = medianOf(differences) ?? 0;
  const agreed = differences.filter((ms) => ms === median).length;
  const offsetMs = agreed * 2 > differences.length && differences.length > 2 ? median : 0;
  return [offsetMs, offsetMs !== 0 || differences.some((ms) => ms < offsetMs)];
}

function classifying(
  lines: readonly OfficialCarLine[],
  road: ReadonlyMap<string, RoadLine>,
  chequeredMs = 0,
): Manifest['rules'] {
  return rulesThatClassify(
    lines.flatMap(({ car, status, laps }) => {
      const driven = road.get(car);
      if (driven === undefined || status === 'disqualified' || status === undefined) return [];
      const counted = Math.min(laps ?? driven.laps, driven.laps);
      return [{ laps: counted, tookFlag: driven.totalTimeMs >= chequeredMs, isClassified: status === 'classified' }];
    }),
    USUAL_SHARE,
  );
}
