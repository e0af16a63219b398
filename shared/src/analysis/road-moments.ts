import type { LeadChange, Overtake } from '../race/race-history.ts';
import { classNameOf } from './finish-moments.ts';
import type { Moment } from './moment.ts';
import { NOTHING, placeImportance, type Scene, SETTLED_LAP, type Teller } from './moment-scene.ts';

/** A car that is passed again so soon is slow: the first pass tells it. */
const SLOW_MS = 30_000;
/** An error explains a pass that follows within this time. */
const ERROR_MS = 60_000;

/** Overtakes on the road, changes of the lead, fastest laps. */
export function roadTeller(): Teller {
  const tellOvertake = overtakeTeller();
  return ({ kind, item }, scene) => {
    if (kind === 'overtake') return tellOvertake(item, scene);
    if (kind === 'lead') return [leadChange(item, scene)];
    if (kind !== 'best' || item.lap <= SETTLED_LAP) return NOTHING;
    const { atMs, car, driver, lapTimeMs, lap, position } = item;
    return [{ kind: 'fastest-lap', atMs, importance: 2, cars: [car], driver, lapTimeMs, lap, position }];
  };
}

/** [M4] Passes for a place: not in the first laps, not of a car in trouble or in its pit cycle, not under a yellow flag, not twice. */
function overtakeTeller(): (overtake: Overtake, scene: Scene) => readonly Moment[] {
  const laps = new Map<string, number>();
  const passedAtMs = new Map<string, number>();
  return (overtake, scene) => {
    const { atMs, car, passed, position, lap } = overtake;
    const pair = car < passed ? `${car} ${passed}` : `${passed} ${car}`;
    const before = laps.get(pair);
    const isSlow = atMs - (passedAtMs.get(passed) ?? Number.NEGATIVE_INFINITY) <= SLOW_MS;
    laps.set(pair, lap);
    passedAtMs.set(passed, atMs);
    // Two cars side by side swap at every loop: one pass is told, then silence for a lap. The lead has a word of its own.
    const isAgain = before !== undefined && lap - before <= 1;
    if (isAgain || isSlow || position === 1 || lap < SETTLED_LAP || !isFight(overtake, scene)) return NOTHING;
    const className = classLead(overtake, scene);
    scene.toldPasses.set(`${car} ${passed}`, lap);
    return [
      {
        kind: 'overtake',
        atMs,
        importance: className === undefined || position <= 3 ? placeImportance(position) : 2,
        cars: [car, passed],
        driver: scene.driver(car),
        passedDriver: scene.driver(passed),
        position,
        lap,
        className,
        isAfterError: erred(overtake, scene),
      },
    ];
  };
}

/** Both at racing speed, of one kind, and with the same stops behind them. */
function isFight({ atMs, car, passed, position, inPit }: Overtake, scene: Scene): boolean {
  if (inPit || scene.car(car).pitEntryAtMs !== undefined || scene.flag !== 'green') return false;
  if (scene.isInTrouble(passed, atMs) || !scene.isLikeForLike(car, passed)) return false;
  return position <= 10 || scene.car(car).entry?.class === scene.car(passed).entry?.class;
}

/** The class whose leader was passed by one of its own. */
function classLead({ car, passed }: Overtake, scene: Scene): string | undefined {
  const { entry, lap } = scene.car(passed);
  if (lap?.classPosition !== 1 || scene.car(car).entry?.class !== entry?.class) return undefined;
  return classNameOf(scene, entry?.class);
}

function erred({ atMs, car, passed }: Overtake, scene: Scene): boolean {
  const { incident } = scene.car(passed);
  if (incident?.kind !== 'error' || atMs - incident.atMs > ERROR_MS) return false;
  return incident.cars[0] === passed && (incident.cars.length === 1 || incident.cars.includes(car));
}

function leadChange({ atMs, car, from, lap }: LeadChange, scene: Scene): Moment {
  const cause = from === undefined ? 'track' : causeOf(scene, { atMs, car, from });
  // A lead that its own stop will take back is a matter of bookkeeping.
  const isBorrowed = scene.car(car).served < scene.mandatoryStops;
  return {
    kind: 'lead-change',
    atMs,
    importance: cause !== 'pit' ? 3 : isBorrowed ? 1 : 2,
    cars: from === undefined ? [car] : [car, from],
    driver: scene.driver(car),
    fromDriver: from === undefined ? undefined : scene.driver(from),
    lap,
    cause,
  };
}

type Change = { readonly atMs: number; readonly car: string; readonly from: string };

function causeOf(scene: Scene, { atMs, car, from }: Change): 'track' | 'pit' | 'retirement' {
  const lost = scene.car(from);
  if (lost.status === 'retired' || lost.status === 'disqualified') return 'retirement';
  const isInLane = lost.pitEntryAtMs !== undefined || scene.car(car).pitEntryAtMs !== undefined;
  // The reducer knows the lap into the lane and the one out of it.
  const isAroundStop = lost.passed?.atMs === atMs && lost.passed.inPit;
  return isInLane || isAroundStop || !scene.isLikeForLike(car, from) ? 'pit' : 'track';
}
