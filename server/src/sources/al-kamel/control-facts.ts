import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import type { RaceFact, RaceFactOf } from '@pitboard/shared/protocol/race-event.ts';
import { readControlMessage } from './control-messages.ts';
import type { ControlSheet } from './control-sheet.ts';
import type { LapRow } from './lap-row.ts';
import type { PitVisit } from './pit-visits.ts';

type ControlParts = {
  readonly sheet: ControlSheet;
  readonly cars: ReadonlyMap<CarNumber, readonly LapRow[]>;
  readonly visits: ReadonlyMap<CarNumber, readonly PitVisit[]>;
  /** The official result is known: it contains what was added and taken off. */
  readonly hasResult: boolean;
};

/** Messages, incidents and penalties, each from what race control wrote. */
export function controlFacts(parts: ControlParts): readonly RaceFact[] {
  const known = new Set(parts.cars.keys());
  const facts: RaceFact[] = [];
  let number = 0;
  for (const event of parts.sheet.events) {
    if (event.kind !== 'message') continue;
    const { fact, penalised, sanction } = readControlMessage(event.atMs, event.text, known);
    facts.push(fact);
    if (sanction === undefined || (sanction.kind === 'laps' && parts.hasResult)) continue;
    number++;
    for (const car of penalised) {
      facts.push(
        ...penaltyFacts(parts, { id: `control-${number}`, car, atMs: event.atMs, sanction, reason: event.text }),
      );
    }
  }
  return facts;
}

type Given = Omit<RaceFactOf<'penalty'>, 'type' | 'state'>;

/**
 * A penalty, and that it was served: on the next visit to the lane, for the sheets do not say; without a visit when the
 * car was last seen, but for time that no result tells of.
 */
function penaltyFacts({ cars, visits, hasResult }: ControlParts, given: Given): readonly RaceFact[] {
  const { car, atMs, sanction } = given;
  const penalty: RaceFact = { type: 'penalty', state: 'given', ...given };
  if (sanction.kind === 'laps') return [penalty];
  const visit = visits.get(car)?.find(({ entryMs }) => entryMs >= atMs);
  if (visit === undefined && sanction.kind === 'time' && !hasResult) return [penalty];
  const seenMs = visit?.exitMs ?? visit?.entryMs ?? cars.get(car)?.at(-1)?.endMs ?? atMs;
  return [penalty, { ...penalty, state: 'served', atMs: Math.max(atMs, seenMs) }];
}
