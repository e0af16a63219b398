import type { TrackFlag } from '@pitboard/shared/domain/flag.ts';
import type { ReactElement } from 'react';
import { useWords } from '../i18n/words.ts';
import styles from './flag-badge.module.css';

/** CSS colour of a track flag, for bands and badges. */
export function flagColour(flag: TrackFlag): string {
  switch (flag) {
    case 'green':
      return 'var(--flag-green)';
    case 'yellow':
    case 'double-yellow':
    case 'slow-zone':
    case 'full-course-yellow':
      return 'var(--flag-yellow)';
    case 'virtual-safety-car':
    case 'safety-car':
      return 'var(--flag-sc)';
    case 'code-60':
      return 'var(--flag-code60)';
    case 'red':
      return 'var(--flag-red)';
    case 'white':
    case 'chequered':
      return 'var(--ink)';
  }
}

/** The flag shown on the track, by its colour and by its word. */
export function FlagBadge({ flag }: { readonly flag: TrackFlag }): ReactElement {
  const words = useWords();
  return (
    <span className={styles.badge} data-flag={flag} style={{ '--flag': flagColour(flag) }}>
      {words.flags[flag]}
    </span>
  );
}
