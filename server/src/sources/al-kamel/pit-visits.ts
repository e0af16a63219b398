import { medianOf } from '../import/median.ts';
import type { LapRow } from './lap-row.ts';

/** A visit to the pit lane by a lap that ended in it. */
export type PitVisit = {
  /** The lap that ended in the lane. */
  readonly lap: LapRow;
  readonly entryMs: number;
  /** `undefined` for a car that was not seen again. */
  readonly exitMs: number | undefined;
  /** A moment at the box after the line was crossed. */
  readonly boxMs: number;
};

type Loss = { readonly beforeMs: number; readonly afterMs: number };

/** Where nothing tells how long visits take. */
const USUAL_MS = 30_000;

/**
 * Visits of every car. A file states how long the car was in the lane, on the lap after; not when it came in. That follows
 * from where it lost its time: in the last sector of the one lap, before the line, or in the first of the next.
 */
export function findPitVisits(cars: ReadonlyMap<string, readonly LapRow[]>): ReadonlyMap<string, readonly PitVisit[]> {
  const losses = new Map<LapRow, Loss>();
  for (const laps of cars.values()) collectLosses(laps, losses);
  const shareBefore = medianOf([...losses.values()].map(shareOf)) ?? 0;
  const usualMs = medianOf([...cars.values()].flat().flatMap(({ pitTimeMs }) => pitTimeMs ?? [])) ?? USUAL_MS;
  return new Map(
    [...cars].map(([car, laps]) => {
      const visits: PitVisit[] = [];
      laps.forEach((lap, index) => {
        if (!lap.endsInPit) return;
        const next = laps[index + 1];
        const loss = losses.get(lap);
        const pitTimeMs = next?.pitTimeMs ?? (loss === undefined ? usualMs : loss.beforeMs + loss.afterMs);
        const beforeMs = pitTimeMs * (loss === undefined ? shareBefore : shareOf(loss));
        visits.push(placeVisit({ lap, next, pitTimeMs, beforeMs, freeFromMs: visits.at(-1)?.exitMs ?? 0 }));
      });
      return [car, visits];
    }),
  );
}

/** Time lost before and after the line, by the stops under green whose sectors are all known. */
function collectLosses(laps: readonly LapRow[], losses: Map<LapRow, Loss>): void {
  const isClean = (lap: LapRow, index: number) =>
    lap.flag === 'GF' && !lap.endsInPit && laps[index - 1]?.endsInPit === false;
  const usual = (sector: number) => medianOf(laps.filter(isClean).flatMap(({ sectorsMs }) => sectorsMs[sector] ?? []));
  const [first, last] = [usual(0), usual(2)];
  if (first === undefined || last === undefined) return;
  laps.forEach((lap, index) => {
    const before = lap.sectorsMs[2];
    const after = laps[index + 1]?.sectorsMs[0];
    if (!lap.endsInPit || lap.flag !== 'GF' || before === undefined || after === undefined) return;
    losses.set(lap, { beforeMs: Math.max(1, before - last), afterMs: Math.max(1, after - first) });
  });
}

function shareOf({ beforeMs, afterMs }: Loss): number {
  return beforeMs / (beforeMs + afterMs);
}

type Placing = {
  readonly lap: LapRow;
  readonly next: LapRow | undefined;
  readonly pitTimeMs: number;
  /** How much of it lies before the line. */
  readonly beforeMs: number;
  /** The end of the visit before. */
  readonly freeFromMs: number;
};

/** The entry lies after the last loop before the line, the exit before the first one after it. */
function placeVisit({ lap, next, pitTimeMs, beforeMs, freeFromMs }: Placing): PitVisit {
  const { endMs } = lap;
  const earliestMs = Math.max(lap.startMs, freeFromMs, endMs - (lap.sectorsMs[2] ?? lap.lapTimeMs ?? endMs)) + 1;
  let entryMs = Math.min(endMs, Math.max(earliestMs, Math.round(endMs - beforeMs)));
  if (next === undefined) return { lap, entryMs, exitMs: undefined, boxMs: endMs };
  // A lap that ends in the lane too leaves room for its own entry.
  const roomMs = next.endMs - endMs;
  const latestMs = endMs + (next.sectorsMs[0] ?? (next.endsInPit ? Math.floor(roomMs / 2) : roomMs)) - 1;
  const exitMs = Math.max(endMs + 1, Math.min(latestMs, entryMs + pitTimeMs));
  entryMs = Math.min(endMs, Math.max(earliestMs, exitMs - pitTimeMs));
  return { lap, entryMs, exitMs, boxMs: Math.min(exitMs, Math.max(endMs + 1, Math.floor((entryMs + exitMs) / 2))) };
}
