import { type Rejoin, rejoinOf } from '@pitboard/shared/analysis/rejoin.ts';
import { formatDuration, formatMinutes } from '@pitboard/shared/format/lap-time.ts';
import type { RaceView } from '@pitboard/shared/race/race-view.ts';
import { type ReactElement, useCallback } from 'react';
import { useWords, type Words } from '../i18n/words.ts';
import { useViewState } from '../store/view-store.ts';
import { TickingText } from '../ui/ticking-text.tsx';
import styles from './pit-wall.module.css';

/** Where the selected car would rejoin if it stopped now, or will when it leaves the lane that it is in. */
export function RejoinLine({ view }: { readonly view: RaceView }): ReactElement | undefined {
  const words = useWords().panels.pit.rejoin;
  const car = useViewState((state) => state.selectedCar);
  const rejoin = car === undefined ? undefined : rejoinOf(view, car);
  if (car === undefined || rejoin === undefined) return undefined;
  const exitAtMs = rejoin.lane?.expectedExitAtMs;
  return (
    <p className={styles.rejoin}>
      {rejoin.lane === undefined ? words.ifNow(car) : words.inLane(car)} <b>P{rejoin.position}</b>
      {neighbours(rejoin, words)}
      {exitAtMs !== undefined && exitAtMs > view.nowMs ? <Countdown exitAtMs={exitAtMs} /> : undefined}
    </p>
  );
}

function neighbours({ ahead, behind }: Rejoin, words: Words['panels']['pit']['rejoin']): string {
  return [
    ahead && words.behind(formatDuration(ahead.gapMs), ahead.car),
    behind && words.ahead(formatDuration(behind.gapMs), behind.car),
  ]
    .filter((part) => part !== undefined)
    .map((part) => `, ${part}`)
    .join('');
}

function Countdown({ exitAtMs }: { readonly exitAtMs: number }): ReactElement {
  const words = useWords().panels.pit.rejoin;
  const format = useCallback((nowMs: number) => formatMinutes(exitAtMs - nowMs + 999), [exitAtMs]);
  return (
    <em>
      {' · '}
      {words.outIn} <TickingText format={format} />
    </em>
  );
}
