import type { CarRow } from './car-row.ts';
import { type CarMessage, happenedAt } from './laps.ts';
import type { SessionScope } from './session-scope.ts';
import { countAt, flagAt } from './state-tree.ts';

/** Bits of a car's status. */
const STOPPED = 4;
const RETIRED = 8;
const TOOK_FLAG = 1024;

/** What a car does beside crossing loops. */
export class CarStatuses {
  readonly #scope: SessionScope;

  constructor(scope: SessionScope) {
    this.#scope = scope;
  }

  /** @param isBaseline a row that comes whole: where the car stands, not what it does */
  takePit(row: CarRow, { delta, atMs }: CarMessage, isBaseline: boolean): void {
    const { startedAtMs, emit } = this.#scope;
    const inPit = flagAt(delta, 'InPit');
    if (inPit === undefined || inPit === row.inPit) return;
    // A change is one also where nothing was known before; what stands in a whole row may be old.
    const happensNow = row.inPit !== undefined || !isBaseline;
    row.inPit = inPit;
    row.sawPit = true;
    if (!inPit) row.hasLeftPit = true;
    if (!happensNow || startedAtMs === undefined) return;
    if (inPit) row.lastVisitMs = atMs;
    const type = inPit ? 'pit-entry' : 'pit-exit';
    emit({ type, atMs: Math.max(happenedAt(atMs), startedAtMs), car: row.car });
  }

  takeStatus(row: CarRow, { state, delta, atMs }: CarMessage): void {
    const bits = countAt(delta, 'Status');
    // A late listener may have missed the words that the bits repeat.
    const byBits = (word: string, bit: number): boolean | undefined =>
      bits === undefined || state.has(word) ? undefined : (bits & bit) !== 0;
    const { startedAtMs } = this.#scope;
    if (bits !== undefined && (bits & TOOK_FLAG) !== 0 && startedAtMs !== undefined) row.hasFlag = true;
    const before = { stopped: row.isStopped, retired: row.isRetired };
    row.isStopped = flagAt(delta, 'Stopped') ?? byBits('Stopped', STOPPED) ?? row.isStopped;
    row.isRetired = flagAt(delta, 'Retired') ?? byBits('Retired', RETIRED) ?? row.isRetired;
    if (startedAtMs !== undefined) this.#tell(row, before, atMs);
  }

  #tell({ car, isStopped, isRetired }: CarRow, before: { stopped: boolean; retired: boolean }, atMs: number): void {
    const { emit } = this.#scope;
    if (isRetired !== before.retired) emit({ type: isRetired ? 'car-retired' : 'car-reinstated', atMs, car });
    else if (isStopped !== before.stopped && !isRetired) {
      emit({ type: isStopped ? 'car-stopped' : 'car-resumed', atMs, car });
    }
  }
}
