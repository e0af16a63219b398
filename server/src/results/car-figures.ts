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
  const best = bestOf(view, line);
  const changes = until(history.driverChanges, nowMs).filter(({ car, from }) => car === line.car && from !== undefined);
  return {
    car: line.car,
    class: words.className,
    status: line.status,
    bestLapMs: best?.ms,
    bestLap: best?.lap,
    bestLapDriver: best === undefined ? undefined : words.nameOf(best.driver),
    pitStops: line.pitStops + (carOf(state, line.car)?.pitEntryAtMs === undefined ? 0 : 1),
    driverChanges: changes.length,
    penaltyMs: line.reasons.reduce((sum, reason) => sum + (reason.kind === 'time-added' ? reason.ms : 0), 0),
  };
}

type BestLap = { readonly ms: number; readonly lap: number | undefined; readonly driver: DriverId | undefined };

/** The lap that places the car: in a knock-out session that of the last part in which it has one. */
function bestOf({ state, history }: RaceView, { car, bestLap, bestLapTimeMs }: OfficialCar): BestLap | undefined {
  const own = carOf(state, car);
  const part = own?.partBests.findLastIndex((best) => best !== undefined) ?? -1;
  const ms = own?.partBests[part]?.ms ?? bestLapTimeMs;
  if (ms === undefined) return undefined;
  const timed = timedLap(own, (each) => (part < 0 ? each.lap === bestLap : each.part === part + 1) && each.ms === ms);
  const lap = timed === undefined ? bestLap : timed.lap;
  return { ms, lap, driver: timed?.driver ?? history.laps.get(car)?.find((each) => each.lap === lap)?.driver };
}

/** The newest of the laps that may be bests for which this is true. */
function timedLap(car: CarState | undefined, isIt: (lap: TimedLap) => boolean): TimedLap | undefined {
  let timed = car?.timedLaps;
  while (timed !== undefined && !isIt(timed)) timed = timed.previous;
  return timed;
}
