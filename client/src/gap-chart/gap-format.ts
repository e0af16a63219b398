import { formatDuration } from '@pitboard/shared/format/lap-time.ts';

/** `+6.7`, `+1:03.4`; `−2.1` for a car ahead. */
export function formatShortGap(gapMs: number): string {
  return `${gapMs < 0 ? '−' : '+'}${formatDuration(Math.abs(gapMs))}`;
}
