import type { CarNumber, DriverId } from '../domain/names.ts';
import { courseOf } from '../race/course.ts';
import type { LapRecord } from '../race/race-history.ts';
import type { CarState } from '../race/race-state.ts';
import { carOf, type RaceView } from '../race/race-view.ts';
import { isValidLap, lapsOf } from './pace.ts';

/**
 * [A12] The best valid sectors of a car added up, of one driver's where one is named, those of the
 * lap in progress included. `undefined` until each sector has a time.
 */
export function idealLapMs(view: RaceView, car: CarNumber, driver?: DriverId): number | undefined {
  const bests = bestSectorsMs(view, car, driver);
  return bests.reduce<number | undefined>(
    (sum, ms) => (sum === undefined || ms === undefined ? undefined : sum + ms),
    bests.length === 0 ? undefined : 0,
  );
}

type SectorsOfLap = Pick<LapRecord, 'lap' | 'sectors' | 'driver' | 'isInLap' | 'isOutLap'>;

function bestSectorsMs(view: RaceView, car: CarNumber, driver: DriverId | undefined): (number | undefined)[] {
  const own = carOf(view.state, car);
  const bests = new Array<number | undefined>(courseOf(view.state.manifest).sectors).fill(undefined);
  if (own === undefined) return bests;
  const isRace = view.state.manifest.kind === 'race';
  const laps: SectorsOfLap[] = lapsOf(view, car).filter((lap) => isValidLap(lap, view.nowMs));
  for (const lap of [...laps, ...lapInProgress(own)]) {
    if (driver !== undefined && lap.driver !== driver) continue;
    // [S3] Through the pit lane, and at the start, nobody drives a best sector; one before the entry has its rank.
    const isSlow = lap.isInLap || lap.isOutLap;
    for (const [sector, time] of lap.sectors.entries()) {
      if (time === undefined || (isSlow && time.rank === 'none') || (isRace && lap.lap === 1 && sector === 0)) continue;
      bests[sector] = Math.min(bests[sector] ?? time.ms, time.ms);
    }
  }
  return bests;
}

function lapInProgress(car: CarState): SectorsOfLap[] {
  const lap = car.lapsCompleted + 1;
  if (car.invalidatedLaps.includes(lap)) return [];
  const { driver, isInLap, isOutLap } = car;
  return [{ lap, sectors: car.sectors.slice(0, car.sectorsDone), driver, isInLap, isOutLap }];
}
