import { momentsUntil } from '@pitboard/shared/analysis/moments.ts';
import { formatClock } from '@pitboard/shared/format/lap-time.ts';
import { momentText } from '@pitboard/shared/format/moment-text.ts';
import { memo, type ReactElement, useMemo } from 'react';
import { useWords } from '../i18n/words.ts';
import { useRace } from '../store/race-store.ts';
import { useViewState } from '../store/view-store.ts';
import { seekMoment } from './moment-steps.ts';
import styles from './timeline.module.css';
import { markStyle, marksOf, percent, type TimeScale } from './timeline-data.ts';
import { useShownUntil } from './use-shown-until.ts';

/** The moments of the race as marks on its timeline. */
export const MomentMarks = memo(function MomentMarks({ scale }: { readonly scale: TimeScale }): ReactElement {
  const shownUntilMs = useShownUntil();
  const history = useRace((view) => view.history);
  const manifest = useRace((view) => view.state.manifest);
  const locale = useViewState((view) => view.locale);
  const label = useWords().playback.moments;
  const moments = momentsUntil(manifest, history, shownUntilMs);
  const marks = useMemo(() => marksOf(moments, scale), [moments, scale]);
  return (
    <fieldset className={styles.marks} aria-label={label}>
      {marks.map(({ moment, at }) => {
        const { glyph, colour } = markStyle(moment.kind);
        const text = `${formatClock(moment.atMs)} ${momentText(moment, manifest, locale)}`;
        return (
          <button
            key={`${moment.kind} ${moment.atMs} ${moment.cars.join()}`}
            type="button"
            // Steps to the moment before and after have buttons and keys: the tab key need not pass each of them.
            tabIndex={-1}
            aria-label={text}
            title={text}
            style={{ left: percent(at), color: colour }}
            onClick={() => seekMoment(moment)}
          >
            {glyph}
          </button>
        );
      })}
    </fieldset>
  );
});
