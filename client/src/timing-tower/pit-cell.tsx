import { lapsSinceStop, stopsOwed } from '@pitboard/shared/analysis/pit-cycle.ts';
import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import { carOf } from '@pitboard/shared/race/race-view.ts';
import type { ReactElement } from 'react';
import { useWords } from '../i18n/words.ts';
import { useRace } from '../store/race-store.ts';
import { RunningTime } from '../ui/running-time.tsx';
import { CELL } from './roles.ts';
import { countRowRender } from './row-counter.ts';
import { pitNote, pitText } from './row-data.ts';
import styles from './timing-tower.module.css';

/** The tyres; stops made and laps since; the running clock of a car in the lane; what is still owed while the window is open. */
export function PitCell({ car }: { readonly car: CarNumber }): ReactElement {
  countRowRender(car);
  const words = useWords();
  const note = useRace((view) => pitNote(view, car));
  const text = useRace((view) => pitText(view, car, words));
  const owed = useRace((view) => (note === 'owes' ? stopsOwed(view, car) : 0));
  const short = note === 'owes' ? words.tower.owesShort(owed) : note === 'missed' ? words.tower.missedShort : text;
  const laps = useRace((view) => (note === 'stops' ? lapsSinceStop(view, car) : undefined));
  const tyre = useRace((view) => carOf(view.state, car)?.tyre);
  // Out of a race nobody times a visit to the garage.
  const entryAtMs = useRace((view) =>
    view.state.manifest.kind === 'race' ? carOf(view.state, car)?.pitEntryAtMs : undefined,
  );
  return (
    <td
      {...CELL}
      className={styles.pit}
      data-note={note}
      title={laps === undefined ? undefined : words.tower.sinceStopLong(laps)}
    >
      {tyre === undefined ? undefined : (
        <span className={styles.tyre} data-tyre={tyre.toLowerCase()} title={words.tower.tyre(tyre)}>
          {tyre.charAt(0).toUpperCase()}
        </span>
      )}
      <span className={styles.long}>{text}</span>
      <span className={styles.short} aria-hidden="true">
        {short}
      </span>
      {note === 'in-lane' && entryAtMs !== undefined ? (
        <RunningTime from={entryAtMs} className={styles.clock} />
      ) : undefined}
    </td>
  );
}
