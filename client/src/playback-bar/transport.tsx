import { Pause, Play, SkipBack, SkipForward } from 'lucide-react';
import type { ReactElement } from 'react';
import { playback } from '../feed/playback.ts';
import { useWords } from '../i18n/words.ts';
import { usePlayback } from '../store/playback-store.ts';
import { IconButton } from '../ui/icon-button.tsx';
import styles from './playback-bar.module.css';
import { SpeedMenu } from './speed-menu.tsx';
import { stepToMoment } from './step-to-moment.ts';

/** Play, pause, steps and speed. */
export function Transport(): ReactElement {
  const words = useWords().playback;
  return (
    <div className={styles.transport}>
      <span className={styles.steps}>
        <IconButton frame="none" label={words.previousMoment} onClick={() => stepToMoment(-1)}>
          <SkipBack size={15} aria-hidden="true" />
        </IconButton>
        <StepButton seconds={-30} />
        <StepButton seconds={-10} />
      </span>
      <PlayButton />
      <span className={styles.steps}>
        <StepButton seconds={10} />
        <StepButton seconds={30} />
        <IconButton frame="none" label={words.nextMoment} onClick={() => stepToMoment(1)}>
          <SkipForward size={15} aria-hidden="true" />
        </IconButton>
        <SpeedMenu />
      </span>
    </div>
  );
}

function StepButton({ seconds }: { readonly seconds: number }): ReactElement {
  const words = useWords().playback;
  const label = seconds < 0 ? words.back(-seconds) : words.forward(seconds);
  return (
    <IconButton frame="none" label={label} onClick={() => playback.step(seconds * 1000)}>
      {seconds < 0 ? `−${-seconds}` : `+${seconds}`}
    </IconButton>
  );
}

function PlayButton(): ReactElement {
  const words = useWords().playback;
  const paused = usePlayback((state) => state.mode === 'paused');
  return (
    <IconButton
      frame="full"
      label={paused ? words.play : words.pause}
      onClick={paused ? playback.play : playback.pause}
    >
      {paused ? (
        <Play size={16} fill="currentColor" aria-hidden="true" />
      ) : (
        <Pause size={16} fill="currentColor" aria-hidden="true" />
      )}
    </IconButton>
  );
}
