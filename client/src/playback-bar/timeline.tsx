import { lazy, memo, type ReactElement, Suspense, useMemo } from 'react';
import { useWords } from '../i18n/words.ts';
import { usePlayback } from '../store/playback-store.ts';
import { useRace } from '../store/race-store.ts';
import { flagColour } from '../ui/flag-badge.tsx';
import { Scrubber } from './scrubber.tsx';
import styles from './timeline.module.css';
import { flagBands, percent, shareOf, type TimeScale, tickMinutes } from './timeline-data.ts';
import { useShownUntil } from './use-shown-until.ts';

// The story is a good part of the page, and the race can be on screen before it is told.
const MomentMarks = lazy(async () => ({ default: (await import('./moment-marks.tsx')).MomentMarks }));
const MomentAnnouncer = lazy(async () => ({ default: (await import('./moment-announcer.tsx')).MomentAnnouncer }));

/** The race as a line: its flags, its pit window, its moments, as far as this viewer may know, and the playhead. */
export function Timeline(): ReactElement {
  const startMs = usePlayback((state) => state.startMs);
  const endMs = usePlayback((state) => state.endMs);
  const scale = useMemo(() => ({ startMs, endMs }), [startMs, endMs]);
  return (
    <div className={styles.timeline}>
      <Suspense fallback={undefined}>
        <MomentMarks scale={scale} />
        <MomentAnnouncer />
      </Suspense>
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
