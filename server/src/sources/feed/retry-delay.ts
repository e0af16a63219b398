/** At a track a cable is back within seconds: the first tries come quickly. */
const FIRST_MS = 500;
const LONGEST_MS = 15_000;

/**
 * How long to wait before the next try, ms: twice as long each time, and never all at once with others who lost the same
 * line.
 * @param failures tries in a row that came to nothing, from 1
 * @param random 0 to 1, where in the second half of the wait
 */
export function retryDelayMs(failures: number, random: number): number {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures, 30));
  return Math.round(longest * (0.5 + random / 2));
}
