import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import { driverLabel } from '@pitboard/shared/format/driver-name.ts';
import { carOf, entryOf } from '@pitboard/shared/race/race-view.ts';
import { memo, type ReactElement } from 'react';
import { useWords } from '../i18n/words.ts';
import { useRace } from '../store/race-store.ts';
import { useViewState } from '../store/view-store.ts';
import { resultPlaces } from './result-places.ts';
import styles from './retirements.module.css';

/** The cars that are out of the race, with lap, reason, and the other car where one incident ties two. */
export function Retirements({ cars }: { readonly cars: readonly CarNumber[] }): ReactElement | undefined {
  const words = useWords();
  if (cars.length === 0) return undefined;
  return (
    <section className={styles.section} aria-label={words.tower.outOfTheRace}>
      <h2 className={styles.title}>{words.tower.outOfTheRace}</h2>
      <ul>
        {cars.map((car) => (
          <Retirement key={car} car={car} />
        ))}
      </ul>
    </section>
  );
}

const Retirement = memo(function Retirement({ car }: { readonly car: CarNumber }): ReactElement {
  const { tower } = useWords();
  const entry = useRace((view) => entryOf(view.state, car));
  const driver = useRace((view) => carOf(view.state, car)?.driver);
  const status = useRace((view) => carOf(view.state, car)?.status);
  const outcome = useRace((view) => carOf(view.state, car)?.outcome);
  const selected = useViewState((view) => view.selectedCar === car);
  const place = useRace((view) => resultPlaces(view).get(car));
  const out = status === 'did-not-start' || status === 'disqualified' ? status : 'retired';
  const lap = outcome === undefined || outcome.lap === 0 ? undefined : tower.onLap(outcome.lap);
  const classified = place === undefined ? undefined : tower.classified(place);
  const facts = [lap, outcome?.reason, classified].filter((part) => part !== undefined).join(' · ');
  return (
    <li className={styles.row} data-out={out} data-selected={selected || undefined}>
      <abbr className={styles.word} title={tower.outcomesLong[out]}>
        {tower.outcomes[out]}
      </abbr>
      <CarButton car={car} className={styles.car}>
        <span className={styles.number}>{car}</span>
        <b className={styles.name}>{driverLabel(entry, driver)}</b>
      </CarButton>
      <span className={styles.facts} title={facts}>
        {facts}
        {outcome?.otherCar === undefined ? undefined : (
          <CarButton car={outcome.otherCar} className={styles.other} label={tower.otherCar(outcome.otherCar)}>
            #{outcome.otherCar}
          </CarButton>
        )}
      </span>
    </li>
  );
});

type CarButtonProps = {
  readonly car: CarNumber;
  readonly className: string | undefined;
  readonly label?: string;
  readonly children: React.ReactNode;
};

function CarButton({ car, className, label, children }: CarButtonProps): ReactElement {
  const selectCar = useViewState((view) => view.selectCar);
  return (
    <button type="button" className={className} aria-label={label} title={label} onClick={() => selectCar(car)}>
      {children}
    </button>
  );
}
