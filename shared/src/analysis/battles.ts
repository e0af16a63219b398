import type { CarNumber, ClassId } from '../domain/names.ts';
import { courseOf } from '../race/course.ts';
import { isGreen } from '../race/flag-severity.ts';
import { gapTo } from '../race/gaps.ts';
import { isPresumedStopped } from '../race/presumed.ts';
import type { CarState } from '../race/race-state.ts';
import { carOf, type RaceView, runningOrder } from '../race/race-view.ts';
import { visitsOf } from './stints.ts';

/** Two cars or more that fight for places, nose to tail. */
export type Battle = {
  /** In running order, the one that defends first. */
  readonly cars: readonly CarNumber[];
  /** The place of the first of them, in its class where a class was asked for. */
  readonly position: number;
  /** Interval of each car but the first to the car ahead of it, in ms. */
  readonly intervalsMs: readonly number[];
  /** Session time since which two neighbours of them have been this close, whoever was ahead. */
  readonly sinceMs: number;
};

/** Close enough to fight, at this many loops running. */
const CLOSE_MS = 1000;
const CLOSE_LOOPS = 3;
/** A battle goes on until the gap is wider than this: it does not end and begin anew with every tenth. */
const APART_MS = 1500;

/**
 * The battles of this moment, front of the field first. [A6] Neighbours in the running order, on the track under green
 * and on the same lap, that were under a second apart at three loops running and not a second and a half since. The
 * first lap does not count, nor what lies before a stop or before the green flag. Where `within` names a class, its
 * cars are each other's neighbours.
 */
export function battles(view: RaceView, within?: ClassId): readonly Battle[] {
  const { state } = view;
  if (state.manifest.kind !== 'race' || state.phase !== 'running' || !isGreen(state.flag)) return [];
  const order = runningOrder(state).filter((car) => within === undefined || carOf(state, car)?.class === within);
  const found: Draft[] = [];
  for (const [place, car] of order.entries()) {
    const ahead = order[place - 1];
    const duel = ahead === undefined ? undefined : duelOf(view, car, ahead);
    if (ahead === undefined || duel === undefined) continue;
    const open = found.at(-1);
    if (open?.cars.at(-1) !== ahead) {
      found.push({ cars: [ahead, car], position: place, intervalsMs: [duel.intervalMs], sinceMs: duel.sinceMs });
      continue;
    }
    open.cars.push(car);
    open.intervalsMs.push(duel.intervalMs);
    open.sinceMs = Math.min(open.sinceMs, duel.sinceMs);
  }
  return found;
}

type Draft = { cars: CarNumber[]; position: number; intervalsMs: number[]; sinceMs: number };
type Duel = { readonly intervalMs: number; readonly sinceMs: number };

function duelOf(view: RaceView, car: CarNumber, ahead: CarNumber): Duel | undefined {
  const chaser = carOf(view.state, car);
  const other = carOf(view.state, ahead);
  if (chaser === undefined || other === undefined || !isRacing(view, chaser) || !isRacing(view, other))
    return undefined;
  const gap = gapTo(view, car, ahead);
  if (gap.kind !== 'time' || gap.ms >= APART_MS) return undefined;
  const sinceMs = closeSinceMs(view, chaser, other);
  return sinceMs === undefined ? undefined : { intervalMs: gap.ms, sinceMs };
}

function isRacing(view: RaceView, car: CarState): boolean {
  return car.status === 'running' && car.pitEntryAtMs === undefined && !isPresumedStopped(view, car.car);
}

/** Since when two cars have been close, whoever was ahead; `undefined` where they are not. Goes back loop by loop. */
function closeSinceMs(view: RaceView, chaser: CarState, other: CarState): number | undefined {
  const own = view.history.crossings.get(chaser.car)?.timesMs ?? [];
  const others = view.history.crossings.get(other.car)?.timesMs ?? [];
  const floorMs = Math.max(view.state.flagSinceMs, lastExitMs(view, chaser), lastExitMs(view, other));
  let sinceMs: number | undefined;
  let loops = 0;
  for (let place = chaser.progress; place > courseOf(view.state.manifest).loops; place--) {
    const ownMs = own[place];
    const otherMs = others[place];
    if (ownMs === undefined || otherMs === undefined) continue;
    const gapMs = Math.abs(ownMs - otherMs);
    if (gapMs >= APART_MS || Math.min(ownMs, otherMs) < floorMs) break;
    loops = gapMs < CLOSE_MS ? loops + 1 : 0;
    if (loops >= CLOSE_LOOPS) sinceMs = Math.max(ownMs, otherMs);
  }
  return sinceMs;
}

function lastExitMs(view: RaceView, car: CarState): number {
  return visitsOf(view, car.car).at(-1)?.exitAtMs ?? Number.NEGATIVE_INFINITY;
}
