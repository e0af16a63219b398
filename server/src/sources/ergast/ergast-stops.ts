import type { ChainedLap } from '../import/chain-laps.ts';
import { medianOf } from '../import/median.ts';
import type { ErgastStop } from './ergast-data.ts';

/** A visit to the pit lane, placed on the race clock. */
export type ErgastVisit = {
  readonly entryMs: number;
  /** `undefined` for a car that did not come back. */
  readonly exitMs: number | undefined;
};

/** Where no file says how long a stop took. */
const USUAL_MS = 25_000;
/** Nobody is serviced for that long: the lane was closed by a red flag. */
const WAITING_MS = 300_000;

/** Visits of a car, and the stops that are stated for laps which it never began. */
export type ErgastVisits = { readonly visits: readonly ErgastVisit[]; readonly lost: number };

/**
 * The visits of a car. A file states the lap that a stop ended and how long it took, not when it began: that follows from
 * where the car lost its time, on the lap before the line or on the one after.
 * @param raceLapMs what a lap takes, for a car that completed none
 */
export function placeStops(laps: readonly ChainedLap[], stops: readonly ErgastStop[], raceLapMs: number): ErgastVisits {
  const byNumber = new Map(laps.map((lap) => [lap.lap, lap]));
  const usualLapMs = medianOf(laps.map(({ lapTimeMs }) => lapTimeMs)) ?? raceLapMs;
  const last = laps.at(-1);
  const visits: ErgastVisit[] = [];
  let lost = 0;
  for (const stop of stops.toSorted((one, other) => one.lap - other.lap || one.stop - other.stop)) {
    const before = visits.at(-1);
    const freeMs = before?.exitMs ?? 0;
    const inLap = byNumber.get(stop.lap);
    const isOut = before !== undefined && before.exitMs === undefined;
    if (!isOut && inLap !== undefined) {
      const durationMs = Math.max(1, stop.durationMs ?? USUAL_MS);
      visits.push(placeVisit({ inLap, outLap: byNumber.get(stop.lap + 1), durationMs, usualLapMs, freeMs }));
    } else if (!isOut && stop.lap === (last?.lap ?? 0) + 1) {
      // It came in at the end of a lap that it never completed.
      const startMs = Math.max(freeMs, last?.endMs ?? 0);
      visits.push({ entryMs: startMs + Math.max(1, Math.floor(usualLapMs * 0.9)), exitMs: undefined });
    } else lost++;
  }
  return { visits, lost };
}

type Placing = {
  readonly inLap: ChainedLap;
  readonly outLap: ChainedLap | undefined;
  readonly durationMs: number;
  readonly usualLapMs: number;
  /** The end of the visit before. */
  readonly freeMs: number;
};

/** Entry before the line and exit behind it; of two visits by one lap the second lies behind the line. */
function placeVisit({ inLap, outLap, durationMs, usualLapMs, freeMs }: Placing): ErgastVisit {
  const lossBefore = Math.max(1, inLap.lapTimeMs - usualLapMs);
  const lossAfter = Math.max(1, (outLap?.lapTimeMs ?? usualLapMs) - usualLapMs);
  const beforeMs = Math.round((durationMs * lossBefore) / (lossBefore + lossAfter));
  const earliestMs = Math.max(inLap.startMs, freeMs) + 1;
  const entryMs = Math.max(earliestMs, Math.min(inLap.endMs - 1, inLap.endMs - beforeMs));
  if (outLap === undefined) return { entryMs: Math.min(entryMs, inLap.endMs), exitMs: undefined };
  const exitMs = Math.min(outLap.endMs - 1, Math.max(inLap.endMs + 1, entryMs + durationMs));
  return { entryMs, exitMs: Math.max(entryMs + 1, exitMs) };
}

/** When most cars waited in the lane together: from the first that came in to the first that left. */
export function findRedFlag(
  cars: readonly { readonly visits: readonly ErgastVisit[]; readonly endMs: number }[],
): { readonly fromMs: number; readonly toMs: number }[] {
  const waits = cars
    .flatMap(({ visits }, car) => visits.map(({ entryMs, exitMs }) => ({ car, entryMs, exitMs })))
    .filter((visit): visit is { car: number; entryMs: number; exitMs: number } => {
      return visit.exitMs !== undefined && visit.exitMs - visit.entryMs >= WAITING_MS;
    })
    .sort((one, other) => one.entryMs - other.entryMs);
  const flags: { fromMs: number; toMs: number }[] = [];
  while (waits.length > 0) {
    const fromMs = waits[0]?.entryMs ?? 0;
    let toMs = Number.POSITIVE_INFINITY;
    const together = new Set<number>();
    while (waits.length > 0 && (waits[0]?.entryMs ?? 0) < toMs) {
      const wait = waits.shift();
      if (wait === undefined) break;
      together.add(wait.car);
      toMs = Math.min(toMs, wait.exitMs);
    }
    const racing = cars.filter(({ endMs }) => endMs > toMs).length;
    if (together.size >= 3 && together.size * 2 >= racing) flags.push({ fromMs, toMs });
  }
  return flags;
}
