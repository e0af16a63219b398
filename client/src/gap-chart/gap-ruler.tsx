import { type KeyboardEvent, type MouseEvent, type ReactElement, useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { viewStore } from '../store/view-store.ts';
import styles from './gap-chart.module.css';
import { nearestCar } from './gap-chart-data.ts';
import { formatShortGap } from './gap-format.ts';
import { type GapFrame, useGapFrame } from './gap-frame.ts';
import type { GapModel } from './gap-model.ts';
import { type Reading, readGaps, snapToLap } from './gap-reading-data.ts';
import { GapReadout } from './gap-readout.tsx';

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10 };
const NEAR_PIXELS = 14;

/** Follows the pointer, or the arrow keys, and reads the gaps of the cars in focus; a click selects the nearest car. */
export function GapRuler({ model }: { readonly model: GapModel }): ReactElement | undefined {
  const words = useWords().panels.gaps;
  const frame = useGapFrame(model);
  const [value, setValue] = useState<number>();
  if (frame === undefined) return undefined;
  const { axis, focus, lines, reference, xRange } = model;
  const line = lines.find((candidate) => candidate.car === reference);
  const reading = value === undefined ? undefined : readGaps(lines, { axis, value, focus, reference });
  const step = (event: KeyboardEvent) => {
    const by = STEPS[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    setValue(value === undefined ? snapToLap(line, { axis, value: xRange.to }) : snapToLap(line, { axis, value }, by));
  };
  return (
    <g>
      {reading !== undefined && <GapReadout reading={reading} model={model} frame={frame} />}
      <rect
        className={styles.reach}
        {...frame.area}
        role="slider"
        tabIndex={0}
        aria-label={words.ruler}
        aria-valuemin={xRange.from}
        aria-valuemax={xRange.to}
        aria-valuenow={value ?? xRange.to}
        aria-valuetext={reading === undefined ? undefined : spoken(reading, words)}
        onPointerMove={(event) => setValue(snapToLap(line, { axis, value: frame.valueAt(pointerOf(event).x) }))}
        onPointerLeave={() => setValue(undefined)}
        onBlur={() => setValue(undefined)}
        onClick={(event) => selectNearest(model, frame, pointerOf(event))}
        onKeyDown={step}
      />
    </g>
  );
}

type Pixels = { readonly x: number; readonly y: number };

function pointerOf(event: MouseEvent<SVGRectElement>): Pixels {
  const box = event.currentTarget.ownerSVGElement?.getBoundingClientRect();
  return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
}

function selectNearest(model: GapModel, frame: GapFrame, at: Pixels): void {
  const withinMs = frame.gapMsAt(at.y + NEAR_PIXELS) - frame.gapMsAt(at.y);
  const car = nearestCar(model.lines, model.axis, {
    value: frame.valueAt(at.x),
    gapMs: frame.gapMsAt(at.y),
    withinMs,
  });
  if (car !== undefined) viewStore.getState().selectCar(car);
}

function spoken(reading: Reading, words: ReturnType<typeof useWords>['panels']['gaps']): string {
  const cars = reading.rows.map((row) => `#${row.car} ${formatShortGap(row.point.gapMs)}`);
  return `${words.atLap(reading.lap)}: ${cars.length === 0 ? words.nothingThere : cars.join(', ')}`;
}
