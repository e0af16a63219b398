import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import type { OfficialLine } from './imported-race.ts';

/** A line of an official result whose car is known. */
export type OfficialCarLine = OfficialLine & { readonly car: CarNumber };

/** What a car did on the road: its laps, and the session time of its last crossing of the line. */
export type RoadLine = { readonly laps: number; readonly totalTimeMs: number };

type OfficialOptions = {
  readonly atMs: number;
  /** Time that the officials added to that of the road; the difference of both where absent. */
  readonly addedMsOf?: ((line: OfficialCarLine, road: RoadLine) => number) | undefined;
};

/** Laps and time of a car that stands in the official result. */
type Placed = {
  readonly car: CarNumber;
  readonly position: number;
  readonly laps: number;
  readonly totalTimeMs: number;
};

/**
 * What the officials decided beside the road, as facts at `atMs`, after the race: who did not start, was shut out, lost time
 * or laps, was put elsewhere. Cars that nobody placed keep what the road gave them.
 */
export function officialFacts(
  lines: readonly OfficialCarLine[],
  road: ReadonlyMap<CarNumber, RoadLine>,
  { atMs, addedMsOf = addedMs }: OfficialOptions,
): readonly RaceFact[] {
  const facts: RaceFact[] = [];
  const placed: Placed[] = [];
  for (const line of lines) {
    const { car, status, reason } = line;
    const driven = road.get(car);
    const outcome = reason === undefined ? {} : { reason };
    if (status === 'did-not-start' && driven === undefined) {
      facts.push({ type: 'car-not-starting', atMs: 0, car, ...outcome });
    } else if (status === 'disqualified') {
      facts.push({ type: 'car-disqualified', atMs, car, ...outcome });
    } else if (driven !== undefined) {
      placed.push(...judge(line, driven, { facts, atMs, addedMsOf }));
    }
  }
  for (const { car, position } of movedCars(placed)) {
    facts.push(penalty(car, { kind: 'forced-position', position }, atMs));
  }
  return facts;
}

type Judgement = Required<OfficialOptions> & {
  readonly facts: RaceFact[];
  readonly addedMsOf: (line: OfficialCarLine, road: RoadLine) => number;
};

function judge(line: OfficialCarLine, road: RoadLine, { facts, atMs, addedMsOf }: Judgement): Placed[] {
  const { car, position, laps = road.laps } = line;
  const removed = road.laps - laps;
  if (removed > 0) facts.push(penalty(car, { kind: 'laps', laps: Math.min(removed, 1000) }, atMs));
  // The time of a car that lost laps is that of another crossing.
  const ms = laps === road.laps ? Math.max(0, addedMsOf(line, road)) : 0;
  if (ms > 0) facts.push(penalty(car, { kind: 'time', ms }, atMs));
  if (position === undefined) return [];
  return [{ car, position, laps: Math.min(laps, road.laps), totalTimeMs: road.totalTimeMs + ms }];
}

function addedMs({ totalTimeMs }: OfficialCarLine, road: RoadLine): number {
  return (totalTimeMs ?? road.totalTimeMs) - road.totalTimeMs;
}

type Sanction = Extract<RaceFact, { type: 'penalty' }>['sanction'];

function penalty(car: CarNumber, sanction: Sanction, atMs: number): RaceFact {
  const reason = 'From the official result';
  return { type: 'penalty', atMs, id: `official-${sanction.kind}`, car, state: 'given', sanction, reason };
}

/** The fewest cars that must be put in place, so that the others stand by laps and time: all but a longest run in order. */
function movedCars(placed: readonly Placed[]): readonly Placed[] {
  const byTime = placed.toSorted((one, other) => other.laps - one.laps || one.totalTimeMs - other.totalTimeMs);
  const runs: { length: number; before: number }[] = [];
  let best = -1;
  byTime.forEach(({ position }, index) => {
    let [length, before] = [1, -1];
    for (let earlier = 0; earlier < index; earlier++) {
      const run = runs[earlier]?.length ?? 0;
      if ((byTime[earlier]?.position ?? 0) < position && run >= length) [length, before] = [run + 1, earlier];
    }
    runs.push({ length, before });
    if (best < 0 || length > (runs[best]?.length ?? 0)) best = index;
  });
  const kept = new Set<Placed | undefined>();
  for (let index = best; index >= 0; index = runs[index]?.before ?? -1) kept.add(byTime[index]);
  return byTime.filter((car) => !kept.has(car));
}

/** How a car that drove stands in the official result, beside what it did. */
export type Classifying = { readonly laps: number; readonly tookFlag: boolean; readonly isClassified: boolean };

/**
 * The rules by which the engine classifies those cars that the officials classified, as far as laps and flag can tell them
 * apart: the usual share of the winner's laps where it does, else the share that does, else the flag.
 */
export function rulesThatClassify(cars: readonly Classifying[], usualShare: number): NonNullable<Manifest['rules']> {
  const usual = { classifiedShare: usualShare };
  const winnerLaps = Math.max(0, ...cars.map(({ laps }) => laps));
  const fewest = Math.min(...cars.flatMap(({ laps, isClassified }) => (isClassified ? laps : [])));
  if (winnerLaps === 0 || !Number.isFinite(fewest)) return usual;
  const left = cars.filter(({ isClassified }) => !isClassified);
  const most = Math.max(0, ...left.map(({ laps }) => laps));
  const needed = Math.floor(winnerLaps * usualShare + 1e-9);
  if (fewest >= needed && most < needed) return usual;
  const share = { classifiedShare: Math.min(needed, fewest) / winnerLaps };
  if (fewest > most) return { classifiedShare: fewest / winnerLaps };
  const flagTells = left.every(({ laps, tookFlag }) => laps < fewest || !tookFlag);
  const allTookFlag = cars.every(({ isClassified, tookFlag }) => !isClassified || tookFlag);
  return flagTells && allTookFlag ? { ...share, mustTakeFlag: true } : share;
}
