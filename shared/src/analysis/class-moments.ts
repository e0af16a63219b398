import type { CarNumber, ClassId } from '../domain/names.ts';
import type { LapRecord } from '../race/race-history.ts';
import { classNameOf } from './finish-moments.ts';
import type { Moment } from './moment.ts';
import { NOTHING, type Scene, SETTLED_LAP, type Teller } from './moment-scene.ts';

type Lead = { leader: CarNumber; challenger: CarNumber | undefined };

/**
 * The lead of a class changes hands: told when a car has led its class at the line twice running, so that nothing is
 * told which the next stop takes back. The class of the overall leader is told by him.
 */
export function classTeller(): Teller {
  const leads = new Map<ClassId, Lead>();
  return ({ kind, item }, scene) => {
    if (kind !== 'lap' || item.classPosition !== 1 || scene.isChequered) return NOTHING;
    const id = scene.car(item.car).entry?.class;
    const lead = id === undefined ? undefined : leads.get(id);
    if (id === undefined) return NOTHING;
    if (lead === undefined || lead.leader === item.car) {
      leads.set(id, { leader: item.car, challenger: undefined });
      return NOTHING;
    }
    if (lead.challenger !== item.car) {
      lead.challenger = item.car;
      return NOTHING;
    }
    leads.set(id, { leader: item.car, challenger: undefined });
    const passedLap = scene.toldPasses.get(`${item.car} ${lead.leader}`) ?? Number.NEGATIVE_INFINITY;
    // [M3] The pass has told it.
    if (item.lap - passedLap <= 2) return NOTHING;
    const isNews = item.position > 1 && item.lap >= SETTLED_LAP && scene.isLikeForLike(item.car, lead.leader);
    return isNews ? classLead(item, lead.leader, scene) : NOTHING;
  };
}

function classLead(lap: LapRecord, from: CarNumber, scene: Scene): readonly Moment[] {
  const className = classNameOf(scene, scene.car(lap.car).entry?.class);
  if (className === undefined) return NOTHING;
  const cause = causeOf(scene, from, lap.lap);
  const { atMs, car, driver } = lap;
  const importance = cause === 'pit' ? 1 : 2;
  return [{ kind: 'class-lead', atMs, importance, cars: [car, from], driver, className, lap: lap.lap, cause }];
}

function causeOf(scene: Scene, from: CarNumber, lap: number): 'track' | 'pit' | 'retirement' {
  const { status, pitEntryAtMs, exitAtMs, exitLap } = scene.car(from);
  if (status === 'retired' || status === 'disqualified') return 'retirement';
  if (pitEntryAtMs !== undefined) return 'pit';
  return exitAtMs !== undefined && lap - exitLap <= 2 ? 'pit' : 'track';
}
