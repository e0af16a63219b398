import type { DriverId } from '@pitboard/shared/domain/names.ts';
import type { OfficialCar } from '@pitboard/shared/race/official-result.ts';
import { until } from '@pitboard/shared/race/race-history.ts';
import type { CarState, TimedLap } from '@pitboard/shared/race/race-state.ts';
import { carOf, type RaceView } from '@pitboard/shared/race/race-view.ts';
import { crewWords } from './crew-words.ts';
import type { ResultCar } from './session-result.ts';

type CarFigures = Pick<
  ResultCar,
  'car' | 'class' | 'status' | 'bestLapMs' | 'bestLap' | 'bestLapDriver' | 'pitStops' | 'driverChanges' | 'penaltyMs'
>;

/** What a car did, apart from where that put it. */
export function carFigures(view: RaceView, line: OfficialCar): CarFigures {
  const { state, history, nowMs } = view;
  const words = crewWords(state, line.car);
  const changes = until(history.driverChanges, nowMs).filter(({ car, from }) => car === line.car && from !== undefined);
  return {
    car: line.car,
    class: words.className,
    status: line.status,
    bestLapMs: line.bestLapTimeMs,
    bestLap: line.bestLap,
    bestLapDriver: line.bestLapTimeMs === undefined ? undefined : words.nameOf(driverOfBest(view, line)),
    pitStops: line.pitStops + (carOf(state, line.car)?.pitEntryAtMs === undefined ? 0 : 1),
    driverChanges: changes.length,
    penaltyMs: line.reasons.reduce((sum, reason) => sum + (reason.kind === 'time-added' ? reason.ms : 0), 0),
  };
}

function driverOfBest(
  { state, history }: RaceView,
  { car, bestLap, bestLapTimeMs }: OfficialCar,
): DriverId | undefined {
  const timed = timedLap(carOf(state, car), bestLapTimeMs);
  return timed?.driver ?? history.laps.get(car)?.find(({ lap }) => lap === bestLap)?.driver;
}

function timedLap(car: CarState | undefined, ms: number | undefined): TimedLap | undefined {
  let timed = car?.timedLaps;
  while (timed !== undefined && (timed.ms !== ms || timed.lap !== car?.bestLapNumber)) timed = timed.previous;
  return timed;
}
