import type { MutableCar } from './copy-car.ts';
import type { RaceDraft } from './race-draft.ts';
import type { SectorTime, TimeRank } from './race-state.ts';

/** Ends a sector of the lap in progress. [S1] Its time is known only where both its loops were crossed. */
export function completeSector(draft: RaceDraft, car: MutableCar, sector: number, atMs: number): void {
  const startedAtMs = car.sectorsDone === sector ? car.sectorStartedAtMs : undefined;
  missSectors(car, sector);
  const sectors = [...car.sectors];
  sectors[sector] = startedAtMs === undefined ? undefined : timeOf(draft, car, sector, atMs - startedAtMs);
  car.sectors = sectors;
  car.sectorsDone = sector + 1;
  car.sectorStartedAtMs = atMs;
}

/** [S2] A sector that was missed has no time; the last lap's must not stand in for it. */
export function missSectors(car: MutableCar, until: number): void {
  if (car.sectorsDone >= until) return;
  car.sectors = car.sectors.map((time, sector) => (sector >= car.sectorsDone && sector < until ? undefined : time));
}

function timeOf(draft: RaceDraft, car: MutableCar, sector: number, ms: number): SectorTime {
  return { ms, rank: rankSector(draft, car, sector, ms) };
}

/** [S3] Sectors through the pit lane, and the first of a race, are no best sectors. */
function rankSector(draft: RaceDraft, car: MutableCar, sector: number, ms: number): TimeRank {
  const isFirst = sector === 0 && car.lapsCompleted <= 1 && car.lapStartedAtMs === 0;
  if (isFirst || car.isInLap || car.isOutLap || car.pitEntryAtMs !== undefined) return 'none';
  const own = car.bestSectorsMs[sector];
  if (own !== undefined && ms >= own) return 'none';
  car.bestSectorsMs = car.bestSectorsMs.with(sector, ms);
  const best = draft.state.bestSectors[sector];
  if (best !== undefined && ms >= best.ms) return 'personal-best';
  draft.state.bestSectors = draft.state.bestSectors.with(sector, {
    ms,
    car: car.car,
    driver: car.driver,
    lap: car.lapsCompleted + 1,
    atMs: draft.state.atMs,
  });
  return 'overall-best';
}
