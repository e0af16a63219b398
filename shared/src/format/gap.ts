import type { Gap, GapProvenance } from '../domain/gap.ts';
import { formatLapTime } from './lap-time.ts';

/** The words that a gap needs in a language. */
export type GapWords = {
  /** `lap 22` for the leader. */
  readonly lap: (lap: number) => string;
  /** `1 lap`, `3 laps` behind. */
  readonly laps: (laps: number) => string;
};

/**
 * A gap as a timing screen shows it: `lap 22`, `+7.031`, `+1:04.920`, `1 lap`, `—`. What is not measured is cut to the
 * tenth: more digits would claim a measurement.
 */
export function formatGap(gap: Gap, words: GapWords): string {
  switch (gap.kind) {
    case 'leader':
      return words.lap(gap.lap);
    case 'time':
      return formatGapTime(gap.ms, isRough(gap.provenance));
    case 'laps':
      return words.laps(Math.abs(gap.laps));
    case 'unknown':
      return '—';
  }
}

/** True for a gap that nobody has measured: a lower bound that grows, or an estimate. */
export function isRough(provenance: GapProvenance): boolean {
  return provenance === 'provisional' || provenance === 'estimated';
}

/** `+7.031`, `−0.412`, or to the tenth. */
export function formatGapTime(ms: number, tenths = false): string {
  const sign = ms < 0 ? '−' : '+';
  if (!tenths) return `${sign}${formatLapTime(Math.abs(ms))}`;
  return `${sign}${formatLapTime(Math.floor(Math.abs(ms) / 100) * 100).slice(0, -2)}`;
}
