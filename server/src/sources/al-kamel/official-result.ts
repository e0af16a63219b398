import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import type { LapRow } from './lap-row.ts';
import type { ResultRow } from './result-row.ts';

/** Laps and time of a car that stands in the official result. */
type Placed = { readonly car: string; readonly position: number; laps: number; totalTimeMs: number };

/** What the officials decided beside the road, as facts at `atMs`, after the race: who did not start, was shut out, lost time or laps, was put elsewhere. */
export function officialFacts(
  results: readonly ResultRow[],
  cars: ReadonlyMap<string, readonly LapRow[]>,
  atMs: number,
): readonly RaceFact[] {
  const facts: RaceFact[] = [];
  const placed: Placed[] = [];
  for (const result of results) {
    const { car, status } = result;
    const last = cars.get(car)?.at(-1);
    if (/not start|dns/.test(status) && last === undefined) facts.push({ type: 'car-not-starting', atMs: 0, car });
    if (/disq|exclu|dsq/.test(status)) facts.push({ type: 'car-disqualified', atMs, car });
    else if (last !== undefined) placed.push(...judge(result, last, { facts, atMs }));
  }
  for (const { car, position } of movedCars(placed)) {
    facts.push(penalty(car, { kind: 'forced-position', position }, atMs));
  }
  return facts;
}

type Judgement = { readonly facts: RaceFact[]; readonly atMs: number };

function judge(result: ResultRow, last: LapRow, { facts, atMs }: Judgement): Placed[] {
  const { car, position, laps = last.lap } = result;
  const removed = last.lap - laps;
  if (removed > 0) facts.push(penalty(car, { kind: 'laps', laps: Math.min(removed, 1000) }, atMs));
  // The time of a car that lost laps is that of another crossing.
  const addedMs = laps === last.lap ? (result.totalTimeMs ?? last.endMs) - last.endMs : 0;
  if (addedMs > 0) facts.push(penalty(car, { kind: 'time', ms: addedMs }, atMs));
  if (position === undefined) return [];
  return [{ car, position, laps: Math.min(laps, last.lap), totalTimeMs: last.endMs + Math.max(0, addedMs) }];
}

type Sanction = Extract<RaceFact, { type: 'penalty' }>['sanction'];

function penalty(car: string, sanction: Sanction, atMs: number): RaceFact {
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

/** Share of the winner's laps that most series ask for. */
const USUAL_SHARE = 0.7;

/** How this series classifies, as far as its result tells. */
export function rulesOf(
  results: readonly ResultRow[],
  cars: ReadonlyMap<string, readonly LapRow[]>,
): NonNullable<Manifest['rules']> | undefined {
  const driven = results.filter(({ car, status }) => cars.has(car) && !/disq|exclu|dsq/.test(status));
  if (driven.length === 0) return undefined;
  const isClassified = ({ status, position }: ResultRow) => status === 'classified' && position !== undefined;
  const lapsOf = ({ car }: ResultRow) => cars.get(car)?.at(-1)?.lap ?? 0;
  const enough = Math.max(...driven.map(lapsOf)) * USUAL_SHARE;
  const missedFlag = ({ car }: ResultRow) => cars.get(car)?.at(-1)?.flag !== 'FF';
  // A car with too few laps that is classified: this series asks for no share. One with enough that is not: for the flag.
  const asksForLaps = !driven.some((result) => isClassified(result) && lapsOf(result) < Math.floor(enough));
  const asksForFlag = driven.some((result) => !isClassified(result) && missedFlag(result) && lapsOf(result) >= enough);
  return { ...(asksForLaps ? {} : { classifiedShare: 0 }), ...(asksForFlag ? { mustTakeFlag: true } : {}) };
}
