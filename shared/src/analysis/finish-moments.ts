import type { ClassId } from '../domain/names.ts';
import type { LapRecord, StatusChange } from '../race/race-history.ts';
import type { Moment } from './moment.ts';
import { NOTHING, type Scene, type Teller } from './moment-scene.ts';

/** The flag, the podium, and the winners of the other classes. Told when a car is known to be home, which a late flag is a little after the line. */
export function finishTeller(): Teller {
  let winner: LapRecord | undefined;
  const told = new Set<number | ClassId>();
  return ({ kind, item }, scene) => {
    if (kind !== 'status' || item.to !== 'finished' || scene.manifest.kind !== 'race') return NOTHING;
    const lap = scene.car(item.car).lap;
    if (lap === undefined || (winner === undefined && lap.position !== 1)) return NOTHING;
    winner ??= lap;
    const moments: Moment[] = [];
    // [M3] Nobody is home twice: a car that came back on the list took its place before.
    if (lap.position <= 3 && !told.has(lap.position)) {
      told.add(lap.position);
      moments.push(finish(item, { lap, winner }, scene));
    }
    const own = scene.car(item.car).entry?.class;
    if (own !== undefined && lap.classPosition === 1 && lap.position > 1 && !told.has(own)) {
      told.add(own);
      moments.push(...classWin(item, lap, scene));
    }
    return moments;
  };
}

type Home = { readonly lap: LapRecord; readonly winner: LapRecord };

function finish({ atMs, car }: StatusChange, { lap, winner }: Home, scene: Scene): Moment {
  const { driver, position } = lap;
  const { gridPosition } = scene.car(car);
  const told = { atMs, importance: 3, driver, gridPosition } as const;
  if (lap === winner) return { kind: 'chequered', ...told, cars: [car], laps: lap.lap };
  const gapMs = lap.lap === winner.lap ? lap.atMs - winner.atMs : undefined;
  return { kind: 'finish', ...told, cars: [car, winner.car], position, gapMs, winnerDriver: winner.driver };
}

function classWin({ atMs, car }: StatusChange, { driver, position }: LapRecord, scene: Scene): readonly Moment[] {
  const className = classNameOf(scene, scene.car(car).entry?.class);
  if (className === undefined) return NOTHING;
  return [{ kind: 'class-win', atMs, importance: 3, cars: [car], driver, className, position }];
}

/** Name of a class that more than one car is entered in, where there are several. */
export function classNameOf({ manifest }: Scene, id: ClassId | undefined): string | undefined {
  if (id === undefined || manifest.classes.length < 2) return undefined;
  if (manifest.entries.filter((entry) => entry.class === id).length < 2) return undefined;
  return manifest.classes.find((candidate) => candidate.id === id)?.name;
}
