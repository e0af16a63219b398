import type { Championship } from '../protocol/manifest.ts';
import type { Moment } from './moment.ts';
import { NOTHING, type Scene, type SceneCar, type Teller } from './moment-scene.ts';
import { lapsToCount, type TitleCar } from './title-field.ts';
import { type TitleRow, type TitleState, titleState } from './title-state.ts';

type Known = { champion: string | undefined; needs: TitleState['needs'] };

/** [M8] A title is decided, or a rival's end changes what it takes. What was so at the start is not told. */
export function titleTeller(): Teller {
  const known = new Map<string, Known>();
  return ({ kind, item, atMs }, scene) => {
    const isStart = kind === 'phase' && item.phase === 'running' && known.size === 0;
    const isEnd = kind === 'out' || (kind === 'status' && item.to === 'finished');
    if (!isStart && (known.size === 0 || !(isEnd || (kind === 'phase' && item.phase === 'closed')))) return NOTHING;
    const titles = scene.manifest.championships.filter(isOpenBefore);
    if (titles.length === 0) return NOTHING;
    const field = fieldOf(scene, atMs);
    return titles.flatMap((title) => {
      const state = titleState(title, field);
      const before = known.get(title.id);
      known.set(title.id, { champion: state.champion, needs: state.needs });
      if (before === undefined || isStart) return NOTHING;
      if (state.champion !== undefined)
        return state.champion === before.champion ? NOTHING : [decided(state, scene, atMs)];
      return kind === 'out' ? needed(state, before, { scene, atMs }) : NOTHING;
    });
  };
}

function isOpenBefore({ decided, points }: Championship): boolean {
  return decided === undefined && points.length > 0;
}

/** The cars in the order of the result as it stands, by what the story knows. */
function fieldOf(scene: Scene, nowMs: number): readonly TitleCar[] {
  const isOut = ({ status }: SceneCar) =>
    status === 'retired' || status === 'did-not-start' || status === 'disqualified';
  const cars = [...scene.cars.values()].sort(compareOnRoad);
  const needed = lapsToCount(scene.manifest, cars[0]?.lap?.lap ?? 0, scene.isChequered ? 0 : nowMs);
  const share = scene.manifest.rules?.classifiedShare ?? 0.7;
  const neededAtFlag = Math.max(1, Math.floor((cars[0]?.lap?.lap ?? 0) * share));
  return cars.flatMap((car): TitleCar[] => {
    const laps = car.lap?.lap ?? 0;
    const isLost = isOut(car);
    const mayCount = car.status === 'retired' && scene.manifest.rules?.mustTakeFlag !== true;
    const counts = !isLost || (scene.isChequered && mayCount && laps >= neededAtFlag);
    if (car.entry === undefined) return [];
    return [
      {
        car: car.car,
        class: car.entry.class,
        entry: car.entry,
        state: car.status === 'finished' || scene.isClosed ? 'home' : isLost ? 'out' : 'racing',
        counts: counts && scene.isStarted,
        mayCount: mayCount && !scene.isChequered && needed !== undefined && laps >= needed,
        laps,
        lineAtMs: car.lap?.atMs ?? 0,
        drove: scene.knowsDrivers && car.drove.size > 0 ? car.drove : undefined,
      },
    ];
  });
}

function compareOnRoad(one: SceneCar, other: SceneCar): number {
  const byLaps = (other.lap?.lap ?? 0) - (one.lap?.lap ?? 0);
  const byTime = (one.lap?.atMs ?? 0) - (other.lap?.atMs ?? 0);
  return byLaps || byTime || (one.gridPosition ?? 999) - (other.gridPosition ?? 999);
}

function decided({ championship, rows, champion }: TitleState, scene: Scene, atMs: number): Moment {
  const own = rows.find(({ competitor }) => competitor === champion) as TitleRow;
  const rival = rows.find((row) => row !== own);
  return {
    kind: 'title-decided',
    atMs,
    importance: 3,
    cars: carsOf(scene, [own]),
    title: championship.name,
    champion: nameOf(scene, own.competitor),
    points: own.scoring ? undefined : own.points,
    rival: rival === undefined ? undefined : nameOf(scene, rival.competitor),
    rivalPoints: rival?.points ?? 0,
  };
}

type Place = { readonly scene: Scene; readonly atMs: number };

function needed({ championship, rows, needs }: TitleState, before: Known, { scene, atMs }: Place): readonly Moment[] {
  const isSame = needs?.competitor === before.needs?.competitor && needs?.position === before.needs?.position;
  const own = rows.find(({ competitor }) => competitor === needs?.competitor);
  // The rival to beat: the best of those that can gain no more.
  const rival = rows.find((row) => !row.scoring && row.status === 'open');
  if (isSame || own?.needs?.regardless !== true || rival === undefined) return NOTHING;
  return [
    {
      kind: 'title-needs',
      atMs,
      importance: 3,
      cars: carsOf(scene, [own, rival]),
      title: championship.name,
      rival: nameOf(scene, rival.competitor),
      rivalPoints: rival.points,
      competitor: nameOf(scene, own.competitor),
      position: own.needs.position,
      tiePosition: own.needs.tiePosition,
    },
  ];
}

function isOf({ entry }: SceneCar, competitor: string): boolean {
  return entry?.team === competitor || entry?.drivers.some(({ id }) => id === competitor) === true;
}

function carsOf(scene: Scene, rows: readonly TitleRow[]): readonly string[] {
  const cars = [...scene.cars.values()];
  return rows.flatMap(({ competitor }) => cars.filter((car) => isOf(car, competitor)).map(({ car }) => car));
}

function nameOf(scene: Scene, competitor: string): string {
  for (const { entry } of scene.cars.values()) {
    const driver = entry?.drivers.find(({ id }) => id === competitor);
    if (driver !== undefined) return driver.lastName;
  }
  return competitor;
}
