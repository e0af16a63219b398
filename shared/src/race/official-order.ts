import type { CarNumber } from '../domain/names.ts';
import type { CarState, RaceState } from './race-state.ts';
import { entryIndexes } from './race-view.ts';

/**
 * The order to show, as places in `cars`: `measured` itself, or the feed's where that rules.
 * @param measured the running order by crossings
 */
export function shownOrder(state: RaceState, measured: readonly number[]): readonly number[] {
  if (state.reportedOrder === undefined || !feedRules(state)) return measured;
  return feedOrder(state, measured, state.reportedOrder);
}

/** [O10] When the feed's order is shown: it is the authority, or knows what no crossing can tell. */
function feedRules(state: RaceState): boolean {
  if (state.manifest.orderAuthority === 'feed') return true;
  const reportedAtMs = state.reportedOrderAtMs ?? Number.NEGATIVE_INFINITY;
  if (state.suspension !== undefined) return reportedAtMs >= state.suspension.atMs;
  const { chequeredAtMs } = state;
  if (chequeredAtMs !== undefined) {
    // Who came home after the report is not where it says.
    const isWhole = state.cars.every((car) => car.status !== 'finished' || car.crossedAtMs <= reportedAtMs);
    return reportedAtMs >= chequeredAtMs && isWhole;
  }
  return state.cars.every((car) => car.progress < 0);
}

/**
 * [O11] The cars that the feed names share out their measured places among themselves; cars that it leaves out, or that
 * are out of the race, keep theirs.
 */
function feedOrder(state: RaceState, measured: readonly number[], reported: readonly CarNumber[]): readonly number[] {
  const indexes = entryIndexes(state.manifest);
  const racing = new Set(measured.slice(0, state.running));
  const named = new Set<number>();
  for (const car of reported) {
    const index = indexes.get(car);
    if (index !== undefined && racing.has(index)) named.add(index);
  }
  const next = named.values();
  return measured.map((index) => (named.has(index) ? (next.next().value as number) : index));
}

/** A car that the feed places elsewhere than the crossings do. Positions count from 1. */
export type OrderDifference = { readonly car: CarNumber; readonly measured: number; readonly reported: number };

/** Where the feed's own order and the measured one differ, by measured position; empty while no order is reported. */
export function orderDifferences(state: RaceState): readonly OrderDifference[] {
  const { reportedOrder, orderIndexes, cars } = state;
  if (reportedOrder === undefined) return [];
  const reported = feedOrder(state, orderIndexes, reportedOrder);
  return orderIndexes.flatMap((index, place) => {
    const there = reported.indexOf(index);
    return there === place ? [] : [{ car: (cars[index] as CarState).car, measured: place + 1, reported: there + 1 }];
  });
}
