import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import { effectOf } from '@pitboard/shared/race/penalties.ts';
import type { CarState, RaceState } from '@pitboard/shared/race/race-state.ts';
import { rmonitorLine, rmonitorText, timeText } from './rmonitor-speaker-lines.ts';

/** What a timing computer has counted of a car. */
type Row = { laps: number; totalMs: number | undefined };

/** The crossing of the finish line that a passing was: `lapTimeMs` is 0 where it ended no lap. */
type LineCrossing = { readonly lapTimeMs: number; readonly totalMs: number };

/** The two tables of a timing computer: race order and best laps. */
export type SpeakerTable = {
  /** A car crossed the finish line at `state.atMs`, as the race engine has it; `undefined` where that counts for nothing. */
  cross(state: RaceState, car: CarState): LineCrossing | undefined;
  /** A lap that counts though its line was missed. @returns whether there was one */
  catchUp(state: RaceState, car: CarState): boolean;
  lapsOfLeader(): number;
  isLeader(car: CarNumber): boolean;
  /** Rows that are not as they were told last, those of `first` first. */
  changes(state: RaceState, first?: CarNumber): readonly string[];
  /** All rows as they were told last, best first. */
  rows(): readonly string[];
};

export function createSpeakerTable(): SpeakerTable {
  const rows = new Map<CarNumber, Row>();
  const told = new Map<string, string>();
  let order: readonly CarNumber[] = [];
  let latest: readonly string[] = [];
  const rowOf = (car: CarNumber): Row => {
    const row = rows.get(car) ?? { laps: 0, totalMs: undefined };
    rows.set(car, row);
    return row;
  };
  return {
    cross: (state, car) => {
      const row = rowOf(car.car);
      const isLap = car.lapsCompleted > row.laps;
      if (!isLap && (row.totalMs !== undefined || car.progress < 0)) return undefined;
      row.laps = car.lapsCompleted;
      row.totalMs = state.atMs;
      return { lapTimeMs: isLap ? (car.lastLapTimeMs ?? 0) : 0, totalMs: state.atMs };
    },
    catchUp: (state, car) => {
      const row = rowOf(car.car);
      if (car.lapsCompleted <= row.laps) return false;
      row.laps = car.lapsCompleted;
      row.totalMs = state.atMs;
      return true;
    },
    lapsOfLeader: () => rows.get(order[0] ?? '')?.laps ?? 0,
    isLeader: (car) => order[0] === car,
    changes: (state, first) => {
      const [race, bests] = linesOf(state, rowOf);
      order = [...race.keys()];
      latest = [...race.values(), ...bests.values()];
      const tables = [race, bests].map((lines) => firstFirst([...lines], first));
      const changed = tables.flatMap((lines, table) =>
        lines.filter(([car, line]) => {
          const key = `${table}${car}`;
          const isNew = told.get(key) !== line;
          told.set(key, line);
          return isNew;
        }),
      );
      return firstFirst(changed, first).map(([, line]) => line);
    },
    rows: () => latest,
  };
}

type CarLine = readonly [CarNumber, string];

function firstFirst(lines: readonly CarLine[], first: CarNumber | undefined): readonly CarLine[] {
  return [...lines.filter(([car]) => car === first), ...lines.filter(([car]) => car !== first)];
}

/** The rows of both tables, by car, best first. */
function linesOf(
  state: RaceState,
  rowOf: (car: CarNumber) => Row,
): readonly [ReadonlyMap<CarNumber, string>, ReadonlyMap<CarNumber, string>] {
  const cars = state.orderIndexes.map((index) => {
    const car = state.cars[index] as CarState;
    return { car, ...counted(state, car, rowOf(car.car)) };
  });
  // What stands level stands as on the road, or on the grid.
  const race = cars.toSorted((one, other) => other.laps - one.laps || orLast(one.totalMs) - orLast(other.totalMs));
  const bests = cars.toSorted((one, other) => orLast(one.car.bestLapTimeMs) - orLast(other.car.bestLapTimeMs));
  return [
    new Map(
      race.map(({ car, laps, totalMs }, index) => {
        const line = rmonitorLine('G', index + 1, regNo(car), laps === 0 ? undefined : laps, timeText(totalMs ?? 0));
        return [car.car, line];
      }),
    ),
    new Map(
      bests.map(({ car }, index) => {
        const { bestLapNumber = 0, bestLapTimeMs = 0 } = car;
        return [car.car, rmonitorLine('H', index + 1, regNo(car), bestLapNumber, timeText(bestLapTimeMs))];
      }),
    ),
  ];
}

function regNo({ car }: CarState): string {
  return rmonitorText(car, 8);
}

function orLast(ms: number | undefined): number {
  return ms ?? Number.MAX_SAFE_INTEGER;
}

/** A penalty shows in the total of this table and nowhere else. */
function counted(state: RaceState, car: CarState, row: Row): Row {
  let { laps, totalMs } = row;
  for (const penalty of car.penalties) {
    const effect = effectOf(penalty, state);
    if (effect?.kind === 'time-added' && totalMs !== undefined) totalMs += effect.ms;
    if (effect?.kind === 'laps-removed') laps = Math.max(0, laps - effect.laps);
  }
  return { laps, totalMs };
}
