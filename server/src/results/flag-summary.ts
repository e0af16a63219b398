import type { TrackFlag } from '@pitboard/shared/domain/flag.ts';
import { FLAG_WORDS } from '@pitboard/shared/format/flag-words.ts';
import { formatClock } from '@pitboard/shared/format/lap-time.ts';
import type { SessionResult } from './session-result.ts';

type Flags = SessionResult['flags'];

const MOST_FLAGS = 12;
const WIDTH = 93;

/** Each flag with its moments, while there are few; else how often and how long the field was slowed, by what. */
export function flagSummary(all: Flags, atMs: number | undefined): string {
  // What was shown before the start says little of the race.
  const first = all.findLastIndex(({ atMs: fromMs }) => fromMs <= 0);
  const flags = all.slice(Math.max(0, first)).map(({ flag, atMs: fromMs }) => ({ flag, atMs: Math.max(0, fromMs) }));
  if (flags.length === 0) return '';
  const moments = flags.map(({ flag, atMs: fromMs }) => `${wordOf(flag)} ${formatClock(fromMs)}`).join(', ');
  return `Flags: ${flags.length <= MOST_FLAGS && moments.length <= WIDTH ? moments : totalsOf(flags, atMs)}`;
}

function totalsOf(flags: Flags, atMs: number | undefined): string {
  const shown = new Map<TrackFlag, { times: number; forMs: number }>();
  for (const [index, { flag, atMs: fromMs }] of flags.entries()) {
    const { times, forMs } = shown.get(flag) ?? { times: 0, forMs: 0 };
    const untilMs = flags[index + 1]?.atMs ?? atMs ?? fromMs;
    shown.set(flag, { times: times + 1, forMs: forMs + untilMs - fromMs });
  }
  if (shown.size > 1) shown.delete('green');
  const words = [...shown].map(([flag, { times, forMs }]) => {
    const often = times > 1 ? ` ${times} times` : '';
    return `${wordOf(flag)}${often}${flag === 'chequered' ? '' : ` for ${formatClock(forMs)}`}`;
  });
  return words.join(', ');
}

function wordOf(flag: TrackFlag): string {
  return FLAG_WORDS.en[flag].toLowerCase().replace(/ flag$/, '');
}
