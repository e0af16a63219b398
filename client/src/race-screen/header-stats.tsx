import { type ReactElement, type ReactNode, useCallback } from 'react';
import { useWords } from '../i18n/words.ts';
import { useRace, useRaceStore } from '../store/race-store.ts';
import { useViewState } from '../store/view-store.ts';
import { TickingText } from '../ui/ticking-text.tsx';
import { countdownText, leaderLap, raceEndMs, raceLaps, temperatures, weatherLabel } from './race-figures.ts';
import styles from './race-header.module.css';

/** Time to go, laps, weather, viewers. */
export function HeaderStats(): ReactElement {
  return (
    <div className={styles.stats}>
      <TimeToGo />
      <LapCount />
      <Weather />
      <Viewers />
    </div>
  );
}

type StatProps = { readonly figure: ReactNode; readonly label: string; readonly name: string };

function Stat({ figure, label, name }: StatProps): ReactElement {
  return (
    <div className={styles.stat} data-stat={name}>
      <b>{figure}</b>
      <span className={styles.label}>{label}</span>
    </div>
  );
}

function TimeToGo(): ReactElement | undefined {
  const { header } = useWords();
  const started = useRace((view) => view.nowMs >= 0);
  const endMs = useRace((view) => (view.state.chequeredAtMs === undefined ? raceEndMs(view) : undefined));
  const targetMs = started ? endMs : 0;
  const format = useCallback((nowMs: number) => countdownText(targetMs ?? nowMs, nowMs), [targetMs]);
  if (targetMs === undefined) return undefined;
  return <Stat name="time" figure={<TickingText format={format} />} label={started ? header.toGo : header.startsIn} />;
}

function LapCount(): ReactElement | undefined {
  const { header } = useWords();
  const lap = useRace(leaderLap);
  const laps = useRace((view) => raceLaps(view)?.laps);
  const about = useRace((view) => raceLaps(view)?.about);
  if (lap === 0) return undefined;
  const total = laps === undefined ? header.leader : about ? header.ofAboutLaps(laps) : header.ofLaps(laps);
  return <Stat name="lap" figure={header.lap(lap)} label={total} />;
}

function Weather(): ReactElement | undefined {
  const words = useWords();
  const weather = useRace((view) => view.state.weather);
  const figure = temperatures(weather);
  const label = weatherLabel(weather, words);
  if (figure === undefined) return undefined;
  return <Stat name="weather" figure={figure} label={label === '' ? words.header.weather : label} />;
}

function Viewers(): ReactElement | undefined {
  const { header } = useWords();
  const locale = useViewState((view) => view.locale);
  const viewers = useRaceStore((race) => race.feed.viewers);
  if (viewers === 0) return undefined;
  return <Stat name="viewers" figure={viewers.toLocaleString(locale)} label={header.watching} />;
}
