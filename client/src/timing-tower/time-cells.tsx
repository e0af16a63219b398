import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import { formatLapTime } from '@pitboard/shared/format/lap-time.ts';
import type { TimeRank } from '@pitboard/shared/race/race-state.ts';
import { carOf } from '@pitboard/shared/race/race-view.ts';
import { type ReactElement, useLayoutEffect, useRef } from 'react';
import { useWords } from '../i18n/words.ts';
import { raceStore, useRace } from '../store/race-store.ts';
import { isMotionReduced } from '../ui/motion.ts';
import { CELL } from './roles.ts';
import { countRowRender } from './row-counter.ts';
import styles from './timing-tower.module.css';

const GLOW_MS = 600;
/** A lap that ended longer ago than this was sought, not driven just now. */
const FRESH_MS = 2000;

type CellProps = { readonly car: CarNumber };

/** The last lap, with its mark, glowing while it is new. */
export function LastCell({ car }: CellProps): ReactElement {
  countRowRender(car);
  const timeMs = useRace((view) => carOf(view.state, car)?.lastLapTimeMs);
  const rank = useRace((view) => carOf(view.state, car)?.lastLapRank ?? 'none');
  const cell = useGlow(car, timeMs);
  return (
    <td {...CELL} ref={cell} className={styles.last} data-rank={rank}>
      {timeMs === undefined ? undefined : <RankedTime timeMs={timeMs} rank={rank} />}
    </td>
  );
}

function RankedTime({ timeMs, rank }: { readonly timeMs: number; readonly rank: TimeRank }): ReactElement {
  const words = useWords();
  const marks = {
    'overall-best': ['◆', words.tower.overallBest],
    'personal-best': ['▲', words.tower.personalBest],
    none: undefined,
  } as const;
  const mark = marks[rank];
  return (
    <>
      {mark === undefined ? undefined : (
        <span className={styles.mark} role="img" aria-label={mark[1]} title={mark[1]}>
          {mark[0]}
        </span>
      )}
      {formatLapTime(timeMs)}
    </>
  );
}

/** The best lap; with its mark where it is the best of all. */
export function BestCell({ car }: CellProps): ReactElement {
  countRowRender(car);
  const timeMs = useRace((view) => carOf(view.state, car)?.bestLapTimeMs);
  const isOverall = useRace((view) => view.state.bestLap?.car === car);
  return (
    <td {...CELL} className={styles.best} data-rank={isOverall ? 'overall-best' : 'none'}>
      {timeMs === undefined ? undefined : <RankedTime timeMs={timeMs} rank={isOverall ? 'overall-best' : 'none'} />}
    </td>
  );
}

/** Lets an element glow when its time changes because a lap has just ended. */
function useGlow(car: CarNumber, timeMs: number | undefined): React.RefObject<HTMLTableCellElement | null> {
  const ref = useRef<HTMLTableCellElement>(null);
  useLayoutEffect(() => {
    const view = raceStore.getState().view;
    const own = view === undefined ? undefined : carOf(view.state, car);
    if (view === undefined || own === undefined || timeMs === undefined || isMotionReduced()) return;
    if (view.nowMs - (own.lapStartedAtMs ?? Number.NEGATIVE_INFINITY) > FRESH_MS) return;
    // The opacity of a layer of its own: nothing is painted anew while it fades.
    ref.current?.animate?.([{ opacity: 0.35 }, { opacity: 0 }], {
      duration: GLOW_MS,
      easing: 'ease-out',
      pseudoElement: '::after',
    });
  }, [car, timeMs]);
  return ref;
}
