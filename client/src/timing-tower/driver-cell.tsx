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
  const description = carDescription(entry);
  return (
    <th {...ROW_HEADER} className={styles.driver}>
      <b>{driverLabel(entry, driver)}</b>
      <span className={styles.description} title={description}>
        {description}
      </span>
      {finished ? (
        <span className={styles.finished} title={words.tower.finishedLong}>
          {words.tower.finished}
        </span>
      ) : undefined}
    </th>
  );
}

/** Make and team: `Audi R8 LMS ultra · Phoenix Racing`. */
export function carDescription(entry: Entry | undefined): string {
  const car = [entry?.make, entry?.model].filter((part) => part !== undefined).join(' ');
  return [car, entry?.team].filter((part) => part !== undefined && part !== '').join(' · ');
}
