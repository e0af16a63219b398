import { type ReactElement, useCallback } from 'react';
import { TickingText } from './ticking-text.tsx';

type RunningTimeProps = {
  /** Session time from which it counts. */
  readonly from: number;
  readonly className?: string;
};

/** Time since a moment of the race, m:ss, running with the playhead. */
export function RunningTime({ from, className }: RunningTimeProps): ReactElement {
  const format = useCallback((nowMs: number) => formatMinutes(nowMs - from), [from]);
  return <TickingText format={format} className={className} />;
}

/** `0:24`, `61:05`; whole seconds that have passed, never negative. */
export function formatMinutes(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
