import type { ReactElement } from 'react';
import { useWords } from '../i18n/words.ts';
import { flagColour } from '../ui/flag-badge.tsx';
import styles from './gap-chart.module.css';
import { useGapFrame } from './gap-frame.ts';
import type { GapModel } from './gap-model.ts';
import type { GapBand } from './gap-scale-data.ts';

const PIXELS_PER_LETTER = 6;

/** CSS colour of a shaded stretch of the race. */
export function bandColour({ kind }: GapBand): string {
  return kind === 'pit-window' ? 'var(--pit)' : flagColour(kind);
}

/** What each shaded stretch is, where it is wide enough to say so. */
export function GapBandNames({ model }: { readonly model: GapModel }): ReactElement | undefined {
  const words = useWords();
  const frame = useGapFrame(model);
  if (frame === undefined) return undefined;
  const bottom = frame.area.y + frame.area.height;
  return (
    <g>
      {model.bands.map((band) => {
        const name = band.kind === 'pit-window' ? words.panels.gaps.pitWindow : words.flags[band.kind];
        const left = frame.x(band.from);
        if (frame.x(band.to) - left < name.length * PIXELS_PER_LETTER + 8) return undefined;
        return (
          <text key={`${band.kind}${band.from}`} x={left + 6} y={bottom - 8} className={styles.band}>
            {name}
          </text>
        );
      })}
    </g>
  );
}
