import { formatClock } from '@pitboard/shared/format/lap-time.ts';
import { type ReactElement, useLayoutEffect, useRef } from 'react';
import { playback } from '../feed/playback.ts';
import { useWords } from '../i18n/words.ts';
import { ticker } from '../ui/ticker.ts';
import styles from './timeline.module.css';
import { shareOf, type TimeScale } from './timeline-data.ts';

const STEP_MS = 100;
/** Less than this share of the timeline is no pixel of it. */
const PIXEL = 1 / 3000;

/** The playhead as a slider, moved by the ticker and never by React. */
export function Scrubber({ scale }: { readonly scale: TimeScale }): ReactElement {
  const words = useWords().playback;
  const input = useRef<HTMLInputElement>(null);
  const ahead = useRef<HTMLSpanElement>(null);
  useLayoutEffect(
    () =>
      ticker.subscribe((nowMs) => {
        const slider = input.current;
        if (slider === null || ahead.current === null) return;
        if (Math.abs(slider.valueAsNumber - nowMs) > (scale.endMs - scale.startMs) * PIXEL) {
          slider.valueAsNumber = nowMs;
          // A transform: moving it must not have the page laid out anew.
          ahead.current.style.transform = `scaleX(${(1 - shareOf(nowMs, scale)).toFixed(4)})`;
        }
        // A reader that stands on the slider would read out every second of it.
        if (slider !== document.activeElement) slider.setAttribute('aria-valuetext', formatClock(nowMs));
      }),
    [scale],
  );
  const release = (): void => playback.setScrubbing(false);
  return (
    <>
      <span ref={ahead} className={styles.ahead} />
      <input
        ref={input}
        className={styles.scrubber}
        type="range"
        aria-label={words.timeline}
        min={scale.startMs}
        max={scale.endMs}
        step={STEP_MS}
        defaultValue={scale.startMs}
        onPointerDown={() => playback.setScrubbing(true)}
        onPointerUp={release}
        onPointerCancel={release}
        onBlur={release}
        onChange={(event) => {
          const atMs = Number(event.target.value);
          playback.seek(atMs);
          event.target.setAttribute('aria-valuetext', formatClock(atMs));
        }}
      />
    </>
  );
}
