import type { CarNumber, ClassId } from '../domain/names.ts';
import { type PitVisit, type RaceHistory, until } from '../race/race-history.ts';
import type { RaceState } from '../race/race-state.ts';
import { carOf, type RaceView } from '../race/race-view.ts';
import { cleanMedianMs, median } from './pace.ts';

/** A visit to the pit lane, made or imagined. */
export type PitEntry = Pick<PitVisit, 'car' | 'atMs' | 'lap'>;

export type PitStopKind = 'stop' | 'drive-through' | 'stop-and-go';

/** A visit that is over. `atMs`: its exit. `stintLaps`: laps since the stop before, the lap of this one included. */
export type CompletedStop = {
  readonly atMs: number;
  readonly visit: PitVisit & { readonly pitTimeMs: number; readonly exitLap: number };
  readonly kind: PitStopKind;
  readonly stintLaps: number;
};

/**
 * [P18] What a car comes in for: the penalty in the lane that it was given since its last visit and has not served, else a
 * stop. Not every feed says that a penalty was served.
 */
export function pitStopKind(
  { history, nowMs }: Pick<RaceView, 'history' | 'nowMs'>,
  { car, atMs }: PitEntry,
): PitStopKind {
  const visitedAtMs = history.visits.get(car)?.findLast((visit) => visit.atMs < atMs)?.atMs ?? Number.NEGATIVE_INFINITY;
  const owed = new Map<string, PitStopKind>();
  for (const penalty of until(history.penalties, Math.min(atMs, nowMs))) {
    if (penalty.car !== car || penalty.atMs <= visitedAtMs) continue;
    const { id, state, sanction } = penalty;
    const isInLane = sanction.kind === 'drive-through' || sanction.kind === 'stop-and-go';
    if (state === 'given' && isInLane) owed.set(id, sanction.kind);
    else owed.delete(id);
  }
  return [...owed.values()][0] ?? 'stop';
}

const completed = new WeakMap<RaceHistory, { readonly version: number; readonly stops: readonly CompletedStop[] }>();

/** All visits that were over at the playhead, in order of their exits. */
export function completedStops(view: RaceView): readonly CompletedStop[] {
  const { history, nowMs } = view;
  let known = completed.get(history);
  if (known?.version !== history.version) {
    const stops = [...history.visits.values()].flatMap((visits) => stopsOfCar(view, visits));
    known = { version: history.version, stops: stops.sort((one, other) => one.atMs - other.atMs) };
    completed.set(history, known);
  }
  return until(known.stops, nowMs);
}

function stopsOfCar(view: RaceView, visits: readonly PitVisit[]): CompletedStop[] {
  let stintFromLap = 0;
  return visits.flatMap((visit) => {
    const { exitAtMs, exitLap, pitTimeMs } = visit;
    if (exitAtMs === undefined || exitLap === undefined || pitTimeMs === undefined) return [];
    const kind = pitStopKind(view, visit);
    const stintLaps = visit.lap - stintFromLap;
    // Nobody refuels on a drive-through.
    if (kind === 'stop') stintFromLap = exitLap;
    return [{ atMs: exitAtMs, visit: { ...visit, exitLap, pitTimeMs }, kind, stintLaps }];
  });
}

/** Visits that teach what a stop is: where the rules ask for stops, those that count. */
export function isUsualStop({ state }: RaceView, { kind, visit }: CompletedStop): boolean {
  return kind === 'stop' && (visit.mandatory || (state.manifest.pitRules?.mandatoryStops ?? 0) === 0);
}

/**
 * [P18] Pit time that a visit will take by what this race has shown. A stop: `base + perLap × laps to fill up for`; see
 * `stopModel`. A penalty: the median of its kind, else the quickest visit of all, with the time to stand where it has
 * one. A stop that is owed takes the minimum at least. `undefined` before anybody has shown it.
 */
