/** Seeded random numbers. Plain arithmetic only, so that a seed gives the same race on every machine. */
export type Random = {
  /** Evenly spread, 0 to below 1. */
  next(): number;
  /** Evenly spread between the two. */
  between(low: number, high: number): number;
  /** Bell-shaped around 0 with a standard deviation of 1, never beyond 3.5. */
  normal(): number;
  /** @throws {RangeError} for an empty list. */
  pick<T>(list: readonly T[]): T;
};

/** Mulberry32: https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    // Sum of four even numbers (variance 1/3): Math.log and Math.cos may differ in the last bit between engines.
    normal: () => (next() + next() + next() + next() - 2) * Math.sqrt(3),
    pick: (list) => {
      if (list.length === 0) throw new RangeError('nothing to pick from');
      return list[Math.floor(next() * list.length)] as (typeof list)[number];
    },
  };
}
