import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import type { ReactElement } from 'react';
import styles from './car-badge.module.css';

/** A car number on its plate. */
export function CarBadge({ car }: { readonly car: CarNumber }): ReactElement {
  return (
    <span className={styles.plate} data-long={car.length > 3 ? '' : undefined}>
      {car}
    </span>
  );
}
