import { lazy, type ReactElement, Suspense, useLayoutEffect } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { Start } from './lobby/start.tsx';
import { RaceScreen } from './race-screen/race-screen.tsx';
import { useViewState } from './store/view-store.ts';

// Who follows a link to a race needs neither of these pages.
const Lobby = lazy(async () => ({ default: (await import('./lobby/lobby.tsx')).Lobby }));
const SourcesPage = lazy(async () => ({ default: (await import('./sources/sources-page.tsx')).SourcesPage }));

/** The whole page: the featured session, the lobby, the sources, or a session. */
export function App(): ReactElement {
  const theme = useViewState((view) => view.theme);
  const locale = useViewState((view) => view.locale);
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = theme;
    document.documentElement.lang = locale;
  }, [theme, locale]);
  return (
    <Suspense fallback={undefined}>
      <Switch>
        <Route path="/" component={Start} />
        <Route path="/lobby" component={Lobby} />
        <Route path="/sources" component={SourcesPage} />
        <Route path="/session/:id">{({ id }) => <RaceScreen key={id} session={id} />}</Route>
        <Route>
          <Redirect to="/lobby" replace />
        </Route>
      </Switch>
    </Suspense>
  );
}
