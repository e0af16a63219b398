import type { NewSource, SourceList, SourceStatus } from '@pitboard/shared/protocol/sources.ts';
import { type ReactElement, useState } from 'react';
import { useSourcesWords } from '../i18n/sources-words.ts';
import { useWords } from '../i18n/words.ts';
import { keepServerToken, readServerToken } from '../store/server-token.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import page from '../ui/page.module.css';
import { PageHeader } from '../ui/page-header.tsx';
import { AddSource } from './add-source.tsx';
import { RemoveDialog } from './remove-dialog.tsx';
import { SourceLine } from './source-line.tsx';
import styles from './sources.module.css';
import { addSource, type ChangeAnswer, removeSource } from './sources-api.ts';
import { TokenForm } from './token-form.tsx';
import { type Sources, useSources } from './use-sources.ts';

/** The feeds that the server listens to: how they do, and where more are added. */
export function SourcesPage(): ReactElement {
  const words = useSourcesWords();
  const [token, setToken] = useState(readServerToken);
  const takeToken = (given: string | undefined): void => {
    keepServerToken(given);
    setToken(given);
  };
  return (
    <div className={page.page}>
      <PageHeader href="/lobby" word={words.sessions} />
      <main className={page.main}>
        <h1>{words.title}</h1>
        <p className={styles.hint}>{words.intro}</p>
        {token === undefined ? (
          <TokenForm isWrong={false} onToken={takeToken} />
        ) : (
          <WithToken key={token} token={token} onToken={takeToken} />
        )}
      </main>
    </div>
  );
}

type WithTokenProps = { readonly token: string; readonly onToken: (token: string | undefined) => void };

function WithToken({ token, onToken }: WithTokenProps): ReactElement {
  const words = useSourcesWords();
  const { errors } = useWords();
  const sources = useSources(token);
  switch (sources.answer?.kind) {
    case undefined:
      return <EmptyState title={words.loading} />;
    case 'wrong-token':
      return <TokenForm isWrong onToken={onToken} />;
    case 'gone':
      return <EmptyState title={errors.problems['server-gone']}>{errors.hints['server-gone']}</EmptyState>;
    case 'list':
      return (
        <>
          <SourceGroup list={sources.answer.list} sources={sources} token={token} />
          <p className={styles.forget}>
            <button type="button" onClick={() => onToken(undefined)}>
              {words.token.forget}
            </button>
          </p>
        </>
      );
  }
}

type SourceGroupProps = { readonly list: SourceList; readonly sources: Sources; readonly token: string };

function SourceGroup({ list, sources, token }: SourceGroupProps): ReactElement {
  const words = useSourcesWords();
  const { errors } = useWords();
  const [removing, setRemoving] = useState<SourceStatus>();
  const [notice, setNotice] = useState('');

  const add = async (source: NewSource): Promise<ChangeAnswer> => {
    const answer = await addSource(token, source);
    if (answer.ok) setNotice(words.add.added(source.name ?? source.address));
    await sources.refresh();
    return answer;
  };
  const remove = async (source: SourceStatus): Promise<void> => {
    setRemoving(undefined);
    const answer = await removeSource(token, source.id);
    setNotice(answer.ok ? words.remove.removed(source.name) : words.errors.other);
    await sources.refresh();
  };

  return (
    <>
      <p className="visually-hidden" aria-live="polite">
        {notice}
      </p>
      {sources.isGone ? <p className={styles.problem}>{errors.problems['server-gone']}</p> : undefined}
      {list.sources.length === 0 ? (
        <EmptyState title={words.empty}>{words.emptyHint}</EmptyState>
      ) : (
        <ul className={styles.list} data-gone={sources.isGone || undefined}>
          {list.sources.map((source) => (
            <SourceLine
              key={source.id}
              source={source}
              title={list.protocols.find(({ id }) => id === source.protocol)?.title ?? source.protocol}
              offsetMs={sources.offsetMs}
              onRemove={setRemoving}
            />
          ))}
        </ul>
      )}
      <AddSource list={list} onAdd={add} />
      {removing === undefined ? undefined : (
        <RemoveDialog
          source={removing}
          onClose={() => setRemoving(undefined)}
          onConfirm={() => void remove(removing)}
        />
      )}
    </>
  );
}
