/** Orbits gives a run that is closed the number 95 and leaves its name. */
const CLOSED = 'run-95-';

/**
 * The session of a run that was closed while nobody listened: its number is lost, and name and day are those of the
 * session that was told of last under them.
 * @param key of the run as it is heard now
 * @param earlier keys that were told of before, oldest first
 */
export function closedRun(key: string, earlier: readonly string[]): string | undefined {
  if (!key.startsWith(CLOSED)) return undefined;
  const ending = key.slice(CLOSED.length);
  return earlier.findLast((other) => !other.startsWith(CLOSED) && other.replace(/^run-\d+-/, '') === ending);
}
