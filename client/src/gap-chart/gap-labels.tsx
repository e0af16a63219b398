import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import type { KeyboardEvent, ReactElement } from 'react';
import { useWords } from '../i18n/words.ts';
import { viewStore } from '../store/view-store.ts';
import styles from './gap-chart.module.css';
import { axisValue, type GapPoint } from './gap-chart-data.ts';
import { formatShortGap } from './gap-format.ts';
import { type GapFrame, useGapFrame } from './gap-frame.ts';
import type { GapModel } from './gap-model.ts';
import { spreadLabels } from './gap-scale-data.ts';

const SPACING = 15;

type End = { readonly car: CarNumber; readonly point: GapPoint };

/** The number and the gap of each car in focus at the end of its line, apart from each other. */
export function GapLabels({ model }: { readonly model: GapModel }): ReactElement | undefined {
  const frame = useGapFrame(model);
  if (frame === undefined) return undefined;
  const ends: End[] = model.lines.flatMap((line) => {
    const point = line.points.at(-1);
    return point === undefined || line.out || !model.focus.has(line.car) ? [] : [{ car: line.car, point }];
  });
  const { area } = frame;
  const heights = spreadLabels(
    ends.map((end) => Math.max(area.y, Math.min(area.y + area.height, frame.y(end.point.gapMs)))),
    SPACING,
    { from: area.y + 2, to: area.y + area.height - 2 },
  );
  return (
    <g>
      {ends.map((end, index) => (
        <EndLabel key={end.car} end={end} height={heights[index] ?? 0} model={model} frame={frame} />
      ))}
    </g>
  );
}

type EndLabelProps = {
  readonly end: End;
  readonly height: number;
  readonly model: GapModel;
  readonly frame: GapFrame;
};

function EndLabel({ end, height, model, frame }: EndLabelProps): ReactElement {
  const words = useWords().panels.gaps;
  const colour = model.colours.get(end.car);
  const select = () => viewStore.getState().selectCar(end.car);
  const { area } = frame;
  const y = frame.y(end.point.gapMs);
  const inside = y >= area.y - 1 && y <= area.y + area.height + 1;
  const endX = frame.x(axisValue(end.point, model.axis));
  const arrow = inside ? '' : y < area.y ? ' ↑' : ' ↓';
  const own = end.car === model.reference;
  const text = own ? (model.referenceIs === 'leader' ? words.leader : '±0') : formatShortGap(end.point.gapMs);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a label inside of an SVG cannot be a <button>
    <g
      className={styles.label}
      role="button"
      tabIndex={0}
      aria-label={`${words.select(end.car)}, ${text}`}
      onClick={select}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        // The space bar plays and pauses everywhere else.
        event.preventDefault();
        select();
      }}
      style={{ fill: colour, stroke: colour }}
    >
      {inside && <circle cx={endX} cy={y} r={3.2} stroke="none" />}
      <path className={styles.tether} d={tether(endX, inside ? y : height, area.x + area.width + 8, height)} />
      <rect x={area.x + area.width + 6} y={height - 8} width={88} height={16} fill="transparent" stroke="none" />
      <text
        x={area.x + area.width + 10}
        y={height}
        dy="0.35em"
        data-selected={end.car === model.selected ? '' : undefined}
      >
        {`${end.car} ${text}${arrow}`}
      </text>
    </g>
  );
}

/** From the end of a line to its label, where they are not beside each other. */
function tether(fromX: number, fromY: number, toX: number, toY: number): string {
  return `M${fromX},${fromY}L${Math.max(fromX, toX - 8)},${fromY}L${toX},${toY}`;
}
