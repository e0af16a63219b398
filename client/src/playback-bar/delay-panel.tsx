import { type ReactElement, useState } from 'react';
import { playback } from '../feed/playback.ts';
import { useWords } from '../i18n/words.ts';
import { raceStore } from '../store/race-store.ts';
import { useViewState } from '../store/view-store.ts';
import { Dialog } from '../ui/dialog.tsx';
import styles from './delay-panel.module.css';
import { measuredDelayMs } from './measured-delay.ts';

const STEPS_S = [0.1, 1, 5] as const;

/** Sets how far this viewer stays behind, to line up with a picture that comes late. */
export function DelayPanel({ onClose }: { readonly onClose: () => void }): ReactElement {
  const words = useWords().delay;
  const delayMs = useViewState((view) => view.delayMs);
  return (
    <Dialog title={words.title} placement="beside" onClose={onClose}>
      <p className={styles.intro}>{words.intro}</p>
      <div className={styles.nudges}>
        {STEPS_S.toReversed().map((seconds) => (
          <Nudge key={-seconds} seconds={-seconds} />
        ))}
        <DelayInput key={delayMs} delayMs={delayMs} />
        {STEPS_S.map((seconds) => (
          <Nudge key={seconds} seconds={seconds} />
        ))}
      </div>
      <TapButton />
      <button type="button" className={styles.reset} disabled={delayMs === 0} onClick={() => playback.setDelay(0)}>
        {words.reset}
      </button>
    </Dialog>
  );
}

function Nudge({ seconds }: { readonly seconds: number }): ReactElement {
  const words = useWords().delay;
  const delayMs = useViewState((view) => view.delayMs);
  const label = seconds < 0 ? words.shorter(-seconds) : words.longer(seconds);
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      disabled={seconds < 0 && delayMs === 0}
      onClick={() => playback.setDelay(delayMs + seconds * 1000)}
    >
      {seconds < 0 ? `−${-seconds}` : `+${seconds}`}
    </button>
  );
}

function DelayInput({ delayMs }: { readonly delayMs: number }): ReactElement {
  const words = useWords().delay;
  const commit = (text: string): void => {
    const seconds = Number(text.replace(',', '.'));
    if (Number.isFinite(seconds)) playback.setDelay(seconds * 1000);
  };
  return (
    <input
      className={styles.input}
      inputMode="decimal"
      aria-label={words.seconds}
      defaultValue={(delayMs / 1000).toFixed(1)}
      onBlur={(event) => commit(event.target.value)}
      onKeyDown={(event) => event.key === 'Enter' && commit(event.currentTarget.value)}
    />
  );
}

function TapButton(): ReactElement {
  const words = useWords().delay;
  const [result, setResult] = useState('');
  const measure = (): void => {
    const { view } = raceStore.getState();
    const delayMs = view === undefined ? undefined : measuredDelayMs(view.history, playback.edgeMs(), view.nowMs);
    if (delayMs !== undefined) playback.setDelay(delayMs);
    setResult(delayMs === undefined ? words.tapNothing : words.tapMeasured((delayMs / 1000).toFixed(1)));
  };
  return (
    <>
      <button type="button" className={styles.tap} data-first onClick={measure}>
        {words.tap}
      </button>
      <p role="status" className={styles.result}>
        {result}
      </p>
    </>
  );
}
