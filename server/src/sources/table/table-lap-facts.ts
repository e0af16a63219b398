import type { Loop } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import type { lapChart } from '../import/lap-chart.ts';
import { medianOf } from '../import/median.ts';
import type { LastCrossing } from '../import/race-end.ts';
import type { TableClock } from './table-clock.ts';
import type { TableCompetitor } from './table-entries.ts';
import type { TableCar, TableLap, TableLaps } from './table-laps.ts';
import { visitsOf } from './table-stops.ts';

/** What the lines tell of the cars. */
export type ToldRace = {
  readonly facts: readonly RaceFact[];
  readonly loops: readonly Loop[];
  readonly lasts: readonly LastCrossing[];
  readonly charted: Parameters<typeof lapChart>[0];
  readonly problems: TableLaps['problems'];
  readonly isBridged: boolean;
};

type LapsAround = {
  readonly clock: TableClock | undefined;
  readonly competitors: ReadonlyMap<string, TableCompetitor>;
};

/** What laps tell of the cars: crossings, visits to the pit lane, drivers. */
export function factsOfLaps({ cars, problems, isBridged }: TableLaps, around: LapsAround): ToldRace {
  const facts: RaceFact[] = [];
  const sectors = sectorCount(cars);
  for (const car of cars) pushCar(facts, car, { ...around, sectors });
  const named = cars.map(({ competitor, laps }) => ({ car: around.competitors.get(competitor)?.car ?? '', laps }));
  return {
    facts,
    loops: Array.from({ length: sectors }, (_, index): Loop => ({ id: `S${index + 1}`, kind: 'sector' })),
    lasts: named.flatMap(({ car, laps }) => {
      const last = laps.at(-1);
      return last === undefined ? [] : [{ car, laps: last.lap, atMs: last.endMs }];
    }),
    charted: named,
    problems,
    isBridged,
  };
}

/** Loops between two crossings of the line: where the sectors add up to the lap, the last one ends at the line. */
function sectorCount(cars: readonly TableCar[]): number {
  const laps = cars.flatMap((car) => car.laps);
  const stated = Math.max(0, ...laps.slice(0, 1).map(({ row }) => row.sectorsMs.length));
  if (stated === 0 || !laps.some(({ row }) => row.sectorsMs.some((ms) => ms !== undefined))) return 0;
  const rests = laps.flatMap(({ lapTimeMs, row }) => {
    const isWhole = lapTimeMs !== undefined && row.sectorsMs.every((ms) => ms !== undefined);
    return isWhole ? [lapTimeMs - row.sectorsMs.reduce<number>((sum, ms) => sum + (ms ?? 0), 0)] : [];
  });
  return Math.abs(medianOf(rests) ?? 0) <= 100 ? stated - 1 : stated;
}

/** Everything that one car did: loops, laps, visits to the pit lane, drivers. */
function pushCar(
  facts: RaceFact[],
  car: TableCar,
  { clock, competitors, sectors }: LapsAround & { sectors: number },
): void {
  const competitor = competitors.get(car.competitor);
  if (competitor === undefined) return;
  const number = competitor.car;
  const visits = visitsOf(car, clock);
  const [only] = car.laps;
  if (car.laps.length === 1 && only?.row.bestLapMs !== undefined) {
    // A line for each car is a result: it knows a best lap that no other line tells.
    facts.push({ type: 'best-lap-reported', atMs: only.endMs, car: number, lapTimeMs: only.row.bestLapMs });
  }
  car.laps.forEach((lap, index) => {
    const visit = visits.get(lap);
    if (visit?.entryMs !== undefined) facts.push({ type: 'pit-entry', atMs: visit.entryMs, car: number });
    for (const { loop, atMs } of sectorPassings(lap, sectors)) facts.push({ type: 'passing', atMs, car: number, loop });
    facts.push({
      type: 'passing',
      atMs: lap.endMs,
      car: number,
      loop: 'SF',
      lapNumber: lap.lap,
      ...(lap.lapTimeMs === undefined ? {} : { lapTimeMs: lap.lapTimeMs }),
    });
    if (lap.row.isVoid) facts.push({ type: 'lap-invalidated', atMs: lap.endMs, car: number, lapNumber: lap.lap });
    const next = car.laps[index + 1];
    const driver = competitor.driverOf(next?.row.driver);
    if (driver !== undefined && driver !== competitor.driverOf(lap.row.driver)) {
      facts.push({ type: 'driver-changed', atMs: visit?.boxMs ?? lap.endMs, car: number, driver });
    }
    if (visit?.exitMs !== undefined) facts.push({ type: 'pit-exit', atMs: visit.exitMs, car: number });
  });
}

function sectorPassings(
  { startMs, endMs, lapTimeMs, row }: TableLap,
  sectors: number,
): { loop: string; atMs: number }[] {
  const seen: { loop: string; atMs: number }[] = [];
  if (lapTimeMs === undefined) return seen;
  let atMs = Math.max(startMs, endMs - lapTimeMs);
  for (let index = 0; index < sectors; index++) {
    const ms = row.sectorsMs[index];
    if (ms === undefined || atMs + ms >= endMs) break;
    atMs += ms;
    if (ms > 0) seen.push({ loop: `S${index + 1}`, atMs });
  }
  return seen;
}
