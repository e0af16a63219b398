import type { SessionPhase } from '@pitboard/shared/domain/status.ts';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';

/** The little that a server has to know of a log without folding the race. */
export type SessionDigest = {
  readonly headSeq: number;
  /** Session time of the newest fact; 0 for an empty log. */
  readonly headAtMs: number;
  readonly phase: SessionPhase;
  /** With what became known late. */
  readonly manifest: Manifest;
};

export function emptyDigest(manifest: Manifest): SessionDigest {
  return { headSeq: 0, headAtMs: 0, phase: 'scheduled', manifest };
}

export function digestEvents(digest: SessionDigest, events: readonly RaceEvent[]): SessionDigest {
  let { headSeq, headAtMs, phase, manifest } = digest;
  for (const event of events) {
    headAtMs = headSeq === 0 ? event.atMs : Math.max(headAtMs, event.atMs);
    headSeq = event.seq;
    if (event.type === 'session-phase') {
      phase = event.phase;
      if (event.startEpochMs !== undefined) manifest = { ...manifest, startEpochMs: event.startEpochMs };
    } else if (event.type === 'session-updated') {
      manifest = { ...manifest, ...event.changes } as Manifest;
    } else if (event.type === 'entry-updated') {
      const others = manifest.entries.filter(({ car }) => car !== event.entry.car);
      manifest = { ...manifest, entries: [...others, event.entry] };
    }
  }
  return { headSeq, headAtMs, phase, manifest };
}

/** True when a part of what is shown is invented, not history. */
export function isReconstructed(manifest: Manifest): boolean {
  return (
    manifest.dataNotes.some((note) => note.kind === 'reconstructed') ||
    manifest.entries.some((entry) => (entry.reconstructed?.length ?? 0) > 0)
  );
}
