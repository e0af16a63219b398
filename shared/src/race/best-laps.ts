import type { ClassId } from '../domain/names.ts';
import type { RaceFactOf } from '../protocol/race-event.ts';
import type { MutableCar } from './copy-car.ts';
import { claimPartBest, recountPartBests } from './qualifying.ts';
import type { RaceDraft } from './race-draft.ts';
import type { Best, CarState, RaceState, TimedLap } from './race-state.ts';

/** Enters a car's new best lap into the bests of its class and of all. True when it is the best of all. */
export function claimBests(draft: RaceDraft, car: CarState, timed: TimedLap): boolean {
  const best = bestOf(car, timed);
  const { state } = draft;
  if (car.class !== undefined) {
    const inClass = state.classBestLaps.get(car.class);
    if (inClass === undefined || best.ms < inClass.ms) {
      state.classBestLaps = new Map(state.classBestLaps).set(car.class, best);
    }
  }
  if (state.bestLap !== undefined && best.ms >= state.bestLap.ms) return false;
  state.bestLap = best;
  // A lap from before anybody listened is no news.
  if (best.lap === undefined || best.lap !== car.lapsCompleted) return true;
  draft.recorder?.bestLap({
    atMs: state.atMs,
    car: car.car,
    driver: best.driver,
    lap: best.lap,
    lapTimeMs: best.ms,
    position: draft.order.indexOf(car.index) + 1,
  });
  return true;
}

function bestOf(car: CarState, timed: TimedLap): Best {
  return { ms: timed.ms, car: car.car, driver: timed.driver, lap: timed.lap, atMs: timed.atMs };
}

/** [L14] The feed's own best counts like a lap that was timed here, where it is quicker than those that were. */
export function onBestLapReported(draft: RaceDraft, event: RaceFactOf<'best-lap-reported'>): void {
  const car = draft.car(draft.indexOf(event.car));
  const { lapTimeMs: ms, lapNumber: lap, atMs } = event;
  if (ms === 0 || (lap !== undefined && car.invalidatedLaps.includes(lap))) return;
  const { state } = draft;
  const driver = event.driver ?? (lap === car.lapsCompleted ? car.driver : undefined);
  const part = state.manifest.kind === 'race' ? 0 : (event.part ?? state.part);
  const timed = { lap, ms, driver, atMs, part, previous: car.timedLaps };
  const isPartBest = claimPartBest(car, timed);
  const isBest = car.bestLapTimeMs === undefined || ms < car.bestLapTimeMs;
  if (!isPartBest && !isBest) return;
  car.timedLaps = timed;
  if (isBest) {
    car.bestLapTimeMs = ms;
    car.bestLapNumber = lap;
    claimBests(draft, car, timed);
  }
  if (state.manifest.kind !== 'race') draft.resort();
}

/** [L7] A lap's time is taken away: every best that it held goes to the next valid lap. The lap itself still counts. */
export function onLapInvalidated(draft: RaceDraft, event: RaceFactOf<'lap-invalidated'>): void {
  const car = draft.car(draft.indexOf(event.car));
  if (car.invalidatedLaps.includes(event.lapNumber)) return;
  draft.recorder?.lapInvalidated(event.car, event.lapNumber, event.atMs);
  car.invalidatedLaps = [...car.invalidatedLaps, event.lapNumber];
  car.timedLaps = without(car.timedLaps, event.lapNumber);
  if (car.lapsCompleted === event.lapNumber) car.lastLapRank = 'none';
  if (car.part > 0) {
    recountPartBests(car);
    draft.resort();
  }
  if (car.bestLapNumber !== event.lapNumber) return;
  const best = fastest(car.timedLaps);
  car.bestLapTimeMs = best?.ms;
  car.bestLapNumber = best?.lap;
  restoreSessionBests(draft, car, event.lapNumber);
  if (draft.state.manifest.kind !== 'race') draft.resort();
}

function restoreSessionBests(draft: RaceDraft, car: MutableCar, lap: number): void {
  const { state } = draft;
  const held = (best: Best | undefined) => best?.car === car.car && best.lap === lap;
  if (held(state.bestLap)) state.bestLap = bestAmong(state.cars);
  if (car.class !== undefined && held(state.classBestLaps.get(car.class))) {
    state.classBestLaps = classBests(state, [car.class]);
  }
}

/** The best laps of all classes, looked up anew for the named ones. */
export function classBests(
  { cars, classBestLaps }: Pick<RaceState, 'cars' | 'classBestLaps'>,
  classes: readonly (ClassId | undefined)[],
): RaceState['classBestLaps'] {
  const bests = new Map(classBestLaps);
  for (const id of classes) {
    if (id === undefined) continue;
    const best = bestAmong(cars.filter((car) => car.class === id));
    if (best === undefined) bests.delete(id);
    else bests.set(id, best);
  }
  return bests;
}

function bestAmong(cars: readonly CarState[]): Best | undefined {
  let best: Best | undefined;
  for (const car of cars) {
    const timed = fastest(car.timedLaps);
    if (timed === undefined) continue;
    const earlier = best !== undefined && timed.ms === best.ms && timed.atMs < best.atMs;
    if (best === undefined || timed.ms < best.ms || earlier) best = bestOf(car, timed);
  }
  return best;
}

/** The fastest of a list; the earlier one where two are equal. */
function fastest(list: TimedLap | undefined): TimedLap | undefined {
  let best: TimedLap | undefined;
  for (let timed = list; timed !== undefined; timed = timed.previous) {
    if (best === undefined || timed.ms <= best.ms) best = timed;
  }
  return best;
}

function without(list: TimedLap | undefined, lap: number): TimedLap | undefined {
  const kept: TimedLap[] = [];
  for (let timed = list; timed !== undefined; timed = timed.previous) if (timed.lap !== lap) kept.push(timed);
  return kept.reduceRight<TimedLap | undefined>((previous, timed) => ({ ...timed, previous }), undefined);
}
