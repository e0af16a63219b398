import type { CarRow } from './car-row.ts';
import { type CarMessage, happenedAt } from './laps.ts';
import type { SessionScope } from './session-scope.ts';
import { countAt, flagAt } from './state-tree.ts';

/** Bits of a car's status. */
const STOPPED = 4;
const RETIRED = 8;
const TOOK_FLAG = 1024;
const MOST_STOPS = 1000;

/** What a car does beside crossing loops. */
export class CarStatuses {
  readonly #scope: SessionScope;

  constructor(scope: SessionScope) {
    this.#scope = scope;
  }

  /** @param isBaseline a row that comes whole: where the car stands, not what it does */
  takePit(row: CarRow, message: CarMessage, isBaseline: boolean): void {
    this.#takeVisit(row, message, isBaseline);
    this.#takeStops(row, message, isBaseline);
  }

  #takeVisit(row: CarRow, { delta, atMs }: CarMessage, isBaseline: boolean): void {
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
    else if (row.isVisiting) row.visits++;
    row.isVisiting = inPit;
    const type = inPit ? 'pit-entry' : 'pit-exit';
    emit({ type, atMs: Math.max(happenedAt(atMs), startedAtMs), car: row.car });
  }

  /** The feed counts a stop as it begins. Those before anybody listened stand in a whole row, or in the count of the next. */
  #takeStops(row: CarRow, { delta, atMs }: CarMessage, isBaseline: boolean): void {
    const count = countAt(delta, 'NumberOfPitStops');
    const { startedAtMs, emit } = this.#scope;
    if (count === undefined || startedAtMs === undefined || !(isBaseline || row.isVisiting)) return;
    const stops = count - (row.isVisiting ? 1 : 0);
    if (stops <= row.visits || stops > MOST_STOPS) return;
    row.visits = stops;
    emit({ type: 'stops-reported', atMs: Math.max(atMs, startedAtMs), car: row.car, stops });
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
