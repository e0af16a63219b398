import type { ReactElement } from 'react';
import { useWords } from '../i18n/words.ts';
import { useRace } from '../store/race-store.ts';
import { useViewState } from '../store/view-store.ts';
import { classColour } from '../ui/car-colour.ts';
import { classLabel } from '../ui/class-label.ts';
import styles from './timing-tower.module.css';

/** One chip a class; nothing where all cars race in one. */
export function ClassFilter(): ReactElement | undefined {
  const words = useWords();
  const manifest = useRace((view) => view.state.manifest);
  const active = useViewState((view) => view.classFilter);
  const setClassFilter = useViewState((view) => view.setClassFilter);
  if (manifest.classes.length < 2) return undefined;
  return (
    <fieldset className={styles.filter}>
      <legend className="visually-hidden">{words.tower.classFilter}</legend>
      <button type="button" aria-pressed={active === undefined} onClick={() => setClassFilter(undefined)}>
        {words.tower.allClasses}
      </button>
      {manifest.classes.map(({ id }) => (
        <button
          key={id}
          type="button"
          aria-pressed={active === id}
          style={{ '--class': classColour(manifest, id) }}
          onClick={() => setClassFilter(active === id ? undefined : id)}
        >
          {classLabel(manifest, id)}
        </button>
      ))}
    </fieldset>
  );
}
