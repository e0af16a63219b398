import { driverFullName } from '@pitboard/shared/format/driver-name.ts';
import type { Entry } from '@pitboard/shared/protocol/manifest.ts';
import { classPositionOf } from '@pitboard/shared/race/positions.ts';
import type { CarState } from '@pitboard/shared/race/race-state.ts';
import { carOf, type RaceView } from '@pitboard/shared/race/race-view.ts';
import type { ReactElement } from 'react';
import { useWords } from '../i18n/words.ts';
import { carColour, classColour } from '../ui/car-colour.ts';
import styles from './car-detail.module.css';
import { placesOf } from './car-detail-data.ts';

type CarHeadProps = { readonly view: RaceView; readonly entry: Entry };

/** Number plate, crew, team and car; from the grid to now. */
export function CarHead({ view, entry }: CarHeadProps): ReactElement {
  const words = useWords().panels.car;
  const state = carOf(view.state, entry.car);
  const { classes } = view.state.manifest;
  const className = classes.find((candidate) => candidate.id === entry.class)?.name;
  const machine = [entry.make, entry.model].filter((part) => part !== undefined).join(' ');
  const about = [machine, entry.team, entry.guest === true ? words.guest : undefined];
  return (
    <header className={styles.head}>
      <span className={styles.plate} style={{ '--car': carColour(view, entry.car) }}>
        {entry.car}
      </span>
      <div className={styles.who}>
        <ul className={styles.crew}>
          {entry.drivers.map((driver) => (
            <li key={driver.id}>
              <b className={styles.person} data-driving={driver.id === state?.driver ? '' : undefined}>
                {driverFullName(driver)}
              </b>
              {driver.nationality !== undefined && <abbr className={styles.nation}>{driver.nationality}</abbr>}
              {driver.id === state?.driver && <span className={styles.wheel}>{words.atTheWheel}</span>}
            </li>
          ))}
        </ul>
        <p className={styles.about}>
          {about.filter((part) => part !== undefined && part !== '').join(' · ')}
          {entry.class !== undefined && (
            <span className={styles.class} style={{ '--class': classColour(view.state.manifest, entry.class) }}>
              {className ?? entry.class}
            </span>
          )}
        </p>
        {state !== undefined && <Status state={state} />}
      </div>
      <Places view={view} entry={entry} className={className} />
    </header>
  );
}

/** What the car is doing, and why it is out if it is. */
function Status({ state }: { readonly state: CarState }): ReactElement | undefined {
  const words = useWords().panels.car;
  const { outcome, status } = state;
  if (status === 'running' && outcome === undefined) return undefined;
  const parts = [
    outcome?.presumed === true ? `${words.statuses[status]} (${words.presumed})` : words.statuses[status],
    outcome !== undefined && outcome.lap > 0 ? words.onLap(outcome.lap) : undefined,
    outcome?.reason,
    outcome?.otherCar === undefined ? undefined : words.otherCar(outcome.otherCar),
  ];
  return (
    <p className={styles.status} data-status={status}>
      {parts.filter((part) => part !== undefined).join(' · ')}
    </p>
  );
}

type PlacesProps = CarHeadProps & { readonly className: string | undefined };

function Places({ view, entry, className }: PlacesProps): ReactElement {
  const words = useWords().panels.car;
  const { grid, now } = placesOf(view, entry.car);
  const gained = grid === undefined || now === undefined ? 0 : grid - now;
  const inClass = classPositionOf(view.state, entry.car);
  const several = view.state.manifest.classes.length > 1;
  return (
    <dl className={styles.places}>
      <div>
        <dt>{words.grid}</dt>
        <dd className={styles.place}>{grid ?? '—'}</dd>
      </div>
      <div>
        <dt>{words.now}</dt>
        <dd className={styles.place} data-now="">
          {now ?? '—'}
        </dd>
      </div>
      <div className={styles.gained}>
        {gained !== 0 && (
          <span data-gained={Math.sign(gained)}>
            <span aria-hidden>{`${gained > 0 ? '▲' : '▼'} `}</span>
            {gained > 0 ? words.gained(gained) : words.lost(-gained)}
          </span>
        )}
        {several && now !== undefined && inClass !== undefined && className !== undefined && (
          <span>{words.classPosition(inClass, className)}</span>
        )}
      </div>
    </dl>
  );
}
