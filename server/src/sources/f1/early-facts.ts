import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';

/** A recording may begin an hour before the start: the way to the grid is the first that matters. */
const GRID_MS = -600_000;

/**
 * Facts of a recording from the way to the grid on. What was told before is told then: of flags, weather, order, tyres and
 * whether a car takes part the last word, and what a car did not at all.
 * @param facts in order, at session times
 */
export function fromTheGridOn(facts: readonly RaceFact[]): readonly RaceFact[] {
  const first = facts.findIndex(({ atMs }) => atMs >= GRID_MS);
  const early = facts.slice(0, first < 0 ? facts.length : first);
  const lastOf = new Map(early.map((fact) => [subjectOf(fact), fact]));
  const kept = early.filter((fact) => {
    const subject = subjectOf(fact);
    return subject !== undefined && (subject === KEPT || lastOf.get(subject) === fact);
  });
  return [...kept.map((fact) => ({ ...fact, atMs: GRID_MS })), ...facts.slice(early.length)];
}

/** Facts that all stay. */
const KEPT = 'kept';

/** Of facts about the same the last one counts; `undefined` for what is over. */
function subjectOf(fact: RaceFact): string | undefined {
  switch (fact.type) {
    case 'session-updated':
    case 'entry-updated':
    case 'penalty':
      return KEPT;
    case 'flag-changed':
      return `flag ${fact.sector ?? ''} ${fact.car ?? ''}`;
    case 'clock':
    case 'order-reported':
    case 'session-phase':
    case 'weather':
      return fact.type;
    case 'tyres-changed':
      return `tyres ${fact.car}`;
    case 'car-disqualified':
    case 'car-not-starting':
    case 'car-reinstated':
    case 'car-retired':
      return `status ${fact.car}`;
    default:
      return undefined;
  }
}
