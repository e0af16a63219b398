import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';

/** A lap of a car, with the place that a lap chart gives it. */
type ChartedLap = { readonly lap: number; readonly endMs: number; readonly position: number | undefined };
type CarLaps = { readonly car: string; readonly laps: readonly ChartedLap[] };

/**
 * The order that the lap chart states lap by lap, told when the last car has come round that does so before the leader has
 * done another lap. Where a position is missing that lap tells nothing.
 */
export function ordersAtLine(cars: readonly CarLaps[]): readonly RaceFact[] {
  const rounds = new Map<number, { car: string; lap: ChartedLap }[]>();
  for (const { car, laps } of cars) {
    for (const lap of laps) {
      const round = rounds.get(lap.lap) ?? [];
      rounds.set(lap.lap, round);
      round.push({ car, lap });
    }
  }
  const facts: RaceFact[] = [];
  let before = '';
  for (const [number, round] of [...rounds].sort(([one], [other]) => one - other)) {
    const nextMs = (rounds.get(number + 1) ?? []).reduce(
      (first, { lap }) => Math.min(first, lap.endMs),
      Number.POSITIVE_INFINITY,
    );
    const seen = round.filter(({ lap }) => lap.endMs < nextMs);
    if (seen.length === 0 || seen.some(({ lap }) => lap.position === undefined)) continue;
    seen.sort((one, other) => (one.lap.position ?? 0) - (other.lap.position ?? 0));
    const order = seen.map(({ car }) => car);
    const atMs = Math.max(...seen.map(({ lap }) => lap.endMs));
    if (order.join(' ') !== before) facts.push({ type: 'order-reported', atMs, cars: order });
    before = order.join(' ');
  }
  return facts;
}

/**
 * The last word of the lap chart, winner first: most laps, then the place on the last one. `undefined` without places, and
 * where two cars share one: those are places in class.
 */
export function lapChart(cars: readonly CarLaps[]): readonly string[] | undefined {
  const lasts = cars.flatMap(({ car, laps }) => {
    const last = laps.at(-1);
    return last === undefined ? [] : [{ car, last }];
  });
  if (lasts.length === 0 || lasts.some(({ last }) => last.position === undefined)) return undefined;
  lasts.sort((one, other) => other.last.lap - one.last.lap || (one.last.position ?? 0) - (other.last.position ?? 0));
  const places = new Set(lasts.map(({ last }) => `${last.lap} ${last.position}`));
  return places.size < lasts.length ? undefined : lasts.map(({ car }) => car);
}
