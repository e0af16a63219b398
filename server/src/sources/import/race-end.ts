import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';

/** Laps of a car, and the session time of its last crossing of the line. */
export type LastCrossing = { readonly car: CarNumber; readonly laps: number; readonly atMs: number };

type RaceEnd = {
  /** Facts up to the end of the session: the flag where nobody stated it, who did not take it, and that it is over. */
  readonly facts: readonly RaceFact[];
  readonly endMs: number;
  /** When the winner took the flag; `undefined` of a race without laps. */
  readonly chequeredMs: number | undefined;
};

type EndOptions = {
  /** When the file shows the chequered flag, where it does. */
  readonly flagMs?: number | undefined;
  /** A car that is not seen for this long has retired. */
  readonly givenUpMs: number;
  /** Why a car retired, where that is known. */
  readonly reasonOf?: ((car: CarNumber) => string | undefined) | undefined;
};

/**
 * The end of a race of which the laps are known: the car with the most laps that did them first takes the flag, whoever
 * crosses the line later finishes, and the others have retired.
 */
export function endOfRace(lasts: readonly LastCrossing[], options: EndOptions): RaceEnd {
  const endMs = lasts.reduce((latest, { atMs }) => Math.max(latest, atMs), 0);
  const winner = lasts.reduce<LastCrossing | undefined>((best, last) => {
    if (best === undefined || last.laps > best.laps) return last;
    return last.laps === best.laps && last.atMs < best.atMs ? last : best;
  }, undefined);
  if (winner === undefined) return { facts: [], endMs, chequeredMs: undefined };
  const { flagMs, givenUpMs, reasonOf } = options;
  const chequeredMs = flagMs ?? winner.atMs;
  const facts: RaceFact[] = [];
  if (flagMs === undefined) facts.push({ type: 'flag-changed', atMs: winner.atMs, flag: 'chequered' });
  for (const { car, atMs } of lasts) {
    if (atMs >= Math.min(chequeredMs, winner.atMs)) continue;
    const reason = reasonOf?.(car);
    const retiredMs = Math.min(atMs + givenUpMs, endMs);
    facts.push({ type: 'car-retired', atMs: retiredMs, car, ...(reason === undefined ? {} : { reason }) });
  }
  facts.push({ type: 'session-phase', atMs: endMs, phase: 'finished' });
  return { facts, endMs, chequeredMs };
}
