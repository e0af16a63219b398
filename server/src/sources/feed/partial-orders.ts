import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';

/**
 * Of facts that were told in one breath, the orders that the next one completes: a feed that tells its rows one by one
 * builds its order up, and nobody ever drove in the first half of it.
 */
export function partialOrders(facts: readonly RaceFact[]): ReadonlySet<RaceFact> {
  const partial = new Set<RaceFact>();
  let next: ReadonlySet<string> | undefined;
  for (const fact of facts.toReversed()) {
    if (fact.type !== 'order-reported') continue;
    const cars = new Set(fact.cars);
    const isCompleted = next !== undefined && cars.size < next.size && fact.cars.every((car) => next?.has(car));
    if (isCompleted) partial.add(fact);
    next = cars;
  }
  return partial;
}
