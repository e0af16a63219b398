import { medianOf } from '../import/median.ts';
import type { TableClock } from './table-clock.ts';
import type { TableCar, TableLap } from './table-laps.ts';

/** A visit to the pit lane. */
export type TableVisit = {
  readonly entryMs: number | undefined;
  /** `undefined` for a car that did not come back. */
  readonly exitMs: number | undefined;
  /** Between both, where a driver may have changed. */
  readonly boxMs: number;
};

/** The visits of a car by the lap that ends, or lies around, each: as stated, else estimated from the time that it lost. */
export function visitsOf({ laps }: TableCar, clock: TableClock | undefined): ReadonlyMap<TableLap, TableVisit> {
  const usualMs = medianOf(laps.map(({ startMs, endMs }) => endMs - startMs)) ?? 0;
  const visits = new Map<TableLap, TableVisit>();
  let freeMs = Number.NEGATIVE_INFINITY;
  laps.forEach((lap, index) => {
    const next = laps[index + 1];
    if (lap.row.endsInPit) {
      const visit = visitAround(lap, next, { clock, usualMs, freeMs });
      visits.set(lap, visit);
      freeMs = visit.exitMs ?? visit.boxMs;
    } else if (next?.row.startsInPit === true) {
      // It came out, and nobody saw it come in.
      const exitMs = exitOf(next, { clock, usualMs, freeMs: lap.endMs }, lap.endMs);
      visits.set(lap, { entryMs: undefined, exitMs, boxMs: lap.endMs });
      freeMs = exitMs;
    }
  });
  return visits;
}

type Around = { readonly clock: TableClock | undefined; readonly usualMs: number; readonly freeMs: number };

function visitAround(lap: TableLap, next: TableLap | undefined, around: Around): TableVisit {
  const stated = around.clock?.pitMs(lap.row.pitIn, lap.row);
  const earliestMs = Math.max(lap.startMs, around.freeMs) + 1;
  const entryMs = Math.max(Math.min(earliestMs, lap.endMs), Math.min(lap.endMs, stated ?? lap.endMs));
  if (next === undefined) return { entryMs, exitMs: undefined, boxMs: lap.endMs };
  const exitMs = exitOf(next, around, entryMs);
  return { entryMs, exitMs, boxMs: Math.max(lap.endMs + 1, Math.floor((Math.max(entryMs, lap.endMs) + exitMs) / 2)) };
}

/** As stated, else after the time in the lane that is stated, else after what the lap out took more than a usual one. */
function exitOf(next: TableLap, { clock, usualMs }: Around, entryMs: number): number {
  const stated = clock?.pitMs(next.row.pitOut, next.row);
  const pitTimeMs = next.row.pitTimeMs;
  const lostMs = Math.max(1000, next.endMs - next.startMs - usualMs);
  const exitMs = stated ?? (pitTimeMs === undefined ? next.startMs + lostMs : entryMs + pitTimeMs);
  return Math.max(entryMs + 1, next.startMs + 1, Math.min(next.endMs - 1, Math.round(exitMs)));
}
