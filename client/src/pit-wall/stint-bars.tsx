import { formatMinutes } from '@pitboard/shared/format/lap-time.ts';
import type { RaceView } from '@pitboard/shared/race/race-view.ts';
import type { ReactElement } from 'react';
import { useWords } from '../i18n/words.ts';
import { useViewState } from '../store/view-store.ts';
import { flagColour } from '../ui/flag-badge.tsx';
import { percentOf, spanStyle } from './span-style.ts';
import { StintBarRow } from './stint-bar-row.tsx';
import styles from './stint-bars.module.css';
import { type BarAxis, type BarScale, barBands, barScale, barTicks, nowShare, stintBars } from './stint-bars-data.ts';

type StintBarsProps = { readonly view: RaceView; readonly axis: BarAxis };

/** One bar a car: who drove when, the stops to scale, flags and the pit window behind. */
export function StintBars({ view, axis }: StintBarsProps): ReactElement {
  const words = useWords().panels.pit;
  const selected = useViewState((state) => state.selectedCar);
  const scale = barScale(view, axis);
  return (
    <section className={styles.chart} aria-label={words.stintsCaption}>
      <div className={styles.axis} aria-hidden>
        {barTicks(scale).map((tick) => (
          <span key={tick} className={styles.tick} style={{ left: percentOf(tick / scale.end) }}>
            {axis === 'time' ? formatMinute(tick) : tick}
          </span>
        ))}
      </div>
      <div className={styles.rows}>
        <Behind view={view} scale={scale} />
        {stintBars(view, scale).map((bar) => (
          <StintBarRow key={bar.car} bar={bar} view={view} selected={bar.car === selected} />
        ))}
      </div>
    </section>
  );
}

/** Bands of flags and of the pit window, grid lines, and where the race is now. */
function Behind({ view, scale }: { readonly view: RaceView; readonly scale: BarScale }): ReactElement {
  const words = useWords();
  return (
    <div className={styles.behind}>
      {barTicks(scale).map((tick) => (
        <i key={tick} className={styles.gridLine} style={{ left: percentOf(tick / scale.end) }} />
      ))}
      {barBands(view, scale).map((band) => (
        <i
          key={`${band.kind}${band.from}`}
          className={styles.band}
          style={{ ...spanStyle(band), '--band': band.kind === 'pit-window' ? 'var(--pit)' : flagColour(band.kind) }}
          title={band.kind === 'pit-window' ? words.panels.gaps.pitWindow : words.flags[band.kind]}
        />
      ))}
      <i className={styles.now} style={{ left: percentOf(nowShare(view, scale)) }} />
    </div>
  );
}

function formatMinute(ms: number): string {
  return ms < 7_200_000 ? `${ms / 60_000}′` : formatMinutes(ms / 60);
}
