import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import { positionsGained } from '@pitboard/shared/race/positions.ts';
import { carOf } from '@pitboard/shared/race/race-view.ts';
import { memo, type ReactElement } from 'react';
import { useWords } from '../i18n/words.ts';
import { useRace } from '../store/race-store.ts';
import { useViewState } from '../store/view-store.ts';
import { CarBadge } from '../ui/car-badge.tsx';
import { classColour } from '../ui/car-colour.ts';
import { classLabel } from '../ui/class-label.ts';
import { DriverCell } from './driver-cell.tsx';
import { GapCell, IntervalCell } from './gap-cells.tsx';
import { PitCell } from './pit-cell.tsx';
import { CELL, ROW } from './roles.ts';
import { countRowRender } from './row-counter.ts';
import { BestCell, LastCell } from './time-cells.tsx';
import styles from './timing-tower.module.css';

type TimingRowProps = { readonly car: CarNumber; readonly position: number };

/** One car in the timing tower. Each cell reads the race for itself: a passing of another car draws nothing here. */
export const TimingRow = memo(function TimingRow({ car, position }: TimingRowProps): ReactElement {
  countRowRender(car);
  const status = useRace((view) => carOf(view.state, car)?.status);
  const selected = useViewState((view) => view.selectedCar === car);
  // One row is in the order of the tab key: the selected one, else the first.
  const reachable = useViewState((view) => view.selectedCar === undefined && position === 1);
  return (
    <tr
      {...ROW}
      className={styles.row}
      data-car={car}
      data-status={status}
      aria-selected={selected}
      tabIndex={selected || reachable ? 0 : -1}
    >
      <td {...CELL} className={styles.position}>
        {position}
      </td>
      <GainedCell car={car} />
      <td {...CELL} className={styles.number}>
        <CarBadge car={car} />
      </td>
      <DriverCell car={car} />
      <ClassCell car={car} />
      <GapCell car={car} />
      <IntervalCell car={car} />
      <LastCell car={car} />
      <BestCell car={car} />
      <PitCell car={car} />
    </tr>
  );
});

function GainedCell({ car }: { readonly car: CarNumber }): ReactElement {
  countRowRender(car);
  const words = useWords();
  // On the grid nobody has gained a place, even where one before him did not come.
  const gained = useRace((view) => (view.nowMs < 0 ? 0 : positionsGained(view.state, car))) ?? 0;
  const long = gained > 0 ? words.tower.gainedPlaces(gained) : words.tower.lostPlaces(-gained);
  return (
    <td {...CELL} className={styles.gained} data-way={Math.sign(gained)}>
      {gained === 0 ? (
        <span aria-hidden="true">·</span>
      ) : (
        <span role="img" aria-label={long} title={long}>
          {gained > 0 ? '▲' : '▼'}
          {Math.abs(gained)}
        </span>
      )}
    </td>
  );
}

function ClassCell({ car }: { readonly car: CarNumber }): ReactElement {
  countRowRender(car);
  const manifest = useRace((view) => view.state.manifest);
  const id = useRace((view) => carOf(view.state, car)?.class);
  const name = id === undefined ? undefined : classLabel(manifest, id);
  return (
    <td
      {...CELL}
      className={styles.class}
      title={name}
      style={id === undefined ? {} : { '--class': classColour(manifest, id) }}
    >
      {name}
    </td>
  );
}
