import { type ReactElement, useLayoutEffect, useRef } from 'react';

type WallTextProps = {
  /** Text for a time of the server. Keep its reference, or the clock starts anew on each render. */
  readonly format: (nowEpochMs: number) => string;
  /** The server's clock less that of this machine, ms. */
  readonly offsetMs: number;
};

const TICK_MS = 250;

/** A text that follows the wall clock, written to the page only when it changes and never by React. */
export function WallText({ format, offsetMs }: WallTextProps): ReactElement {
  const ref = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const write = (): void => {
      const text = format(Date.now() + offsetMs);
      if (ref.current !== null && ref.current.textContent !== text) ref.current.textContent = text;
    };
    write();
    const timer = setInterval(write, TICK_MS);
    return () => clearInterval(timer);
  }, [format, offsetMs]);
  return <span ref={ref} />;
}
