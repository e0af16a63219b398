import { stintsOf, visitsOf } from '@pitboard/shared/analysis/stints.ts';
import type { TrackFlag } from '@pitboard/shared/domain/flag.ts';
import type { CarNumber, DriverId } from '@pitboard/shared/domain/names.ts';
import { courseOf } from '@pitboard/shared/race/course.ts';
import { until } from '@pitboard/shared/race/race-history.ts';
import { carOf, isOut, type RaceView } from '@pitboard/shared/race/race-view.ts';

export type BarAxis = 'time' | 'laps';

/** A stretch of a stint bar, in shares of its width from 0 to 1. */
export type BarSpan = { readonly from: number; readonly to: number };

/** The race of one car: who drove when, and its visits to the pit lane. */
export type StintBar = {
  readonly car: CarNumber;
  readonly out: boolean;
  readonly stints: readonly (BarSpan & { readonly driver: DriverId | undefined; readonly laps: number })[];
  readonly visits: readonly (BarSpan & { readonly running: boolean })[];
};

/** What lies behind the bars: flag periods other than green, and the window for the stops. */
export type BarBand = BarSpan & { readonly kind: TrackFlag | 'pit-window' };

/** How session time lies on the width of a bar. The end is what the race is planned for, or where it has got to. */
export type BarScale = { readonly axis: BarAxis; readonly end: number };

const SHORTEST_RACE_MS = 600_000;
const FEWEST_LAPS = 10;

/** The width of the bars: the planned distance of the race, or more once it has run longer. */
export function barScale(view: RaceView, axis: BarAxis): BarScale {
  const { distance } = view.state.manifest;
  if (axis === 'time') {
    const planned = distance?.durationMs ?? SHORTEST_RACE_MS;
    return { axis, end: Math.max(planned, view.nowMs) };
  }
  const leader = view.state.order[0];
  const laps = leader === undefined ? 0 : (carOf(view.state, leader)?.lapsCompleted ?? 0);
  return { axis, end: Math.max(FEWEST_LAPS, laps + 1, distance?.laps ?? plannedLaps(view, laps)) };
}

/** Laps that fit into a race over time, at the pace of the laps so far. */
function plannedLaps(view: RaceView, laps: number): number {
  const durationMs = view.state.manifest.distance?.durationMs;
  const leader = view.state.order[0];
  const lastMs = leader === undefined ? undefined : carOf(view.state, leader)?.crossedAtMs;
  if (durationMs === undefined || lastMs === undefined || laps < 2 || lastMs <= 0) return 0;
  return Math.ceil((durationMs * laps) / lastMs);
}

/** The bars of all cars, in the running order; cars that are out of the race come last. */
export function stintBars(view: RaceView, scale: BarScale): readonly StintBar[] {
  return view.state.order.map((car) => stintBar(view, car, scale));
}

function stintBar(view: RaceView, car: CarNumber, scale: BarScale): StintBar {
  const state = carOf(view.state, car);
  const out = state !== undefined && isOut(state);
  const endMs = out ? (state.outcome?.atMs ?? view.nowMs) : view.nowMs;
  const share = shareOf(view, car, scale);
  const stints = stintsOf(view, car).map((stint) => ({
    driver: stint.driver,
    laps: stint.toLap - stint.fromLap + 1,
    from: share(stint.startMs),
    to: share(Math.min(stint.endMs ?? endMs, endMs)),
  }));
  const visits = visitsOf(view, car).map((visit) => ({
    from: share(visit.atMs),
    to: share(visit.exitAtMs ?? endMs),
    running: visit.exitAtMs === undefined && !out,
  }));
  return { car, out, stints: stints.filter((stint) => stint.to > stint.from), visits };
}

/** Flag periods and the pit window behind the bars. Lap axis: by the leader's laps. */
export function barBands(view: RaceView, scale: BarScale): readonly BarBand[] {
  const leader = view.state.order[0];
  if (leader === undefined) return [];
  const share = shareOf(view, leader, scale);
  const { windowOpensMs, windowClosesMs } = view.state.manifest.pitRules ?? {};
  const bands: BarBand[] = [];
  // Laps still to come have no time: on an axis of laps the window grows as far as the race has got.
  const knownMs = scale.axis === 'time' ? scale.end : view.nowMs;
  if (windowOpensMs !== undefined && windowClosesMs !== undefined && windowOpensMs < knownMs) {
    bands.push({ kind: 'pit-window', from: share(windowOpensMs), to: share(Math.min(windowClosesMs, knownMs)) });
  }
  for (const period of until(view.history.flags, view.nowMs)) {
    if (period.sector !== undefined || period.flag === 'green' || period.flag === 'chequered') continue;
    const endMs = Math.min(period.endMs ?? view.nowMs, view.nowMs);
    bands.push({ kind: period.flag, from: share(period.atMs), to: share(endMs) });
  }
  return bands;
}

/** Where the playhead stands on the bars. */
export function nowShare(view: RaceView, scale: BarScale): number {
  const leader = view.state.order[0];
  return leader === undefined ? 0 : shareOf(view, leader, scale)(view.nowMs);
}

function shareOf(view: RaceView, car: CarNumber, scale: BarScale): (atMs: number) => number {
  if (scale.axis === 'time') return (atMs) => clamp(atMs / scale.end);
  const times = lineTimesOf(view, car);
  return (atMs) => clamp(lapsAt(times, atMs) / scale.end);
}

function clamp(share: number): number {
  return Math.max(0, Math.min(1, share));
}

function lineTimesOf(view: RaceView, car: CarNumber): readonly { readonly lap: number; readonly atMs: number }[] {
  const { loops } = courseOf(view.state.manifest);
  const all = view.history.crossings.get(car)?.timesMs ?? [];
  const times: { lap: number; atMs: number }[] = [{ lap: 0, atMs: 0 }];
  for (let lap = 1; lap * loops < all.length; lap += 1) {
    const atMs = all[lap * loops];
    if (atMs !== undefined && atMs > view.nowMs) break;
    if (atMs !== undefined) times.push({ lap, atMs });
  }
  return times;
}

/** Laps of a car at a session time, with the share of the lap in progress at the pace of the lap before it. */
function lapsAt(times: readonly { readonly lap: number; readonly atMs: number }[], atMs: number): number {
  const next = times.findIndex((time) => time.atMs > atMs);
  const before = times[next === -1 ? times.length - 1 : next - 1];
  if (before === undefined) return 0;
  const after = next === -1 ? undefined : times[next];
  if (after !== undefined) {
    return before.lap + ((after.lap - before.lap) * (atMs - before.atMs)) / (after.atMs - before.atMs);
  }
  const previous = times.at(-2);
  const lapMs = previous === undefined ? 0 : (before.atMs - previous.atMs) / (before.lap - previous.lap);
  return before.lap + (lapMs > 0 ? Math.min(0.95, (atMs - before.atMs) / lapMs) : 0);
}

const TICK_STEPS: Readonly<Record<BarAxis, readonly number[]>> = {
  time: [300_000, 600_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 14_400_000],
  laps: [5, 10, 20, 50, 100, 200],
};
const MOST_TICKS = 6;

/** Round values along the axis, without its start. */
export function barTicks({ axis, end }: BarScale): readonly number[] {
  const steps = TICK_STEPS[axis];
  const step = steps.find((candidate) => end / candidate <= MOST_TICKS) ?? (steps.at(-1) as number);
  return Array.from({ length: Math.floor(end / step) }, (_, index) => (index + 1) * step);
}
