import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import type { CarRow, Claim } from './car-row.ts';
import { type ClaimedGap, parseGap } from './f1-values.ts';
import type { SessionScope } from './session-scope.ts';

/** Between crossings a claim that changes is passed on so often at most. */
const CLAIM_EVERY_MS = 10_000;

/** The order and the gaps that the feed itself claims. */
export function createFeedOrder(scope: SessionScope) {
  let told = '';
  const orderOf = (rows: Iterable<CarRow>): readonly CarNumber[] | undefined => {
    // A car whose place is not known is left out: never ahead of one whose place is.
    const all = [...rows];
    const known = all.filter((row) => row.line !== undefined);
    const lines = new Set(known.map(({ line }) => line));
    // While cars change places two may stand on one line.
    if (known.length === 0 || lines.size !== known.length) return undefined;
    // After the flag the order is the official one: not where it knows a part of the cars only.
    if (scope.chequeredAtMs !== undefined && all.some((row) => row.line === undefined && !row.isRetired))
      return undefined;
    return known.sort((one, other) => (one.line as number) - (other.line as number)).map(({ car }) => car);
  };
  const tellGap = (row: CarRow, to: 'leader' | 'car-ahead', atMs: number): void => {
    const claim = to === 'leader' ? row.toLeader : row.toAhead;
    if (claim === undefined) return;
    const key = JSON.stringify(claim.gap ?? '');
    if (key === claim.told) return;
    // The leader's own place in the race is no gap, nor is silence: they take back what was claimed before.
    const isNews = (claim.gap !== undefined && !('leaderLap' in claim.gap)) || isGap(claim.told);
    const next: Claim = { ...claim, told: key, toldAtMs: atMs };
    if (to === 'leader') row.toLeader = next;
    else row.toAhead = next;
    if (!isNews) return;
    const { gap } = claim;
    const said = gap === undefined || 'leaderLap' in gap ? {} : gap;
    scope.emit({ type: 'gap-reported', atMs, car: row.car, to, ...said });
  };
  return {
    /** @param always also where nothing has changed */
    take(rows: Iterable<CarRow>, atMs: number, always = false): void {
      const cars = orderOf(rows);
      const key = cars?.join(' ') ?? '';
      if (cars === undefined || (key === told && !always)) return;
      told = key;
      scope.emit({ type: 'order-reported', atMs, cars: [...cars] });
    },
    /** The feed claims a gap: kept, and passed on now and then. */
    takeGap(
      row: CarRow,
      to: 'leader' | 'car-ahead',
      { text, atMs }: { readonly text: string; readonly atMs: number },
    ): void {
      const before = to === 'leader' ? row.toLeader : row.toAhead;
      const gap = parseGap(text);
      const claim: Claim = { gap, stampMs: atMs, toldAtMs: before?.toldAtMs ?? -Infinity, told: before?.told ?? '' };
      if (to === 'leader') row.toLeader = claim;
      else row.toAhead = claim;
      const isOtherKind = kindOf(gap) !== kindOf(before?.gap);
      // What changes once the flag is out may be the last word.
      const isLast = scope.chequeredAtMs !== undefined;
      if (isOtherKind || isLast || atMs - claim.toldAtMs >= CLAIM_EVERY_MS) tellGap(row, to, atMs);
    },
    /** The car is at the line: what is claimed of it now is worth keeping. */
    atLine(row: CarRow, atMs: number): void {
      tellGap(row, 'leader', atMs);
      tellGap(row, 'car-ahead', atMs);
    },
  };
}

function kindOf(gap: ClaimedGap | undefined): string {
  return gap === undefined ? '' : Object.keys(gap).join();
}

function isGap(told: string): boolean {
  return told.startsWith('{') && !told.includes('leaderLap');
}
