import { isInSlowZone, lapOf, type RaceRun, type RunningCar, sectorOf } from './race-run.ts';
import { gapAimOf } from './steering.ts';

/** Two cars never cross a loop closer than this. */
const CLOSEST_MS = 200;
/** A car this much faster over a lap belongs to another class: the slower one lets it by. */
const FASTER_CLASS_SHARE = 0.98;

/**
 * Puts a car among those on its sector. It reaches the next loop at `proposedMs`, or behind a car that it cannot pass;
 * a car that it passes is held up.
 */
export function joinSector(run: RaceRun, car: RunningCar, proposedMs: number): void {
  const ahead = sectorList(run, car);
  let place = ahead.length;
  let atMs = proposedMs;
  for (; place > 0; place--) {
    const rival = ahead[place - 1] as RunningCar;
    if (rival.arriveAtMs + CLOSEST_MS <= atMs) break;
    if (!overtakes(run, car, { rival, advantageMs: rival.arriveAtMs - atMs })) {
      atMs = rival.arriveAtMs + followingMs(run);
      break;
    }
    if (!isLapping(car, rival)) atMs += run.random.between(0, 60);
  }
  car.arriveAtMs = Math.round(atMs);
  ahead.splice(place, 0, car);
  planArrival(run, car);
  holdUp(run, ahead, place);
}

/** Takes a car off its sector. */
export function leaveSector(run: RaceRun, car: RunningCar): void {
  const list = sectorList(run, car);
  const place = list.indexOf(car);
  if (place >= 0) list.splice(place, 1);
}

/** When a car that takes `timeMs` for the last sector turns into the pit lane. */
export function pitEntryAtMs(run: RaceRun, car: RunningCar, timeMs: number): number {
  const { pitEntryShare, queuesForPits } = run.scenario.track;
  const freeMs = run.nowMs + timeMs * pitEntryShare;
  if (run.neutral === undefined || queuesForPits === undefined) return freeMs;
  const ahead = sectorList(run, car).at(-1);
  const aheadSinceMs = ahead?.crossings[ahead.progress] ?? run.nowMs;
  const aheadMs = ahead === undefined ? 0 : aheadSinceMs + (ahead.arriveAtMs - aheadSinceMs) * pitEntryShare;
  return Math.max(freeMs, Math.max(aheadMs, run.pitEntryAtMs) + followingMs(run));
}

/** Delays a car on its sector: who is close behind goes by. */
export function loseTime(run: RaceRun, car: RunningCar, lossMs: number): void {
  const list = sectorList(run, car);
  leaveSector(run, car);
  car.arriveAtMs = Math.round(car.arriveAtMs + lossMs);
  let place = list.findIndex((other) => other.arriveAtMs > car.arriveAtMs);
  if (place < 0) place = list.length;
  const before = list[place - 1];
  if (before !== undefined) car.arriveAtMs = Math.max(car.arriveAtMs, before.arriveAtMs + CLOSEST_MS);
  list.splice(place, 0, car);
  planArrival(run, car);
  holdUp(run, list, place);
}

function sectorList(run: RaceRun, car: RunningCar): RunningCar[] {
  return run.sectors[sectorOf(run, car)] as RunningCar[];
}

/** Changes the time that all cars have left to their next loop, when the flag changes. Nobody passes anybody by it. */
export function rescaleArrivals(run: RaceRun, factorOf: (car: RunningCar) => number): void {
  for (const list of run.sectors) {
    for (const car of list) car.arriveAtMs = Math.round(run.nowMs + (car.arriveAtMs - run.nowMs) * factorOf(car));
    for (const car of list) planArrival(run, car);
    holdUp(run, list, 0);
  }
}

function planArrival(run: RaceRun, car: RunningCar): void {
  car.ticket++;
  run.queue.push(car.arriveAtMs, { car, ticket: car.ticket });
}

/** Keeps the cars behind `place` from running into each other. */
function holdUp(run: RaceRun, list: readonly RunningCar[], place: number): void {
  for (let index = place + 1; index < list.length; index++) {
    const earliestMs = (list[index - 1] as RunningCar).arriveAtMs + CLOSEST_MS;
    const follower = list[index] as RunningCar;
    if (follower.arriveAtMs >= earliestMs) continue;
    follower.arriveAtMs = earliestMs;
    planArrival(run, follower);
  }
}

function overtakes(
  run: RaceRun,
  car: RunningCar,
  duel: { readonly rival: RunningCar; readonly advantageMs: number },
): boolean {
  if (run.neutral !== undefined || isInSlowZone(run, car)) return false;
  const { rival, advantageMs } = duel;
  if (isLapping(car, rival)) return true;
  const aim = gapAimOf(run, car);
  if (aim !== undefined) return aim.behind !== rival.plan.car && advantageMs > 0;
  if (car.plan.paceMs < rival.plan.paceMs * FASTER_CLASS_SHARE) return run.random.next() < 0.9;
  const ease = lapOf(run, car) === 1 ? 0.3 : 0.05;
  return run.random.next() < ease + advantageMs / 1500;
}

function isLapping(car: RunningCar, rival: RunningCar): boolean {
  return car.progress > rival.progress;
}

function followingMs(run: RaceRun): number {
  return run.neutral === undefined ? run.random.between(250, 600) : run.random.between(700, 1100);
}
