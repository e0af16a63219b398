import type { ResultStatus } from '../domain/status.ts';
import type { Manifest } from '../protocol/manifest.ts';
import type { RaceState } from './race-state.ts';
import type { Tally } from './tally.ts';

/** Share of the winner's laps that a car must have completed, unless the manifest says otherwise. */
const DEFAULT_CLASSIFIED_SHARE = 0.7;

/** How each car of a result stands, best car first. */
export function resultStatuses(state: RaceState, tallies: readonly Tally[]): readonly ResultStatus[] {
  if (state.manifest.kind !== 'race') return tallies.map(timedStatusOf);
  const { rules } = state.manifest;
  const first = new Map<unknown, Tally>();
  for (const tally of tallies) {
    if (tally.status === 'disqualified' || tally.status === 'did-not-start') continue;
    const group = rules?.classifiedShareOf === 'class-winner' ? tally.car.class : undefined;
    if (!first.has(group)) first.set(group, tally);
  }
  return tallies.map((tally) => {
    const group = rules?.classifiedShareOf === 'class-winner' ? tally.car.class : undefined;
    return statusOf(state, tally, lapsNeeded(rules, first.get(group)?.laps ?? 0));
  });
}

/** [C3] [C21] A share of the winner's laps, cut to whole laps unless the rules round otherwise. */
export function lapsNeeded(rules: Manifest['rules'], lapsOfWinner: number): number {
  const exact = lapsOfWinner * (rules?.classifiedShare ?? DEFAULT_CLASSIFIED_SHARE);
  // 0.57 × 100 is 56.99…: a hair to spare, so that whole laps stay whole.
  switch (rules?.classifiedRounding) {
    case 'up':
      return Math.ceil(exact - 1e-9);
    case 'nearest':
      return Math.floor(exact + 0.5 + 1e-9);
    default:
      return Math.floor(exact + 1e-9);
  }
}

/** [C3] Enough laps make a car classified, running or not, unless the rules want it to take the flag. */
function statusOf(state: RaceState, { status, laps, missedFlag }: Tally, needed: number): ResultStatus {
  if (status === 'disqualified' || status === 'did-not-start') return status;
  const lacksFlag = missedFlag && state.manifest.rules?.mustTakeFlag === true;
  const isRetired = status === 'retired';
  if (isRetired && (!isOver(state) || lacksFlag || laps < needed)) return 'did-not-finish';
  if (!isOver(state)) return 'classified';
  if (lacksFlag && state.phase === 'closed') return 'not-classified';
  return laps >= needed && laps > 0 ? 'classified' : 'not-classified';
}

/** [C11] A race is over with the flag, or, where it was never shown, when it is said to be. */
function isOver({ chequeredAtMs, phase }: RaceState): boolean {
  return chequeredAtMs !== undefined || phase === 'finished' || phase === 'closed';
}

/** [C6] In practice and qualifying a lap time is a result. */
function timedStatusOf({ car, status }: Tally): ResultStatus {
  if (status === 'disqualified' || status === 'did-not-start') return status;
  return car.bestLapTimeMs === undefined ? 'not-classified' : 'classified';
}
