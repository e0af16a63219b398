import type { TrackFlag } from '@pitboard/shared/domain/flag.ts';
import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import { until } from '@pitboard/shared/race/race-history.ts';
import type { RaceView } from '@pitboard/shared/race/race-view.ts';
import { axisValue, type GapLine, type LapAxis, lapsAt } from './gap-chart-data.ts';

/** How many seconds of gap the chart shows; `auto` follows the highlighted cars, `all` shows everybody. */
export type GapZoom = 'auto' | 15 | 30 | 60 | 'all';
export const GAP_ZOOMS: readonly GapZoom[] = ['auto', 15, 30, 60, 'all'];

export type Range = { readonly from: number; readonly to: number };

/** The chart fits what goes on now: stops and spins of long ago may leave it. */
const RECENT_LAPS = 3;
const HEADROOM = 1.3;
const SMALLEST_RANGE_S = 10;
/** Further away than this is another lap: such a car would squash the picture. */
const LARGEST_AUTO_RANGE_S = 120;

/**
 * Seconds of gap that the chart shows, from its top to its bottom. Cars that have been ahead of the leader get at most a
 * quarter of the height; a chosen car has as much room ahead of it as it needs, half of a chosen number of seconds.
 */
export function gapRange(
  lines: readonly GapLine[],
  focus: ReadonlySet<CarNumber>,
  options: { readonly zoom: GapZoom; readonly reference: 'leader' | 'selected' },
): Range {
  const shown = options.zoom === 'all' ? lines : lines.filter((line) => focus.has(line.car));
  const extent = recentExtent(shown, options.zoom === 'all' ? Number.POSITIVE_INFINITY : RECENT_LAPS);
  const aheadShare = options.reference === 'leader' ? 0.25 : 0.5;
  if (typeof options.zoom === 'number') {
    const ahead = Math.min(options.zoom * aheadShare, extent.ahead);
    return { from: 0 - ahead, to: options.zoom - ahead };
  }
  const limit = options.zoom === 'all' ? Number.POSITIVE_INFINITY : LARGEST_AUTO_RANGE_S;
  const behind = Math.min(limit, Math.max(SMALLEST_RANGE_S, extent.behind * HEADROOM));
  const largestAhead = options.reference === 'selected' ? limit : (behind * aheadShare) / (1 - aheadShare);
  return { from: 0 - Math.min(largestAhead, extent.ahead * HEADROOM), to: behind };
}

function recentExtent(lines: readonly GapLine[], laps: number): { readonly ahead: number; readonly behind: number } {
  const lastLap = Math.max(0, ...lines.map((line) => line.points.at(-1)?.lap ?? 0));
  let ahead = 0;
  let behind = 0;
  for (const line of lines) {
    for (const point of line.points) {
      if (point.lap < lastLap - laps) continue;
      ahead = Math.max(ahead, -point.gapMs / 1000);
      behind = Math.max(behind, point.gapMs / 1000);
    }
  }
  return { ahead, behind };
}

const STEPS = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 21_600];

/** Round values within a range, at most `count` of them. */
export function ticksOf(range: Range, count: number): readonly number[] {
  const step = STEPS.find((candidate) => (range.to - range.from) / candidate <= count) ?? 43_200;
  const ticks: number[] = [];
  for (let value = Math.ceil(range.from / step) * step + 0; value <= range.to; value += step) ticks.push(value);
  return ticks;
}

const FEWEST_LAPS = 5;
/** More laps than this side by side cannot be read; `all` shows them all the same. */
const MOST_LAPS = 60;

/** The horizontal axis: to the last point of any line, from the start or from as many laps back as can be read. */
export function axisRange(lines: readonly GapLine[], axis: LapAxis, zoom: GapZoom): Range {
  let to = axis === 'laps' ? FEWEST_LAPS : 60;
  let longest: GapLine | undefined;
  for (const line of lines) {
    const last = line.points.at(-1);
    if (last === undefined) continue;
    to = Math.max(to, axisValue(last, axis));
    if (last.lap > (longest?.points.at(-1)?.lap ?? -1)) longest = line;
  }
  const first = zoom === 'all' ? undefined : longest?.points.at(-MOST_LAPS - 1);
  return { from: first === undefined ? 0 : axisValue(first, axis), to };
}

/** A stretch of the race that the chart shades. */
export type GapBand = { readonly kind: TrackFlag | 'pit-window'; readonly from: number; readonly to: number };

/** Flag periods other than green, and the pit window, as far as the axis reaches. `times`: crossings of the reference. */
export function gapBands(
  view: RaceView,
  times: readonly (number | undefined)[],
  options: { readonly axis: LapAxis; readonly range: Range },
): readonly GapBand[] {
  const at = (ms: number) => (options.axis === 'laps' ? lapsAt(times, ms) : ms / 1000);
  const { windowOpensMs, windowClosesMs } = view.state.manifest.pitRules ?? {};
  const spans: { readonly kind: GapBand['kind']; readonly fromMs: number; readonly toMs: number }[] = [];
  if (windowOpensMs !== undefined && windowOpensMs <= view.nowMs) {
    spans.push({ kind: 'pit-window', fromMs: windowOpensMs, toMs: Math.min(windowClosesMs ?? view.nowMs, view.nowMs) });
  }
  for (const period of until(view.history.flags, view.nowMs)) {
    if (period.sector !== undefined || period.flag === 'green' || period.flag === 'chequered') continue;
    spans.push({ kind: period.flag, fromMs: period.atMs, toMs: Math.min(period.endMs ?? view.nowMs, view.nowMs) });
  }
  return spans
    .map((span) => ({
      kind: span.kind,
      from: Math.max(options.range.from, at(span.fromMs)),
      to: Math.min(options.range.to, at(span.toMs)),
    }))
    .filter((band) => band.to > band.from);
}

/**
 * Moves labels apart so that none overlap: each as near to where it belongs as `spacing` allows, in the same order,
 * within the range where they fit.
 */
export function spreadLabels(wanted: readonly number[], spacing: number, range: Range): readonly number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => (wanted[a] as number) - (wanted[b] as number));
  const placed: number[] = [];
  let previous = range.from - spacing;
  for (const index of order) {
    previous = Math.max(wanted[index] as number, previous + spacing);
    placed.push(previous);
  }
  let limit = range.to;
  for (let place = placed.length - 1; place >= 0; place -= 1) {
    placed[place] = Math.min(placed[place] as number, limit);
    limit = (placed[place] as number) - spacing;
  }
  const result = [...wanted];
  for (const [place, index] of order.entries()) result[index] = placed[place] as number;
  return result;
}
