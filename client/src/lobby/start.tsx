import type { ReactElement } from 'react';
import { Redirect } from 'wouter';
import { useWords } from '../i18n/words.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { useLobby } from './use-lobby.ts';

/** The start page: goes to the featured session, or to the lobby where there is none. */
export function Start(): ReactElement {
  const words = useWords();
  const answer = useLobby();
  switch (answer.kind) {
    case 'loading':
      return <EmptyState title={words.states.connecting} />;
    case 'gone':
      return <EmptyState title={words.errors.problems['server-gone']}>{words.errors.hints['server-gone']}</EmptyState>;
    case 'lobby': {
      const { featured } = answer.lobby;
      return <Redirect to={featured === undefined ? '/lobby' : `/session/${featured}${location.search}`} replace />;
    }
  }
}
