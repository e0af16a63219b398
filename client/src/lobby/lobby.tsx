import type { SessionSummary } from '@pitboard/shared/protocol/socket-events.ts';
import type { ReactElement } from 'react';
import { useWords } from '../i18n/words.ts';
import { Brand } from '../ui/brand.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageSwitches } from '../ui/page-switches.tsx';
import styles from './lobby.module.css';
import { SessionLine } from './session-line.tsx';
import { useLobby } from './use-lobby.ts';

/** All sessions of the server: what runs now, what comes, what was. */
export function Lobby(): ReactElement {
  const words = useWords();
  const answer = useLobby();
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <Brand />
        <span className={styles.switches}>
          <PageSwitches />
        </span>
      </header>
      <main className={styles.main}>
        <h1>{words.lobby.title}</h1>
        {answer.kind === 'loading' ? <EmptyState title={words.lobby.loading} /> : undefined}
        {answer.kind === 'gone' ? (
          <EmptyState title={words.errors.problems['server-gone']}>{words.errors.hints['server-gone']}</EmptyState>
        ) : undefined}
        {answer.kind === 'lobby' ? <SessionGroups sessions={answer.lobby.sessions} /> : undefined}
      </main>
    </div>
  );
}

function SessionGroups({ sessions }: { readonly sessions: readonly SessionSummary[] }): ReactElement {
  const { lobby } = useWords();
  if (sessions.length === 0) return <EmptyState title={lobby.empty}>{lobby.emptyHint}</EmptyState>;
  const groups = [
    { title: lobby.live, lines: sessions.filter(({ state }) => state === 'live' || state === 'stale') },
    { title: lobby.upcoming, lines: sessions.filter(({ state }) => state === 'upcoming') },
    { title: lobby.recorded, lines: sessions.filter(({ state }) => state === 'recorded') },
  ];
  return (
    <>
      {groups
        .filter(({ lines }) => lines.length > 0)
        .map(({ title, lines }) => (
          <section key={title} className={styles.group}>
            <h2>{title}</h2>
            <ul>
              {lines.map((summary) => (
                <SessionLine key={summary.id} summary={summary} />
              ))}
            </ul>
          </section>
        ))}
    </>
  );
}
