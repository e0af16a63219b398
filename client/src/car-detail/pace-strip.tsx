import { formatLapTime } from '@pitboard/shared/format/lap-time.ts';
import type { ReactElement } from 'react';
import { useWords } from '../i18n/words.ts';
import styles from './car-detail.module.css';
import { type LapRow, paceBars } from './car-detail-data.ts';

const HEIGHT = 40;
const FEWEST_BARS = 20;

/** Lap times as bars, oldest first: higher is slower. */
export function PaceStrip({ laps }: { readonly laps: readonly LapRow[] }): ReactElement | undefined {
  const words = useWords().panels.car;
  const bars = paceBars(laps);
  if (bars.length < 2) return undefined;
  const width = Math.max(FEWEST_BARS, bars.length);
  return (
    <svg
      className={styles.pace}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={words.pace}
    >
      {bars.map((bar, place) => (
        <rect
          key={bar.lap}
          data-kind={bar.kind}
          x={place + 0.12}
          width={0.76}
          y={HEIGHT * (1 - bar.share)}
          height={HEIGHT * bar.share}
        >
          <title>{`${words.bestOn(bar.lap)}: ${formatLapTime(bar.lapTimeMs)}`}</title>
        </rect>
      ))}
    </svg>
  );
}
