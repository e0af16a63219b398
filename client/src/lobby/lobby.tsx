import type { SessionSummary } from '@pitboard/shared/protocol/socket-events.ts';
import { lazy, type ReactElement, Suspense, useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import page from '../ui/page.module.css';
import { PageHeader } from '../ui/page-header.tsx';
import { SessionLine } from './session-line.tsx';
import { useLobby } from './use-lobby.ts';

const ImportPanel = lazy(async () => ({ default: (await import('../import/import-panel.tsx')).ImportPanel }));

/** All sessions of the server: what runs now, what comes, what was. */
export function Lobby(): ReactElement {
  const words = useWords();
  const [round, setRound] = useState(0);
  const [fresh, setFresh] = useState<readonly string[]>([]);
  const answer = useLobby(round);
  const [mayRemove, setMayRemove] = useState(false);
  const askAgain = (): void => setRound((before) => before + 1);
  const onImported = (ids: readonly string[]): void => {
    setFresh(ids);
    askAgain();
  };
  return (
    <div className={page.page}>
      <PageHeader href="/sources" word={words.lobby.sources} />
      <main className={page.main}>
        <h1>{words.lobby.title}</h1>
        <Suspense fallback={undefined}>
          <ImportPanel onImported={onImported} onAccess={setMayRemove} />
        </Suspense>
        {answer.kind === 'loading' ? <EmptyState title={words.lobby.loading} /> : undefined}
        {answer.kind === 'gone' ? (
          <EmptyState title={words.errors.problems['server-gone']}>{words.errors.hints['server-gone']}</EmptyState>
        ) : undefined}
        {answer.kind === 'lobby' ? (
          <SessionGroups sessions={answer.lobby.sessions} fresh={fresh} onRemoved={mayRemove ? askAgain : undefined} />
        ) : undefined}
      </main>
    </div>
  );
}

type SessionGroupsProps = {
  readonly sessions: readonly SessionSummary[];
  /** Ids of what was just imported. */
  readonly fresh: readonly string[];
  /** `undefined` for who may not remove anything. */
  readonly onRemoved: (() => void) | undefined;
};

function SessionGroups({ sessions, fresh, onRemoved }: SessionGroupsProps): ReactElement {
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
          <section key={title} className={page.group}>
            <h2>{title}</h2>
            <ul>
              {lines.map((summary) => (
                <SessionLine
                  key={summary.id}
                  summary={summary}
                  isFresh={fresh.includes(summary.id)}
                  onRemoved={onRemoved}
                />
              ))}
            </ul>
          </section>
        ))}
    </>
  );
}
