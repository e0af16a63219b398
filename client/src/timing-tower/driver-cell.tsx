import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import { driverLabel } from '@pitboard/shared/format/driver-name.ts';
import type { Entry } from '@pitboard/shared/protocol/manifest.ts';
import { carOf, entryOf } from '@pitboard/shared/race/race-view.ts';
import type { ReactElement } from 'react';
import { useWords } from '../i18n/words.ts';
import { useRace } from '../store/race-store.ts';
import { ROW_HEADER } from './roles.ts';
import { countRowRender } from './row-counter.ts';
import styles from './timing-tower.module.css';

/** The driver at the wheel, and the car. */
export function DriverCell({ car }: { readonly car: CarNumber }): ReactElement {
  countRowRender(car);
  const words = useWords();
  const entry = useRace((view) => entryOf(view.state, car));
  const driver = useRace((view) => carOf(view.state, car)?.driver);
  const finished = useRace((view) => carOf(view.state, car)?.status === 'finished');
  return (
    <th {...ROW_HEADER} className={styles.driver}>
      <b>{driverLabel(entry, driver)}</b>
      <span className={styles.description} title={carInFull(entry)}>
        {carInShort(entry)}
      </span>
      {finished ? (
        <span className={styles.finished} title={words.tower.finishedLong}>
          {words.tower.finished}
        </span>
      ) : undefined}
    </th>
  );
}

/** What fits beside the driver: `Audi · Phoenix Racing`. */
function carInShort(entry: Entry | undefined): string {
  return joined([entry?.make ?? entry?.model, entry?.team], ' · ');
}

/** `Audi R8 LMS ultra · Phoenix Racing`. */
function carInFull(entry: Entry | undefined): string {
  return joined([joined([entry?.make, entry?.model], ' '), entry?.team], ' · ');
}

function joined(parts: readonly (string | undefined)[], separator: string): string {
  return parts.filter((part) => part !== undefined && part !== '').join(separator);
}
