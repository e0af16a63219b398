import type { Gap } from '@pitboard/shared/domain/gap.ts';
import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import { gapToLeader, measuredGapToLeaderMs } from '@pitboard/shared/race/gaps.ts';
import { officialResult } from '@pitboard/shared/race/official-result.ts';
import type { CarState, RaceState } from '@pitboard/shared/race/race-state.ts';
import { carOf, isOut, type RaceView } from '@pitboard/shared/race/race-view.ts';
import { carFigures } from './car-figures.ts';
import { placesOf, placesOnRoad } from './places.ts';
import type { ResultCar } from './session-result.ts';

/** How a session stands at a moment: the running order with its gaps, before penalties. */
export function provisionalLines(view: RaceView): readonly ResultCar[] {
  const { state } = view;
  const lineOf = new Map(officialResult(view).map((line) => [line.car, line]));
  const lines = orderOf(state).flatMap((car) => lineOf.get(car) ?? []);
  const places = placesOf(lines);
  const onRoad = placesOnRoad(view);
  const isRace = state.manifest.kind === 'race';
  return lines.map((line): ResultCar => {
    const { car, class: className, status, ...figures } = carFigures(view, line);
    const own = carOf(state, car);
    const gap = gapToLeader(view, car);
    const isRacing = own !== undefined && !isOut(own);
    return {
      position: places.get(car)?.position,
      positionOnRoad: onRoad.get(car),
      car,
      class: className,
      classPosition: places.get(car)?.classPosition,
      status,
      laps: line.road.laps,
      totalTimeMs: line.road.totalTimeMs,
      gapMs: gapMsOf(view, car, gap),
      lapsDown: !isRace || !isRacing ? undefined : gap.kind === 'laps' ? gap.laps : 0,
      ...figures,
      penaltyMs: 0,
    };
  });
}

/**
 * The running order, in which a car that retired keeps the place of what it drove until others have driven more: so does the
 * result, and so do the screens of timing companies. A feed that is the authority says itself where such cars stand.
 */
function orderOf({ manifest, order, cars }: RaceState): readonly CarNumber[] {
  if (manifest.kind !== 'race' || manifest.orderAuthority === 'feed') return order;
  const known = new Map(cars.map((car) => [car.car, car]));
  const retired = order.flatMap((car) => {
    const own = known.get(car);
    return own?.status === 'retired' && own.progress >= 0 ? [own] : [];
  });
  const placed = order.filter((car) => !retired.some((own) => own.car === car));
  for (const own of retired) {
    const behind = placed.findIndex((car) => isBehind(known.get(car), own));
    placed.splice(behind < 0 ? placed.length : behind, 0, own.car);
  }
  return placed;
}

/** By laps and loop, then by time; who has no place is behind. */
function isBehind(car: CarState | undefined, { progress, crossedAtMs }: CarState): boolean {
  if (car === undefined || car.status === 'disqualified' || car.status === 'did-not-start') return true;
  return car.progress < progress || (car.progress === progress && car.crossedAtMs > crossedAtMs);
}

/** As it was measured at the car's last loop: a bound that grows from there says nothing on paper. */
function gapMsOf(view: RaceView, car: CarNumber, gap: Gap): number | undefined {
  if (gap.kind === 'leader') return 0;
  if (gap.kind !== 'time' || gap.ms < 0) return undefined;
  const measuredMs = gap.provenance === 'provisional' ? measuredGapToLeaderMs(view, car) : undefined;
  return measuredMs !== undefined && measuredMs >= 0 ? measuredMs : gap.ms;
}
