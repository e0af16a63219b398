import { momentsUntil } from '@pitboard/shared/analysis/moments.ts';
import { formatClock } from '@pitboard/shared/format/lap-time.ts';
import { momentText } from '@pitboard/shared/format/moment-text.ts';
import { memo, type ReactElement, useMemo } from 'react';
import { useWords } from '../i18n/words.ts';
import { usePlayback } from '../store/playback-store.ts';
import { raceStore, useRace, useRaceNow } from '../store/race-store.ts';
import { useViewState } from '../store/view-store.ts';
import { flagColour } from '../ui/flag-badge.tsx';
import { seekMoment } from './moment-steps.ts';
import { Scrubber } from './scrubber.tsx';
import styles from './timeline.module.css';
import { flagBands, markStyle, marksOf, shareOf, type TimeScale, tickMinutes } from './timeline-data.ts';

/** The race as a line: its flags, its pit window, its moments, as far as this viewer may know, and the playhead. */
export function Timeline(): ReactElement {
  const startMs = usePlayback((state) => state.startMs);
  const endMs = usePlayback((state) => state.endMs);
  const scale = useMemo(() => ({ startMs, endMs }), [startMs, endMs]);
  return (
    <div className={styles.timeline}>
      <Marks scale={scale} />
      <Bands scale={scale} />
      <Scrubber scale={scale} />
      <PitWindow scale={scale} />
      <Ticks scale={scale} />
    </div>
  );
}

/** From here on the ticks count hours. */
const LONG_MS = 5 * 3_600_000;

type PartProps = { readonly scale: TimeScale };

/** How far may be shown, as of a moment ago: nothing here needs to be drawn more often than panels are. */
function useShownUntil(): number {
  useRaceNow();
  return raceStore.getState().shownUntilMs;
}

const Bands = memo(function Bands({ scale }: PartProps): ReactElement {
  const shownUntilMs = useShownUntil();
  const history = useRace((view) => view.history);
  const words = useWords();
  return (
    <div className={styles.track}>
      {flagBands(history.flags, shownUntilMs, scale).map((band) => (
        <span
          key={band.from}
          className={styles.band}
          data-flag={band.flag}
          title={words.flags[band.flag]}
          style={{ left: percent(band.from), width: percent(band.to - band.from), '--flag': flagColour(band.flag) }}
        />
      ))}
    </div>
  );
});

const Marks = memo(function Marks({ scale }: PartProps): ReactElement {
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

function PitWindow({ scale }: PartProps): ReactElement | undefined {
  const words = useWords().playback;
  const opensMs = useRace((view) => view.state.manifest.pitRules?.windowOpensMs);
  const closesMs = useRace((view) => view.state.manifest.pitRules?.windowClosesMs);
  if (opensMs === undefined || closesMs === undefined) return undefined;
  const from = shareOf(opensMs, scale);
  return (
    <span
      className={styles.window}
      title={words.pitWindow}
      style={{ left: percent(from), width: percent(shareOf(closesMs, scale) - from) }}
    />
  );
}

function Ticks({ scale }: PartProps): ReactElement {
  const long = scale.endMs - scale.startMs > LONG_MS;
  return (
    <div className={styles.ticks} aria-hidden="true">
      {tickMinutes(scale).map((minute) => (
        <span key={minute} style={{ left: percent(shareOf(minute * 60_000, scale)) }}>
          {long ? `${minute / 60} h` : `${minute}′`}
        </span>
      ))}
    </div>
  );
}

function percent(share: number): string {
  return `${(share * 100).toFixed(3)}%`;
}
