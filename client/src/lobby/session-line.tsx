import { UNKNOWN_CIRCUIT } from '@pitboard/shared/domain/names.ts';
import type { SessionSummary } from '@pitboard/shared/protocol/socket-events.ts';
import { lazy, type ReactElement, Suspense } from 'react';
import { Link } from 'wouter';
import { useWords } from '../i18n/words.ts';
import { type Locale, useViewState } from '../store/view-store.ts';
import { LiveMark } from '../ui/live-mark.tsx';
import styles from './lobby.module.css';

const RemoveSession = lazy(async () => ({ default: (await import('../import/remove-session.tsx')).RemoveSession }));

type SessionLineProps = {
  readonly summary: SessionSummary;
  /** Has just been imported here. */
  readonly isFresh: boolean;
  /** `undefined` for who may not remove anything. */
  readonly onRemoved: (() => void) | undefined;
};

/** One session: what and where it is, whether it runs, and who watches. An imported one can be removed. */
export function SessionLine({ summary, isFresh, onRemoved }: SessionLineProps): ReactElement {
  const { lobby } = useWords();
  const locale = useViewState((view) => view.locale);
  const notes = [
    summary.replayed ? lobby.replayed : undefined,
    summary.reconstructed ? lobby.reconstructed : undefined,
  ].filter((note) => note !== undefined);
  return (
    <li className={styles.item} data-fresh={isFresh || undefined}>
      <Link href={`/session/${summary.id}`} className={styles.line}>
        <span className={styles.state}>
          {summary.state === 'live' ? (
            <LiveMark word={lobby.states.live} />
          ) : (
            <span className={styles.quiet}>{lobby.states[summary.state]}</span>
          )}
        </span>
        <span className={styles.names}>
          <b>
            {summary.event} · {summary.session}
          </b>
          <span>
            {[summary.series, circuitOf(summary), ...notes]
              .filter((part) => part !== undefined)
              .map((part) => `${part} · `)
              .join('')}
            <span className={styles.id}>{summary.id}</span>
          </span>
        </span>
        <span className={styles.facts}>
          {summary.startEpochMs === undefined ? undefined : <span>{dateText(summary.startEpochMs, locale)}</span>}
          <span>
            {lobby.cars(summary.entries)}
            {summary.viewers > 0 ? ` · ${lobby.viewers(summary.viewers)}` : ''}
          </span>
        </span>
      </Link>
      {summary.imported === true && onRemoved !== undefined ? (
        <span className={styles.remove}>
          <Suspense fallback={undefined}>
            <RemoveSession id={summary.id} title={`${summary.event} · ${summary.session}`} onRemoved={onRemoved} />
          </Suspense>
        </span>
      ) : undefined}
    </li>
  );
}

function circuitOf({ circuit, event }: SessionSummary): string | undefined {
  return circuit === UNKNOWN_CIRCUIT || circuit === event ? undefined : circuit;
}

function dateText(epochMs: number, locale: Locale): string {
  return new Intl.DateTimeFormat(locale === 'de' ? 'de-DE' : 'en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(epochMs);
}
