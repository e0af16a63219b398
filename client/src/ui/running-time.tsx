import { formatMinutes } from '@pitboard/shared/format/lap-time.ts';
import { type ReactElement, useCallback } from 'react';
import { TickingText } from './ticking-text.tsx';

type RunningTimeProps = {
  /** Session time from which it counts. */
  readonly from: number;
  readonly className?: string | undefined;
};

/** Time since a moment of the race, m:ss, running with the playhead. */
export function RunningTime({ from, className }: RunningTimeProps): ReactElement {
  const format = useCallback((nowMs: number) => formatMinutes(nowMs - from), [from]);
  return <TickingText format={format} className={className} />;
}
