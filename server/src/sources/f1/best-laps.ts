import { type CarRow, markInvalidated } from './car-row.ts';
import { parseDuration } from './f1-values.ts';
import type { SessionScope } from './session-scope.ts';
import { countAt, type Tree, textAt, treeAt } from './state-tree.ts';

/** So long after its end a lap that counts has become the best. */
const PROOF_WAIT_MS = 8000;
const MOST_LAP_TIMES = 1000;
const LONGEST_RACE_LAPS = 100_000;

/** The best laps of the feed, and what they tell of laps that were deleted. */
export class BestLaps {
  readonly #scope: SessionScope;

  constructor(scope: SessionScope) {
    this.#scope = scope;
  }

  /** What the feed holds for a car's best lap has changed. */
  take(row: CarRow, state: Tree, atMs: number): void {
    const { kind, part, emit } = this.#scope;
    const told = treeAt(state, 'BestLapTime');
    const ms = parseDuration(textAt(told, 'Value'));
    const lap = countAt(told, 'Lap');
    const before = row.best;
    if (ms === undefined || ms === 0) {
      // A part of a knock-out session begins without bests; elsewhere the lap was deleted.
      if (kind !== 'qualifying') this.#invalidate(row, before?.lap, atMs);
      row.best = undefined;
      return;
    }
    if (before?.ms === ms && before.lap === lap) return;
    if (before !== undefined && before.part === part && ms > before.ms) this.#invalidate(row, before.lap, atMs);
    row.best = { ms, lap, part };
    row.partBests.set(part, { ms, lap });
    emit({ type: 'best-lap-reported', atMs, car: row.car, lapTimeMs: ms, ...numberOf(row, lap) });
  }

  /** The bests by part: of those that are over they may say what nobody heard, or what was deleted since. */
  takeParts(row: CarRow, told: Tree, atMs: number): void {
    const { kind, part: now, emit } = this.#scope;
    if (kind !== 'qualifying') return;
    for (let part = 1; part < now; part++) {
      const best = treeAt(told, String(part - 1));
      const [ms, lap] = [parseDuration(textAt(best, 'Value')), countAt(best, 'Lap')];
      const before = row.partBests.get(part);
      if (ms === undefined || ms === 0 || ms === before?.ms) continue;
      if (before !== undefined && ms > before.ms) this.#invalidate(row, before.lap, atMs);
      row.partBests.set(part, { ms, lap });
      emit({ type: 'best-lap-reported', atMs, car: row.car, lapTimeMs: ms, ...numberOf(row, lap), part });
    }
  }

  /** A lap has ended with a time: if it is quicker than the best, that has to change. */
  expect(row: CarRow, { lap, ms }: { readonly lap: number; readonly ms: number }, nowMs: number): void {
    if (row.lapTimes.size >= MOST_LAP_TIMES) return;
    row.lapTimes.set(lap, ms);
    if (!row.sawPit) row.unproven = { lap, ms, dueMs: nowMs + PROOF_WAIT_MS };
  }

  /** A lap that was quicker than the best and never became it was deleted. */
  prove(row: CarRow, nowMs: number): void {
    const { unproven, best } = row;
    if (unproven === undefined || nowMs < unproven.dueMs) return;
    row.unproven = undefined;
    const isQuicker = best !== undefined && best.part === this.#scope.part && unproven.ms < best.ms;
    if (isQuicker) this.#invalidate(row, unproven.lap, nowMs);
  }

  #invalidate(row: CarRow, lap: number | undefined, atMs: number): void {
    if (lap === undefined || !markInvalidated(row, lap)) return;
    const reason = 'Its time counts no more';
    this.#scope.emit({ type: 'lap-invalidated', atMs, car: row.car, lapNumber: lap, reason });
  }
}

function numberOf({ invalidated }: CarRow, lap: number | undefined): { lapNumber?: number } {
  const isNumbered = lap !== undefined && lap >= 1 && lap <= LONGEST_RACE_LAPS && !invalidated.has(lap);
  return isNumbered ? { lapNumber: lap } : {};
}
