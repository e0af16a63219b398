import { effectOf } from '../race/penalties.ts';
import type { Scene, SceneCar } from './moment-scene.ts';
import { lapsToCount, type TitleCar, type TitleField } from './title-field.ts';

/** A car with what counts for its result: penalties are in it. */
type Counted = {
  readonly car: SceneCar;
  readonly laps: number;
  readonly lineAtMs: number;
  readonly isPenalised: boolean;
};

/** The cars in the order of the result as it stands, by what the story knows. */
export function sceneField(scene: Scene, nowMs: number): TitleField {
  const counted = [...scene.cars.values()].map((car) => withPenalties(car, scene, nowMs)).sort(compareResults);
  const leaderLaps = counted[0]?.laps ?? 0;
  const needed = scene.isChequered
    ? Math.max(1, Math.floor(leaderLaps * (scene.manifest.rules?.classifiedShare ?? 0.7)))
    : lapsToCount(scene.manifest, leaderLaps, nowMs);
  return counted.flatMap((own) => titleCar(own, needed, scene));
}

function withPenalties(car: SceneCar, scene: Scene, nowMs: number): Counted {
  const chequeredAtMs = scene.isChequered ? nowMs : undefined;
  let laps = car.lap?.lap ?? 0;
  let lineAtMs = car.lap?.atMs ?? 0;
  let isPenalised = false;
  for (const penalty of car.penalties.values()) {
    const effect = effectOf(penalty, { manifest: scene.manifest, chequeredAtMs });
    isPenalised ||= effect !== undefined;
    if (effect?.kind === 'time-added') lineAtMs += effect.ms;
    if (effect?.kind === 'laps-removed') laps -= effect.laps;
  }
  return { car, laps, lineAtMs, isPenalised };
}

function compareResults(one: Counted, other: Counted): number {
  const byRoad = other.laps - one.laps || one.lineAtMs - other.lineAtMs;
  return byRoad || (one.car.gridPosition ?? 999) - (other.car.gridPosition ?? 999);
}

function titleCar({ car, ...result }: Counted, needed: number | undefined, scene: Scene): readonly TitleCar[] {
  const { entry, status, drove } = car;
  if (entry === undefined) return [];
  const isOut = status === 'retired' || status === 'did-not-start' || status === 'disqualified';
  // Who has not been seen in the whole race does not come after the flag.
  const isGone = scene.isChequered && result.laps <= 0;
  // [H6] Far enough to be classified without the flag.
  const isFar =
    status === 'retired' &&
    scene.manifest.rules?.mustTakeFlag !== true &&
    result.laps >= (needed ?? Number.POSITIVE_INFINITY);
  return [
    {
      ...result,
      car: car.car,
      class: entry.class,
      entry,
      state: status === 'finished' || scene.isClosed ? 'home' : isOut || isGone ? 'out' : 'racing',
      counts: scene.isStarted && (!isOut || (scene.isChequered && isFar)),
      mayCount: isFar && !scene.isChequered,
      drove: scene.knowsDrivers && drove.size > 0 ? drove : undefined,
    },
  ];
}
