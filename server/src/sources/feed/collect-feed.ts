import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import type { ImportedRace } from '../import/imported-race.ts';
import { settleManifest } from '../import/settle-manifest.ts';
import type { FeedSink } from './feed.ts';

/** Holds what a feed said until it is over, session by session. */
export type FeedCollector = FeedSink & {
  /** The sessions in order of their first appearance. */
  races(): readonly ImportedRace[];
};

/** @param onSkipped told of every line that says nothing */
export function createFeedCollector(onSkipped: FeedSink['skipped']): FeedCollector {
  const sessions = new Map<string, { readonly manifest: Manifest; readonly facts: RaceFact[] }>();
  let current: RaceFact[] | undefined;
  return {
    session: (key, manifest) => {
      const known = sessions.get(key) ?? { manifest, facts: [] };
      sessions.set(key, known);
      current = known.facts;
    },
    facts: (facts) => {
      for (const fact of facts) current?.push(fact);
    },
    skipped: onSkipped,
    line: () => undefined,
    races: () => [...sessions.values()].map(({ manifest, facts }) => settleManifest(manifest, facts)),
  };
}
