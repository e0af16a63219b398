import { usePlotArea } from 'recharts';
import type { GapModel } from './gap-model.ts';
import type { Range } from './gap-scale-data.ts';

/** How chart units lie on the plot area, in pixels. */
export type GapFrame = {
  readonly area: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly x: (value: number) => number;
  readonly y: (gapMs: number) => number;
  readonly valueAt: (xPixels: number) => number;
  readonly gapMsAt: (yPixels: number) => number;
  /** For an SVG group in chart units: laps or seconds to the right, seconds of gap downward. */
  readonly transform: string;
};

/** The frame of a chart; `undefined` until recharts has measured it. */
export function useGapFrame({ xRange, yRange }: GapModel): GapFrame | undefined {
  const area = usePlotArea();
  if (area === undefined || area.width <= 0 || area.height <= 0) return undefined;
  const kx = area.width / span(xRange);
  const ky = area.height / span(yRange);
  const x0 = area.x - xRange.from * kx;
  const y0 = area.y - yRange.from * ky;
  return {
    area,
    x: (value) => x0 + value * kx,
    y: (gapMs) => y0 + (gapMs / 1000) * ky,
    valueAt: (xPixels) => (xPixels - x0) / kx,
    gapMsAt: (yPixels) => ((yPixels - y0) / ky) * 1000,
    transform: `matrix(${kx} 0 0 ${ky} ${x0} ${y0})`,
  };
}

function span(range: Range): number {
  return Math.max(1e-6, range.to - range.from);
}
