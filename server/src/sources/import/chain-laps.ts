import { medianOf } from './median.ts';

/** A lap in its place in the race: times of the session, chained from the start. */
export type ChainedLap<T = unknown> = {
  readonly lap: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly lapTimeMs: number;
  /** Of its place in the lap chart, and whatever else was stated with the time. */
  readonly stated: T;
};

export type ChainedLaps<T> = {
  readonly laps: readonly ChainedLap<T>[];
  /** Laps that no line states, between others: the chain goes on with the usual lap of the car. */
  readonly guessed: readonly number[];
  /** Laps after a hole that is too long to bridge, or after the longest session there is. */
  readonly lost: number;
};

const MOST_MISSING = 3;
const LONGEST_MS = 864_000_000;

/**
 * Race times of laps of which only the lap times are known: the first one counts from the start, so they add up.
 * @param times by lap number, in order
 */
export function chainLaps<T extends { readonly lapTimeMs: number }>(times: ReadonlyMap<number, T>): ChainedLaps<T> {
  const usualMs = medianOf([...times.values()].map(({ lapTimeMs }) => lapTimeMs)) ?? 0;
  const laps: ChainedLap<T>[] = [];
  const guessed: number[] = [];
  let [atMs, done] = [0, 0];
  for (const [lap, stated] of times) {
    const missing = lap - done - 1;
    const startMs = atMs + missing * usualMs;
    const endMs = startMs + stated.lapTimeMs;
    if (missing > MOST_MISSING || endMs > LONGEST_MS) break;
    for (let index = 1; index <= missing; index++) guessed.push(done + index);
    laps.push({ lap, startMs, endMs, lapTimeMs: stated.lapTimeMs, stated });
    [atMs, done] = [endMs, lap];
  }
  return { laps, guessed, lost: times.size - laps.length };
}
