import type { CarNumber } from '../domain/names.ts';
import { type ClassifiedCar, type ResultLine, resultOf } from './classification.ts';
import { effectOf, type PenaltyEffect } from './penalties.ts';
import type { Penalty, RaceState } from './race-state.ts';
import type { RaceView } from './race-view.ts';
import { compareTallies, type Tally, tallyRoad } from './tally.ts';

/** Why a car stands elsewhere in the official result than on the road. */
export type ResultReason =
  | (PenaltyEffect & { readonly penalty: Penalty })
  | { readonly kind: 'disqualified'; readonly reason: string | undefined }
  /** The feed, which is the authority, has it so. */
  | { readonly kind: 'feed-order' }
  /** Its laps, or those that are needed, have changed, and with them whether it is classified. */
  | { readonly kind: 'laps-needed' }
  /** It stands ahead of a car that was ahead of it on the road, or behind one that was behind. */
  | { readonly kind: 'place-gained' | 'place-lost'; readonly car: CarNumber };

export type OfficialCar = ClassifiedCar & {
  /** The same car on the road; one that was disqualified after the flag has its place there still. */
  readonly road: Pick<ClassifiedCar, 'position' | 'classPosition' | 'laps' | 'totalTimeMs' | 'status'>;
  readonly reasons: readonly ResultReason[];
};

/**
 * The official result beside the one on the road: with penalties, disqualifications and, where it is the authority, the
 * feed's own order. Winner first; `totalTimeMs` and `laps` are what counts, with what was added or removed.
 */
export function officialResult(view: RaceView): readonly OfficialCar[] {
  const onRoad = tallyRoad(view);
  const road = resultOf(view, onRoad.map(asDriven));
  const roadLines = new Map(road.map(({ line }) => [line.car, line]));
  const { state } = view;
  const judged = onRoad.map((tally) => (state.manifest.kind === 'race' ? judge(state, tally) : tally));
  if (state.manifest.kind === 'race') judged.sort(compareTallies);
  const reported = officialOrderOf(state);
  const official = resultOf(view, judged, (classified) =>
    reported === undefined ? putInPlace(state, classified) : asReported(reported, classified),
  );
  return official.map((result) => {
    const line = roadLines.get(result.line.car) as ClassifiedCar;
    const { position, classPosition, laps, totalTimeMs, status } = line;
    const reasons = [
      ...ownReasons(state, result, line, reported !== undefined),
      ...changedPlaces(result.line, official, roadLines),
    ];
    return { ...result.line, road: { position, classPosition, laps, totalTimeMs, status }, reasons };
  });
}

/** [C12] On the road a car that was shut out after the flag stands where it finished. */
function asDriven(tally: Tally): Tally {
  return tally.status === 'disqualified' && tally.tookFlag ? { ...tally, status: 'finished' } : tally;
}

type Effect = PenaltyEffect & { readonly penalty: Penalty };

function effectsOn(state: RaceState, { car }: Tally): readonly Effect[] {
  return car.penalties.flatMap((penalty) => {
    const effect = effectOf(penalty, state);
    return effect === undefined ? [] : [{ ...effect, penalty }];
  });
}

/** [C13] Time is added to the last crossing of the line, laps are taken off. */
function judge(state: RaceState, tally: Tally): Tally {
  let { laps, totalTimeMs } = tally;
  for (const effect of effectsOn(state, tally)) {
    if (effect.kind === 'time-added' && totalTimeMs !== undefined) totalTimeMs += effect.ms;
    if (effect.kind === 'laps-removed') laps = Math.max(0, laps - effect.laps);
  }
  return { ...tally, laps, totalTimeMs };
}

/** [C14] Forced positions come last, the foremost first; of two for one car or one place the newer one holds. */
function putInPlace(state: RaceState, classified: readonly Tally[]): readonly Tally[] {
  const forced = classified.flatMap((tally) => {
    const effect = effectsOn(state, tally).findLast(({ kind }) => kind === 'forced-position');
    return effect?.kind === 'forced-position' ? [{ tally, place: effect.position, atMs: effect.penalty.atMs }] : [];
  });
  if (forced.length === 0) return classified;
  const arranged = classified.filter((tally) => forced.every((other) => other.tally !== tally));
  forced.sort((one, other) => one.place - other.place || one.atMs - other.atMs);
  for (const { tally, place } of forced) arranged.splice(place - 1, 0, tally);
  return arranged;
}

/** [C15] The feed's order, where it is the authority, spoke after the flag, and nobody was judged since. */
function officialOrderOf(state: RaceState): readonly CarNumber[] | undefined {
  const { manifest, reportedOrder, reportedOrderAtMs, chequeredAtMs } = state;
  const authority = manifest.rules?.officialOrder ?? manifest.orderAuthority;
  if (authority !== 'feed' || reportedOrderAtMs === undefined || chequeredAtMs === undefined) return undefined;
  const newest = Math.max(chequeredAtMs, ...state.cars.map(judgedAtMs));
  return reportedOrderAtMs >= newest ? reportedOrder : undefined;
}

function judgedAtMs({ penalties, status, outcome }: Tally['car']): number {
  const shutOutAtMs = status === 'disqualified' ? (outcome?.atMs ?? 0) : 0;
  return penalties.reduce((newest, { atMs }) => Math.max(newest, atMs), shutOutAtMs);
}

/** Cars that the feed does not name stand behind those that it does. */
function asReported(order: readonly CarNumber[], classified: readonly Tally[]): readonly Tally[] {
  const places = new Map(order.map((car, place) => [car, place]));
  const placeOf = ({ car }: Tally) => places.get(car.car) ?? order.length;
  return classified.toSorted((one, other) => placeOf(one) - placeOf(other));
}

/** What was said of this very car. */
function ownReasons(
  state: RaceState,
  { tally, line }: ResultLine,
  road: ClassifiedCar,
  reported: boolean,
): ResultReason[] {
  const reasons: ResultReason[] = [];
  if (state.manifest.kind === 'race') reasons.push(...effectsOn(state, tally));
  else reasons.push(...effectsOn(state, tally).filter(({ kind }) => kind === 'forced-position'));
  if (line.status === 'disqualified') reasons.push({ kind: 'disqualified', reason: line.outcome?.reason });
  else if (line.status !== road.status) reasons.push({ kind: 'laps-needed' });
  if (reported && line.position !== road.position) reasons.push({ kind: 'feed-order' });
  return reasons;
}

/** [C16] Every car that changed sides with this one is named. */
function changedPlaces(
  line: ClassifiedCar,
  official: readonly ResultLine[],
  road: ReadonlyMap<CarNumber, ClassifiedCar>,
): ResultReason[] {
  const now = (car: ClassifiedCar) => car.position ?? Number.POSITIVE_INFINITY;
  const then = (car: ClassifiedCar) => road.get(car.car)?.position ?? Number.POSITIVE_INFINITY;
  return official.flatMap(({ line: other }): ResultReason[] => {
    if (then(other) < then(line) && now(other) > now(line)) return [{ kind: 'place-gained', car: other.car }];
    if (then(other) > then(line) && now(other) < now(line)) return [{ kind: 'place-lost', car: other.car }];
    return [];
  });
}
