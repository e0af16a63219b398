import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import { carOf, cleanText, type SessionScope } from './session-scope.ts';
import { countAt, flagAt, type Tree, textAt, treeAt } from './state-tree.ts';

const MOST_SETS = 100;

/** Sets of tyres, from the stints of each car: told when the compound is known, and again when more is. */
export function createTyres(scope: SessionScope) {
  const told = new Map<CarNumber, Map<string, string>>();
  const takeStints = (car: CarNumber, stints: Tree, atMs: number): void => {
    const sets = told.get(car) ?? new Map<string, string>();
    told.set(car, sets);
    for (const [place, stint] of stints) {
      if (!(stint instanceof Map) || textAt(stint, 'TyresNotChanged') === '1') continue;
      const compound = cleanText(textAt(stint, 'Compound').toLowerCase(), 120);
      if (compound === undefined || compound === 'unknown' || (!sets.has(place) && sets.size >= MOST_SETS)) continue;
      const fresh = flagAt(stint, 'New');
      const ageLaps = countAt(stint, 'StartLaps');
      const key = `${compound} ${fresh} ${ageLaps}`;
      // Only the newest set is on the car: what is learnt of an older one is history.
      if (sets.get(place) === key || [...stints.keys()].at(-1) !== place) continue;
      sets.set(place, key);
      scope.emit({
        type: 'tyres-changed',
        atMs,
        car,
        compound,
        ...(fresh === undefined ? {} : { fresh }),
        ...(ageLaps === undefined || ageLaps > 100_000 ? {} : { ageLaps }),
      });
    }
  };
  return {
    /** @param rows by car: either the stints themselves or rows that hold them under `Stints` */
    take(rows: Tree, atMs: number, enter: (car: CarNumber) => boolean): void {
      for (const [key, row] of rows) {
        const car = carOf(key);
        if (car === undefined || !(row instanceof Map)) continue;
        const stints = row.has('Stints') ? treeAt(row, 'Stints') : row;
        if (stints.size > 0 && [...stints.values()].some((stint) => stint instanceof Map) && enter(car)) {
          takeStints(car, stints, atMs);
        }
      }
    },
  };
}

/** The grid of `TimingAppData`; cars without a place, who start from the pit lane, have no slot. */
export function createGrid(scope: SessionScope) {
  let told = '';
  return {
    take(rows: Tree, atMs: number): void {
      if (scope.kind !== 'race') return;
      const grid = [...rows].flatMap(([key, row]) => {
        const car = carOf(key);
        const position = row instanceof Map ? (countAt(row, 'GridPos') ?? 0) : 0;
        return car === undefined || position < 1 || position > 1000 ? [] : [{ car, position }];
      });
      grid.sort((one, other) => one.position - other.position);
      const key = JSON.stringify(grid);
      if (grid.length === 0 || grid.length > 120 || key === told) return;
      told = key;
      scope.emit({ type: 'session-updated', atMs, changes: { grid } });
    },
  };
}
