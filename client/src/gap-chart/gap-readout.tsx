import { driverLabel } from '@pitboard/shared/format/driver-name.ts';
import { carOf, entryOf } from '@pitboard/shared/race/race-view.ts';
import type { ReactElement } from 'react';
import { useWords } from '../i18n/words.ts';
import styles from './gap-chart.module.css';
import { axisValue } from './gap-chart-data.ts';
import { formatShortGap } from './gap-format.ts';
import type { GapFrame } from './gap-frame.ts';
import type { GapModel } from './gap-model.ts';
import type { Reading } from './gap-reading-data.ts';

const WIDTH = 158;
const NAME_LETTERS = 9;
const ROW = 17;
const AWAY = 12;

type GapReadoutProps = { readonly reading: Reading; readonly model: GapModel; readonly frame: GapFrame };

/** The ruler, a dot where it meets each line in focus, and a table of the gaps beside it. */
export function GapReadout({ reading, model, frame }: GapReadoutProps): ReactElement {
  const words = useWords().panels.gaps;
  const { area } = frame;
  const x = frame.x(reading.value);
  const left = x + AWAY + WIDTH > area.x + area.width ? x - AWAY - WIDTH : x + AWAY;
  const bottom = area.y + area.height;
  const height = ROW * (reading.rows.length + 1) + 10;
  const top = Math.max(area.y, bottom - height - 6);
  return (
    <g className={styles.readout}>
      <line x1={x} x2={x} y1={area.y} y2={bottom} className={styles.ruler} />
      {reading.rows.map(({ car, point }) => {
        const y = frame.y(point.gapMs);
        if (y < area.y - 1 || y > bottom + 1) return undefined;
        return (
          <circle key={car} cx={frame.x(axisValue(point, model.axis))} cy={y} r={3} fill={model.colours.get(car)} />
        );
      })}
      <rect x={left} y={top} width={WIDTH} height={height} rx={6} className={styles.card} />
      <text x={left + 10} y={top + 16} className={styles.cardTitle}>
        {words.atLap(reading.lap)}
      </text>
      {reading.rows.map(({ car, point }, index) => (
        <g key={car} transform={`translate(${left + 10} ${top + 16 + ROW * (index + 1)})`}>
          <text className={styles.cardCar} style={{ fill: model.colours.get(car) }}>
            {car}
          </text>
          <text x={28} className={styles.cardName}>
            {driverLabel(entryOf(model.view.state, car), carOf(model.view.state, car)?.driver).slice(0, NAME_LETTERS)}
          </text>
          <text x={WIDTH - 20} textAnchor="end">
            {car === model.reference ? '—' : formatShortGap(point.gapMs)}
          </text>
        </g>
      ))}
    </g>
  );
}