export function usualPitTimeMs(view: RaceView, entry: PitEntry): number | undefined {
  const kind = pitStopKind(view, entry);
  if (kind !== 'stop') return penaltyTimeMs(view, kind);
  const model = stopModel(view, carOf(view.state, entry.car)?.class);
  const leastMs = leastTimeMs(view, entry.car);
  if (model === undefined) return leastMs;
  const last = completedStops(view).findLast(
    (stop) => stop.visit.car === entry.car && stop.kind === 'stop' && stop.atMs <= entry.atMs,
  );
  const stintLaps = entry.lap - (last?.visit.exitLap ?? 0);
  return Math.max(leastMs ?? 0, Math.round(model.baseMs + model.perLapMs * fillLaps(view, entry, stintLaps)));
}

/** What the rules ask of a stop that is owed. */
function leastTimeMs({ state }: RaceView, car: CarNumber): number | undefined {
  const { pitRules } = state.manifest;
  const served = carOf(state, car)?.stopsServed ?? 0;
  return served < (pitRules?.mandatoryStops ?? 0) ? pitRules?.minimumPitTimeMs : undefined;
}

function penaltyTimeMs(view: RaceView, kind: PitStopKind): number | undefined {
  const stops = completedStops(view);
  const times = stops.filter((stop) => stop.kind === kind).map((stop) => stop.visit.pitTimeMs);
  if (times.length > 0) return median(times);
  return stops.length === 0 ? undefined : Math.min(...stops.map((stop) => stop.visit.pitTimeMs));
}

/** Laps that a stop fills the tank for: as many as were driven since the last one, but no more than are left to drive. */
function fillLaps(view: RaceView, { car, atMs, lap }: PitEntry, stintLaps: number): number {
  const { durationMs, laps } = view.state.manifest.distance ?? {};
  const byLaps = laps === undefined ? stintLaps : Math.max(0, laps - lap);
  const leftMs = durationMs === undefined ? Number.POSITIVE_INFINITY : durationMs - atMs;
  const quickestMs = view.state.bestLap?.ms ?? 0;
  // Far from the end nobody asks: a clean median of every car is not for nothing.
  if (leftMs > 2 * stintLaps * quickestMs) return Math.min(stintLaps, byLaps);
  const paceMs = cleanMedianMs(view, car) ?? quickestMs;
  return Math.min(stintLaps, byLaps, paceMs === 0 ? stintLaps : Math.max(0, Math.ceil(leftMs / paceMs)));
}

type StopModel = { readonly baseMs: number; readonly perLapMs: number };

const NEWEST_STOPS = 60;
const FEWEST_STOPS = 5;
const FEWEST_LAPS_APART = 2;

const models = new WeakMap<RaceState, Map<ClassId | undefined, StopModel | undefined>>();

/**
 * The pit time of a stop as a straight line over the laps that it fills up for, through the newest stops of the class, of
 * all cars while the class has made too few: the median of the slopes between pairs, never below zero, and the median
 * of what is left. Repairs are outliers to both.
 */
function stopModel(view: RaceView, group: ClassId | undefined): StopModel | undefined {
  const known = models.get(view.state) ?? new Map<ClassId | undefined, StopModel | undefined>();
  models.set(view.state, known);
  if (!known.has(group)) known.set(group, fitStops(view, group));
  return known.get(group);
}

function fitStops(view: RaceView, group: ClassId | undefined): StopModel | undefined {
  const all = completedStops(view).filter((stop) => isUsualStop(view, stop));
  const ofClass = all.filter((stop) => carOf(view.state, stop.visit.car)?.class === group);
  const stops = (ofClass.length < FEWEST_STOPS ? all : ofClass).slice(-NEWEST_STOPS);
  const points = stops.map((stop) => ({
    laps: fillLaps(view, stop.visit, stop.stintLaps),
    ms: stop.visit.pitTimeMs,
  }));
  const slopes = points.flatMap((one, index) =>
    points.slice(index + 1).flatMap((other) => {
      const apart = other.laps - one.laps;
      return Math.abs(apart) < FEWEST_LAPS_APART ? [] : [(other.ms - one.ms) / apart];
    }),
  );
  const perLapMs = points.length < FEWEST_STOPS || slopes.length < FEWEST_STOPS ? 0 : Math.max(0, median(slopes) ?? 0);
  const baseMs = median(points.map((point) => point.ms - perLapMs * point.laps));
  return baseMs === undefined ? undefined : { baseMs, perLapMs };
}
