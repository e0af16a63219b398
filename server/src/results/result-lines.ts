import { gapTo } from '@pitboard/shared/race/gaps.ts';
import { type OfficialCar, officialResult } from '@pitboard/shared/race/official-result.ts';
import type { RaceState } from '@pitboard/shared/race/race-state.ts';
import { carOf, type RaceView } from '@pitboard/shared/race/race-view.ts';
import { carFigures } from './car-figures.ts';
import { hasPlace, placesOf, placesOnRoad } from './places.ts';
import type { ResultCar } from './session-result.ts';

/** The final result: official where that is known, else as it was on the road. */
export function resultLines(view: RaceView): readonly ResultCar[] {
  const isRace = view.state.manifest.kind === 'race';
  const lines = isRace ? raceOrder(view) : timedOrder(view);
  const winner = lines.find(hasPlace);
  const placed = placesOf(lines);
  const onRoad = placesOnRoad(view);
  return lines.map((line): ResultCar => {
    const { car, class: className, status, ...figures } = carFigures(view, line);
    return {
      position: placed.get(line.car)?.position,
      positionOnRoad: onRoad.get(line.car),
      car,
      class: className,
      classPosition: placed.get(line.car)?.classPosition,
      status,
      laps: line.laps,
      totalTimeMs: line.totalTimeMs,
      gapMs: winner === undefined ? undefined : isRace ? raceGapMs(view, winner, line) : bestGapMs(view, winner, line),
      lapsDown: winner === undefined || !isRace || !hasPlace(line) ? undefined : Math.max(0, winner.laps - line.laps),
      ...figures,
    };
  });
}

/**
 * Winner first. An order that was reported when all were home, and after every decision, is the official one of everybody;
 * a race that broke off stands as the feed has it, where that is the authority.
 */
function raceOrder(view: RaceView): readonly OfficialCar[] {
  const { state } = view;
  const lines = officialResult(view);
  const isOver = state.chequeredAtMs !== undefined || state.phase === 'finished' || state.phase === 'closed';
  const order =
    !isOver && isFeedsOrder(state) ? state.order : isOver && isSettled(state) ? state.reportedOrder : undefined;
  if (order === undefined) return lines;
  const places = new Map(order.map((car, index) => [car, index]));
  const placeOf = (line: OfficialCar) => (hasPlace(line) ? (places.get(line.car) ?? order.length) : order.length + 1);
  return lines.toSorted((one, other) => placeOf(one) - placeOf(other));
}

function isSettled({ cars, reportedOrderAtMs }: RaceState): boolean {
  const newestMs = Math.max(
    ...cars.map(({ crossedAtMs, outcome, penalties }) =>
      Math.max(crossedAtMs, outcome?.atMs ?? 0, ...penalties.map(({ atMs }) => atMs)),
    ),
  );
  return reportedOrderAtMs !== undefined && reportedOrderAtMs >= newestMs;
}

/** By best lap, whatever order a feed states: many state that of the road in every kind of session. */
function timedOrder(view: RaceView): readonly OfficialCar[] {
  const lines = officialResult(view);
  if (!isFeedsOrder(view.state) || view.state.manifest.parts !== undefined) return lines;
  const bestOf = ({ bestLapTimeMs }: OfficialCar) => bestLapTimeMs ?? Number.MAX_SAFE_INTEGER;
  return lines.toSorted((one, other) => Number(hasPlace(other)) - Number(hasPlace(one)) || bestOf(one) - bestOf(other));
}

function isFeedsOrder({ manifest, reportedOrder }: RaceState): boolean {
  return manifest.orderAuthority === 'feed' && reportedOrder !== undefined;
}

/** On the winner's lap only. Where the feed is the authority, and its gap is newer than the car's last lap, it is that. */
function raceGapMs({ state }: RaceView, winner: OfficialCar, line: OfficialCar): number | undefined {
  if (!hasPlace(line) || line.laps !== winner.laps) return undefined;
  if (line.car === winner.car) return 0;
  const claim = carOf(state, line.car)?.reportedGap;
  const isCurrent = claim?.to === winner.car && claim.progress === carOf(state, line.car)?.progress;
  if (isCurrent && claim.ms !== undefined && isFeedsOrder(state)) return claim.ms;
  const [own, best] = [line.totalTimeMs, winner.totalTimeMs];
  return own === undefined || best === undefined || own < best ? undefined : own - best;
}

/** [G10] Of the best laps; in a knock-out session of those of the last part that both drove. */
function bestGapMs(view: RaceView, winner: OfficialCar, line: OfficialCar): number | undefined {
  if (!hasPlace(line)) return undefined;
  if (line.car === winner.car) return winner.bestLapTimeMs === undefined ? undefined : 0;
  const gap = gapTo(view, line.car, winner.car);
  return gap.kind === 'time' && gap.ms >= 0 ? gap.ms : undefined;
}
