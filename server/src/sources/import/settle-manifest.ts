import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceEvent, RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import type { ImportedRace } from './imported-race.ts';

/**
 * The recording of a session that is over: what became known late (names, entries, the circuit) stands in its manifest from
 * the start. Facts are numbered in the order given; `withdrawnSeq` counts the facts as given, from 1, and is put right.
 */
export function settleManifest(manifest: Manifest, facts: readonly RaceFact[]): ImportedRace {
  let settled: Manifest = manifest;
  const entries = new Map(manifest.entries.map((entry) => [entry.car, entry]));
  const events: RaceEvent[] = [];
  const seqs: number[] = [];
  for (const fact of facts) {
    if (fact.type === 'session-updated') settled = { ...settled, ...fact.changes } as Manifest;
    else if (fact.type === 'entry-updated') entries.set(fact.entry.car, fact.entry);
    else events.push({ seq: events.length + 1, ...withSeqs(fact, seqs) });
    seqs.push(events.length);
  }
  return { manifest: { ...settled, entries: [...entries.values()] }, events };
}

function withSeqs(fact: RaceFact, seqs: readonly number[]): RaceFact {
  if (fact.type !== 'passing-withdrawn') return fact;
  return { ...fact, withdrawnSeq: seqs[fact.withdrawnSeq - 1] ?? fact.withdrawnSeq };
}
