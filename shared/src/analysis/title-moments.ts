import type { Championship } from '../protocol/manifest.ts';
import type { Moment } from './moment.ts';
import { NOTHING, type Scene, type SceneCar, type Teller } from './moment-scene.ts';
import { sceneField } from './title-scene.ts';
import { type TitleRow, type TitleState, titleState } from './title-state.ts';

type Known = { champion: string | undefined; needs: TitleState['needs'] };

/** [M8] A title is decided, or a rival's end changes what it takes. What was so at the start is not told. */
export function titleTeller(): Teller {
  const known = new Map<string, Known>();
  return ({ kind, item, atMs }, scene) => {
    const isStart = kind === 'phase' && item.phase === 'running' && known.size === 0;
    // A penalty after the flag can turn the result.
    const isEnd = kind === 'out' || kind === 'penalty' || (kind === 'status' && item.to === 'finished');
    if (!isStart && (known.size === 0 || !(isEnd || (kind === 'phase' && item.phase === 'closed')))) return NOTHING;
    const titles = scene.manifest.championships.filter(isOpenBefore);
    if (titles.length === 0) return NOTHING;
    const field = sceneField(scene, atMs);
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
