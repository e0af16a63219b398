import { memo, type ReactElement } from 'react';
import { CartesianGrid, LineChart, ReferenceArea, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { bandColour, GapBandNames } from './gap-band-names.tsx';
import styles from './gap-chart.module.css';
import { GapLabels } from './gap-labels.tsx';
import { GapLines } from './gap-lines.tsx';
import type { GapModel } from './gap-model.ts';
import { GapRuler } from './gap-ruler.tsx';
import { type GapBand, ticksOf } from './gap-scale-data.ts';

const MARGIN = { top: 8, right: 94, bottom: 0, left: 0 };

/** recharts draws axes, grid and bands; the lines, labels and the ruler are ours, in its plot area. */
export const GapPlot = memo(function GapPlot(props: { readonly model: GapModel; readonly title: string }) {
  const { model, title } = props;
  return (
    <figure className={styles.plot} aria-label={title}>
      <ResponsiveContainer width="100%" height="100%" minHeight={180}>
        <LineChart margin={MARGIN} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke="var(--line)" strokeOpacity={0.7} />
          <XAxis
            dataKey="x"
            type="number"
            domain={[model.xRange.from, model.xRange.to]}
            ticks={[...ticksOf(model.xRange, 8)].filter((tick) => tick > 0)}
            tickFormatter={(tick: number) => (model.axis === 'laps' ? String(tick) : `${tick / 60}′`)}
            allowDataOverflow
            height={24}
            {...AXIS}
          />
          <YAxis
            type="number"
            domain={[model.yRange.from, model.yRange.to]}
            ticks={[...ticksOf(model.yRange, 6)]}
            tickFormatter={formatTick}
            allowDataOverflow
            reversed
            width={40}
            {...AXIS}
          />
          {model.bands.map(bandArea)}
          <GapBandNames model={model} />
          <GapLines model={model} />
          <GapLabels model={model} />
          <GapRuler model={model} />
        </LineChart>
      </ResponsiveContainer>
    </figure>
  );
});

const AXIS = { tick: { className: styles.tick }, tickLine: false, axisLine: false, tickMargin: 6 } as const;

/** `+10`, `+2:00`; a minus for cars ahead, nothing for the reference. */
function formatTick(seconds: number): string {
  const whole = Math.abs(seconds);
  const text = whole < 120 ? String(whole) : `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
  return seconds === 0 ? '0' : `${seconds < 0 ? '−' : '+'}${text}`;
}

function bandArea(band: GapBand): ReactElement {
  return (
    <ReferenceArea
      key={`${band.kind}${band.from}`}
      x1={band.from}
      x2={band.to}
      fill={bandColour(band)}
      fillOpacity={0.12}
      ifOverflow="hidden"
      zIndex={0}
    />
  );
}
