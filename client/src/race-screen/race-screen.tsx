import type { SessionId } from '@pitboard/shared/domain/names.ts';
import { type ReactElement, useEffect } from 'react';
import { openSession } from '../feed/open-session.ts';
import { useRaceStore } from '../store/race-store.ts';
import { attachAddress, readAddress } from '../store/url-sync.ts';
import { RaceLayout } from './race-layout.tsx';
import { RaceSkeleton } from './race-skeleton.tsx';
import { SessionProblem } from './session-problem.tsx';

/** A session on screen: opens it, and closes it when it is left. */
export function RaceScreen({ session }: { readonly session: SessionId }): ReactElement {
  useEffect(() => {
    const openAtMs = readAddress(session);
    const closeSession = openSession(session, openAtMs);
    const stopAddress = attachAddress();
    return () => {
      stopAddress();
      closeSession();
    };
  }, [session]);
  const loaded = useRaceStore((race) => race.view !== undefined);
  const failed = useRaceStore((race) => race.feed.connection === 'failed');
  if (loaded) return <RaceLayout />;
  return failed ? <SessionProblem /> : <RaceSkeleton />;
}
