import { type ReactElement, useLayoutEffect, useRef } from 'react';
import { ticker } from './ticker.ts';

type TickingTextProps = {
  /** Text for a session time. Keep its reference, or the clock starts anew on each render. */
  readonly format: (nowMs: number) => string;
  readonly className?: string | undefined;
};

/** A text that follows the playhead, written to the page only when it changes and never by React. */
export function TickingText({ format, className }: TickingTextProps): ReactElement {
  const ref = useRef<HTMLSpanElement>(null);
  useLayoutEffect(
    () =>
      ticker.subscribe((nowMs) => {
        const span = ref.current;
        const text = format(nowMs);
        if (span !== null && span.textContent !== text) span.textContent = text;
      }),
    [format],
  );
  return <span ref={ref} className={className} />;
}
