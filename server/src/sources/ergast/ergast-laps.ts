import { medianOf } from '../al-kamel/median.ts';
import type { ErgastLapData } from './ergast-collector.ts';

/** A lap in its place in the race: times of the session, chained from the lights. */
export type ChainedLap = {
  readonly lap: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly lapTimeMs: number;
  readonly position: number | undefined;
};

export type ChainedLaps = {
  readonly laps: readonly ChainedLap[];
  /** Laps that no line states, between others: the chain goes on with the usual lap of the driver. */
  readonly guessed: readonly number[];
  /** Laps after a hole that is too long to bridge, or after the longest session there is. */
  readonly lost: number;
};

const MOST_MISSING = 3;
const LONGEST_MS = 864_000_000;

/** Ergast has no times of the race, only of laps; the first one counts from the lights, so their sum is the race time. */
export function chainLaps(times: ReadonlyMap<number, ErgastLapData>): ChainedLaps {
  const usualMs = medianOf([...times.values()].map(({ lapTimeMs }) => lapTimeMs)) ?? 0;
  const laps: ChainedLap[] = [];
  const guessed: number[] = [];
  let [atMs, done] = [0, 0];
  for (const [lap, { lapTimeMs, position }] of times) {
    const missing = lap - done - 1;
    const startMs = atMs + missing * usualMs;
    const endMs = startMs + lapTimeMs;
    if (missing > MOST_MISSING || endMs > LONGEST_MS) break;
    for (let index = 1; index <= missing; index++) guessed.push(done + index);
    laps.push({ lap, startMs, endMs, lapTimeMs, position });
    [atMs, done] = [endMs, lap];
  }
  return { laps, guessed, lost: times.size - laps.length };
}
