import type { LapRow } from './lap-row.ts';

/** How a session of laps ended. */
export type SessionEnd = {
  /** The last crossing of all. */
  readonly endMs: number;
  /** When the winner took the flag; `undefined` where the laps end before it. */
  readonly chequeredMs: number | undefined;
  /** No lap tells a flag: the end was taken from the laps. */
  readonly isGuessed: boolean;
  /** The last laps of the cars that did not take the flag. */
  readonly gaveUp: readonly LapRow[];
};

type Cars = ReadonlyMap<string, readonly LapRow[]>;

/** @param flagMs the first crossing under the chequered flag, where a lap tells it */
export function sessionEndOf(cars: Cars, flagMs: number | undefined): SessionEnd {
  const lasts = [...cars.values()].flatMap((laps) => laps.at(-1) ?? []);
  const endMs = lasts.reduce((latest, lap) => Math.max(latest, lap.endMs), 0);
  const isGuessed = flagMs === undefined && [...cars.values()].every((laps) => laps.every(({ flag }) => flag === ''));
  const chequeredMs = isGuessed ? winnerOf(lasts)?.endMs : flagMs;
  if (chequeredMs === undefined) return { endMs, chequeredMs, isGuessed, gaveUp: [] };
  const tookFlag = (lap: LapRow) => (isGuessed ? lap.endMs >= chequeredMs : lap.flag === 'FF');
  return { endMs, chequeredMs, isGuessed, gaveUp: carsThatGaveUp(lasts, tookFlag) };
}

/** Most laps, and of several the one that did them first. */
export function winnerOf(lasts: readonly LapRow[]): LapRow | undefined {
  return lasts.toSorted((one, other) => other.lap - one.lap || one.endMs - other.endMs)[0];
}

/**
 * Left out is a car that did the laps of one that took the flag, and sooner: the timing company places by laps and time
 * alone, and a retirement would put it behind.
 */
function carsThatGaveUp(lasts: readonly LapRow[], tookFlag: (lap: LapRow) => boolean): readonly LapRow[] {
  const slowest = new Map<number, number>();
  for (const last of lasts) {
    if (tookFlag(last)) slowest.set(last.lap, Math.max(last.endMs, slowest.get(last.lap) ?? 0));
  }
  return lasts.filter((last) => !tookFlag(last) && last.endMs > (slowest.get(last.lap) ?? 0));
}
