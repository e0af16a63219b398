import { memo, type ReactElement, useId, useMemo } from 'react';
import { useWords } from '../i18n/words.ts';
import styles from './gap-chart.module.css';
import { axisValue, type GapLine, linePath } from './gap-chart-data.ts';
import { type GapFrame, useGapFrame } from './gap-frame.ts';
import type { GapModel } from './gap-model.ts';

/** The lines of all cars: those in focus above the others, the selected one above all. */
export function GapLines({ model }: { readonly model: GapModel }): ReactElement | undefined {
  const frame = useGapFrame(model);
  const clip = useId();
  const paths = useMemo(
    () => new Map(model.lines.map((line) => [line.car, linePath(line, model.axis)])),
    [model.lines, model.axis],
  );
  if (frame === undefined) return undefined;
  const { area } = frame;
  const rank = (line: GapLine) => (line.car === model.selected ? 2 : model.focus.has(line.car) ? 1 : 0);
  const lines = [...model.lines].sort((a, b) => rank(a) - rank(b));
  return (
    <g clipPath={`url(#${clip})`}>
      <clipPath id={clip}>
        <rect x={area.x - 5} y={area.y - 3} width={area.width + 10} height={area.height + 6} />
      </clipPath>
      <g transform={frame.transform}>
        {lines.map((line) => (
          <LinePath
            key={line.car}
            path={paths.get(line.car) ?? ''}
            colour={model.colours.get(line.car)}
            selected={line.car === model.selected}
          />
        ))}
      </g>
      {lines.map((line) => (
        <LineMarks key={line.car} line={line} model={model} frame={frame} />
      ))}
    </g>
  );
}

type LinePathProps = { readonly path: string; readonly colour: string | undefined; readonly selected: boolean };

/** One line. In chart units, so that it is written again only when its car ends a lap. `colour`: only in focus. */
const LinePath = memo(function LinePath({ path, colour, selected }: LinePathProps) {
  return (
    <path
      d={path}
      className={colour === undefined ? styles.faint : styles.line}
      data-selected={selected ? '' : undefined}
      style={{ stroke: colour }}
      vectorEffect="non-scaling-stroke"
    />
  );
});

type LineMarksProps = { readonly line: GapLine; readonly model: GapModel; readonly frame: GapFrame };

/** A notch for each pit stop of a car in focus, and a cross where a car is out. */
function LineMarks({ line, model, frame }: LineMarksProps): ReactElement | undefined {
  const words = useWords().panels.gaps;
  const colour = model.colours.get(line.car);
  const last = line.out ? line.points.at(-1) : undefined;
  if (colour === undefined && last === undefined) return undefined;
  const stops = colour !== undefined ? line.stops.flatMap((place) => line.points[place] ?? []) : [];
  return (
    <g className={styles.marks} style={{ stroke: colour, fill: colour }}>
      {stops.map((point) => (
        <rect
          key={point.lap}
          className={styles.notch}
          x={frame.x(axisValue(point, model.axis)) - 2.5}
          y={frame.y(point.gapMs) - 6}
          width={5}
          height={12}
          rx={1.5}
        >
          <title>{words.stop(point.lap)}</title>
        </rect>
      ))}
      {last !== undefined && (
        <path
          className={styles.cross}
          d={`M${frame.x(axisValue(last, model.axis)) - 4},${frame.y(last.gapMs) - 4}l8,8m0,-8l-8,8`}
        >
          <title>{`#${line.car}: ${words.out(last.lap)}`}</title>
        </path>
      )}
    </g>
  );
}
