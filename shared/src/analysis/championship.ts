import type { CarNumber, DriverId } from '../domain/names.ts';
import type { Championship, Entry } from '../protocol/manifest.ts';
import { type OfficialCar, officialResult } from '../race/official-result.ts';
import { until } from '../race/race-history.ts';
import { carOf, entryOf, isOut, type RaceView } from '../race/race-view.ts';
import { lapsToCount, type TitleCar, type TitleField } from './title-field.ts';
import { type TitleState, titleState } from './title-state.ts';

export type { TitleRow, TitleState } from './title-state.ts';

/** Every championship of the manifest as it would stand if the session ended now. Points before it are the manifest's. */
export function championshipsAt(view: RaceView): readonly TitleState[] {
  const { championships } = view.state.manifest;
  if (championships.length === 0) return [];
  const field = fieldOf(view);
  return championships.map((championship) => titleState(championship, field));
}

function fieldOf(view: RaceView): TitleField {
  // [H14] Points go by the official result.
  const lines = officialResult(view);
  const drove = driversSeen(view);
  const needed = lapsToCount(view.state.manifest, lines[0]?.laps ?? 0, view.nowMs);
  return lines.flatMap((line) => titleCar(view, line, { drove, needed }));
}

const PENALTIES: ReadonlySet<string> = new Set(['time-added', 'laps-removed', 'forced-position', 'feed-order']);

type Known = {
  readonly drove: ReadonlyMap<CarNumber, ReadonlySet<DriverId>> | undefined;
  readonly needed: number | undefined;
};

function titleCar(view: RaceView, line: OfficialCar, { drove, needed }: Known): TitleCar[] {
  const car = carOf(view.state, line.car);
  const entry = entryOf(view.state, line.car);
  if (car === undefined || entry === undefined) return [];
  const { phase, chequeredAtMs } = view.state;
  const isHome = car.status === 'finished' || phase === 'closed';
  // Who has not been seen in the whole race does not come after the flag.
  const isGone = isOut(car) || (chequeredAtMs !== undefined && line.laps === 0);
  return [
    {
      car: line.car,
      class: line.class,
      entry,
      // [H2] A driver whose car is out keeps what he has, driven or not.
      state: isHome ? 'home' : isGone ? 'out' : 'racing',
      // [H11] Nobody has points from the grid.
      counts: line.status === 'classified' && phase !== 'scheduled' && phase !== 'formation',
      mayCount: chequeredAtMs === undefined && car.status === 'retired' && needed !== undefined && line.laps >= needed,
      laps: line.laps,
      lineAtMs: line.totalTimeMs ?? 0,
      isPenalised: line.reasons.some(({ kind }) => PENALTIES.has(kind)),
      drove: drove?.get(line.car),
    },
  ];
}

/** Who has driven each car; `undefined` where no feed says who is at the wheel. */
function driversSeen(view: RaceView): Known['drove'] {
  const changes = until(view.history.driverChanges, view.nowMs);
  if (changes.length === 0) return undefined;
  const seen = new Map(view.state.manifest.entries.map((entry) => [entry.car, new Set(starterOf(entry))] as const));
  for (const { car, from, to } of changes) {
    const drivers = seen.get(car);
    if (from !== undefined) drivers?.add(from);
    drivers?.add(to);
  }
  for (const [car, drivers] of seen) if (drivers.size === 0) seen.delete(car);
  return seen;
}

/** Who is known to start. */
export function starterOf({ startingDriver, drivers }: Entry): readonly DriverId[] {
  if (startingDriver !== undefined) return [startingDriver];
  return drivers.length === 1 ? drivers.map(({ id }) => id) : [];
}

/** Name of a competitor as a person reads it. */
export function competitorName(view: RaceView, championship: Championship, competitor: string): string {
  if (championship.scope === 'team') return competitor;
  for (const { car } of view.state.cars) {
    const driver = entryOf(view.state, car)?.drivers.find((candidate) => candidate.id === competitor);
    if (driver !== undefined) return driver.lastName;
  }
  return competitor;
}
