import { driverLabel } from '@pitboard/shared/format/driver-name.ts';
import { carOf, entryOf, type RaceView } from '@pitboard/shared/race/race-view.ts';
import type { ReactElement } from 'react';
import { useWords } from '../i18n/words.ts';
import { viewStore } from '../store/view-store.ts';
import { carColour, classColour } from '../ui/car-colour.ts';
import { spanStyle } from './span-style.ts';
import styles from './stint-bars.module.css';
import type { StintBar } from './stint-bars-data.ts';

type StintBarRowProps = { readonly bar: StintBar; readonly view: RaceView; readonly selected: boolean };

/** Below these shares of the width there is room for three letters, or for none. */
const NAME_SHARE = 0.16;
const LETTERS_SHARE = 0.06;

/** The bar of one car; a click selects it. */
export function StintBarRow({ bar, view, selected }: StintBarRowProps): ReactElement {
  const words = useWords();
  const { car } = bar;
  const entry = entryOf(view.state, car);
  const state = carOf(view.state, car);
  const colour = entry?.class === undefined ? carColour(view, car) : classColour(view.state.manifest, entry.class);
  const label = bar.stints.map((stint) => `${driverLabel(entry, stint.driver)} ${words.panels.pit.laps(stint.laps)}`);
  const outcome = bar.out && state !== undefined ? words.panels.car.statuses[state.status] : undefined;
  return (
    <button
      type="button"
      className={styles.row}
      data-out={bar.out ? '' : undefined}
      aria-pressed={selected}
      aria-label={[`#${car}`, ...label, outcome].filter((part) => part !== undefined).join(', ')}
      onClick={() => viewStore.getState().selectCar(car)}
    >
      <span className={styles.car}>{car}</span>
      <span className={styles.bar} style={{ '--class': colour }}>
        {bar.stints.map((stint) => (
          <span key={stint.from} className={styles.stint} style={spanStyle(stint)}>
            {shortName(driverLabel(entry, stint.driver), stint.to - stint.from)}
          </span>
        ))}
        {bar.visits.map((visit) => (
          <span
            key={visit.from}
            className={styles.visit}
            data-running={visit.running ? '' : undefined}
            style={spanStyle(visit)}
          />
        ))}
        {outcome !== undefined && (
          <span className={styles.outcome} style={{ left: `${((bar.stints.at(-1)?.to ?? 0) * 100).toFixed(2)}%` }}>
            ✕ {outcome}
          </span>
        )}
      </span>
    </button>
  );
}

function shortName(name: string, share: number): string {
  if (share >= NAME_SHARE) return name;
  return share >= LETTERS_SHARE ? name.slice(0, 3) : '';
}
