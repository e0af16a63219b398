import type { CarNumber } from '../domain/names.ts';
import type { LapRecord, PitVisit } from '../race/race-history.ts';
import type { Moment } from './moment.ts';
import { NOTHING, placeImportance, type Scene, type Teller } from './moment-scene.ts';
import { stopGainBetween } from './undercut.ts';

/** Stops further apart belong to different plans. */
const MOST_LAPS_BETWEEN = 12;
/** Cars further apart in the order after both out-laps were no rivals. */
const PLACES_APART = 4;

type Pair = { readonly visit: PitVisit; readonly answer: CarNumber; readonly endLap: number };

/** [M13] An undercut or overcut that won a place, told when both cars have driven the lap in which the later one came out. */
export function undercutTeller(): Teller {
  const lastVisits = new Map<CarNumber, PitVisit>();
  let pairs: readonly Pair[] = [];
  return ({ kind, item }, scene) => {
    if (kind === 'pit-exit' && !scene.car(item.car).servesPenalty) lastVisits.set(item.car, item);
    if (kind !== 'lap' || scene.isChequered) return NOTHING;
    if (item.isOutLap) pairs = [...pairs, ...pairsOf(item, lastVisits, scene)];
    const due = pairs.filter((pair) => isDue(pair, item.car, scene));
    if (due.length === 0) return NOTHING;
    pairs = pairs.filter((pair) => !due.includes(pair));
    return due.flatMap((pair) => gain(pair, item, scene));
  };
}

/** The cars whose earlier stop this one answers. */
function pairsOf(lap: LapRecord, visits: ReadonlyMap<CarNumber, PitVisit>, scene: Scene): readonly Pair[] {
  const own = visits.get(lap.car);
  if (own === undefined || own.exitLap !== lap.lap - 1) return [];
  const isRival = ({ car, lap: otherLap }: PitVisit) =>
    otherLap < own.lap &&
    own.lap - otherLap <= MOST_LAPS_BETWEEN &&
    scene.car(car).entry?.class === scene.car(lap.car).entry?.class &&
    Math.abs((scene.car(car).lap?.position ?? 0) - lap.position) <= PLACES_APART;
  return [...visits.values()].filter(isRival).map((visit) => ({ visit, answer: lap.car, endLap: lap.lap }));
}

function isDue({ visit, answer, endLap }: Pair, car: CarNumber, scene: Scene): boolean {
  if (car !== visit.car && car !== answer) return false;
  return [visit.car, answer].every((one) => (scene.car(one).lap?.lap ?? 0) >= endLap);
}

function gain({ visit, answer }: Pair, { atMs }: LapRecord, scene: Scene): readonly Moment[] {
  const found = stopGainBetween(scene.history, visit, answer);
  // An answer that was told before is none to this stop; whose stop was the quicker one is told with the stops.
  if (found?.atMs !== atMs || !found.tookPlace || found.kind === 'quicker-stop') return NOTHING;
  const { gainer, loser, gainedMs, kind: how } = found;
  const position = scene.car(gainer).lap?.position ?? 0;
  const importance = placeImportance(position);
  return [
    {
      kind: 'undercut',
      atMs,
      importance,
      cars: [gainer, loser],
      driver: scene.driver(gainer),
      loserDriver: scene.driver(loser),
      how,
      gainedMs,
      position,
    },
  ];
}
