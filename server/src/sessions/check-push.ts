import { parseRaceFact } from '@pitboard/shared/protocol/parse.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import type { IngestRefusal } from '@pitboard/shared/protocol/socket-events.ts';
import type { SourcePosition } from '../storage/event-store.ts';

/** Facts from outside, unchecked. Without `source`, repeats cannot be told and are stored again. */
export type Push = {
  readonly facts: readonly unknown[];
  readonly source?: { readonly name: string; readonly firstSourceSeq: number } | undefined;
};

/** What is new in a push, checked. */
export type CheckedPush = {
  readonly ok: true;
  readonly facts: readonly RaceFact[];
  readonly position: SourcePosition | undefined;
};

/**
 * Drops what is stored already and checks the rest, fact by fact: all of it is good, or nothing is kept.
 * @param cursor the last stored source sequence of this source
 */
export function checkPush(push: Push, cursor: number): CheckedPush | IngestRefusal {
  const first = push.source?.firstSourceSeq ?? 1;
  if (push.source !== undefined && first > cursor + 1) {
    const message = `source "${push.source.name}" goes on with ${cursor + 1}, not with ${first}`;
    return { ok: false, error: 'sequence-hole', message, sourceSeq: cursor + 1 };
  }
  const repeated = push.source === undefined ? 0 : cursor + 1 - first;
  const facts: RaceFact[] = [];
  for (let index = repeated; index < push.facts.length; index++) {
    const parsed = parseRaceFact(push.facts[index]);
    if (!parsed.ok) return badFact(first + index, parsed.problem);
    facts.push(parsed.value);
  }
  const position =
    push.source === undefined
      ? undefined
      : { name: push.source.name, lastSourceSeq: Math.max(cursor, first + push.facts.length - 1) };
  return { ok: true, facts, position };
}

function badFact(sourceSeq: number, problem: string): IngestRefusal {
  return { ok: false, error: 'bad-fact', message: `fact ${sourceSeq}: ${problem}`, sourceSeq };
}
