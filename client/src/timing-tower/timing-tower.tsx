import { type KeyboardEvent, type MouseEvent, type ReactElement, useRef, useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { useRace } from '../store/race-store.ts';
import { useViewState, viewStore } from '../store/view-store.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ClassFilter } from './class-filter.tsx';
import { ColumnSwitch, type NarrowColumn } from './column-switch.tsx';
import { Retirements } from './retirements.tsx';
import { GRID, ROW_GROUP } from './roles.ts';
import { TimingRow } from './timing-row.tsx';
import styles from './timing-tower.module.css';
import { TowerHead } from './tower-head.tsx';
import { useIsCompact } from './use-is-compact.ts';
import { useRowSlide } from './use-row-slide.ts';
import { useTowerCars } from './use-tower-cars.ts';

/** The running order, and below it the cars that are out of the race. */
export function TimingTower(): ReactElement {
  const words = useWords();
  const { running, positions, out } = useTowerCars();
  const [column, setColumn] = useState<NarrowColumn>('gap');
  const started = useRace((view) => view.nowMs >= 0);
  const entries = useRace((view) => view.state.manifest.entries.length);
  const hasClasses = useRace((view) => view.state.manifest.classes.length > 0);
  const filtered = useViewState((view) => view.classFilter !== undefined);
  const body = useRef<HTMLTableSectionElement>(null);
  const field = useRef<HTMLDivElement>(null);
  const compact = useIsCompact(field, entries);
  useRowSlide(body, running);
  return (
    <div
      className={styles.tower}
      data-column={column}
      data-compact={compact || undefined}
      data-classless={!hasClasses || undefined}
    >
      <div className={styles.tools}>
        <ClassFilter />
        <ColumnSwitch column={column} onChange={setColumn} />
      </div>
      <div className={styles.field} ref={field}>
        <div className={styles.scroll}>
          <table {...GRID} className={styles.table}>
            <caption className="visually-hidden">{started ? words.tower.caption : words.tower.captionGrid}</caption>
            <TowerHead />
            <tbody {...ROW_GROUP} ref={body} onClick={onRowClick} onKeyDown={onRowKey}>
              {running.map((car, index) => (
                <TimingRow key={car} car={car} position={positions[index] ?? 0} />
              ))}
            </tbody>
          </table>
          {entries === 0 ? <EmptyState title={words.tower.empty}>{words.tower.emptyHint}</EmptyState> : undefined}
          {entries > 0 && filtered && running.length === 0 ? <EmptyState title={words.tower.emptyClass} /> : undefined}
        </div>
        <Retirements cars={out} />
      </div>
    </div>
  );
}

function onRowClick(event: MouseEvent): void {
  const row = (event.target as Element).closest<HTMLElement>('tr[data-car]');
  if (row !== null) toggle(row);
}

/** Up and down move the selection, Enter sets and clears it. */
function onRowKey(event: KeyboardEvent): void {
  const row = (event.target as Element).closest<HTMLElement>('tr[data-car]');
  const to = row === null ? null : rowFor(event.key, row);
  if (row === null || to === undefined) return;
  event.preventDefault();
  if (to === row) toggle(row);
  else if (to instanceof HTMLElement) {
    viewStore.getState().selectCar(to.dataset.car);
    to.focus();
  }
}

/** The row that a key leads to, `null` past the ends; `undefined` for a key that means nothing here. */
function rowFor(key: string, row: Element): Element | null | undefined {
  switch (key) {
    case 'ArrowDown':
      return row.nextElementSibling;
    case 'ArrowUp':
      return row.previousElementSibling;
    case 'Home':
      return row.parentElement?.firstElementChild;
    case 'End':
      return row.parentElement?.lastElementChild;
    case 'Enter':
      return row;
    default:
      return undefined;
  }
}

function toggle(row: HTMLElement): void {
  const { selectedCar, selectCar } = viewStore.getState();
  const car = row.dataset.car;
  selectCar(selectedCar === car ? undefined : car);
}
