import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import { axisValue, type GapLine, type GapPoint, type LapAxis, pointAt } from './gap-chart-data.ts';

/** What the ruler reads: the gaps at one lap of the reference, the car in front first. */
export type Reading = {
  /** Place of the ruler on the axis. */
  readonly value: number;
  readonly lap: number;
  readonly rows: readonly { readonly car: CarNumber; readonly point: GapPoint }[];
};

type At = { readonly axis: LapAxis; readonly value: number };

/** The lap of the reference nearest to a place on the axis, or the one `by` laps on; `undefined` without any lap. */
export function snapToLap(reference: GapLine | undefined, { axis, value }: At, by = 0): number | undefined {
  const points = reference?.points ?? [];
  let nearest = 0;
  for (const [place, point] of points.entries()) {
    const best = points[nearest] as GapPoint;
    if (Math.abs(axisValue(point, axis) - value) < Math.abs(axisValue(best, axis) - value)) nearest = place;
  }
  const point = points[Math.max(0, Math.min(points.length - 1, nearest + by))];
  return point === undefined ? undefined : axisValue(point, axis);
}

/** The gaps of the cars in focus at a place on the axis: at the very lap, or the last known at that time. */
export function readGaps(
  lines: readonly GapLine[],
  options: At & { readonly reference: CarNumber; readonly focus: ReadonlySet<CarNumber> },
): Reading {
  const rows = lines.flatMap((line) => {
    if (!options.focus.has(line.car)) return [];
    const point = pointAt(line, options.axis, options.value);
    if (point === undefined || isOver(line, point, options)) return [];
    return [{ car: line.car, point }];
  });
  rows.sort((a, b) => a.point.gapMs - b.point.gapMs);
  const own = rows.find((row) => row.car === options.reference) ?? rows[0];
  return { value: options.value, lap: own?.point.lap ?? 0, rows };
}

/** The line has no gap there: its car had ended no such lap, or was out by then. */
function isOver(line: GapLine, point: GapPoint, { axis, value }: At): boolean {
  if (axis === 'laps') return point.lap !== value;
  return line.out && point === line.points.at(-1) && axisValue(point, axis) < value;
}
