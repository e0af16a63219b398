import type { BestLaps } from './best-laps.ts';
import type { CarRow } from './car-row.ts';
import { type CrossingClock, createCrossingClock, LOOPS, MESSAGE_LAG_MS } from './crossing-clock.ts';
import { parseDuration } from './f1-values.ts';
import type { SessionScope } from './session-scope.ts';
import { countAt, flagAt, numberAt, type Tree, textAt, treeAt } from './state-tree.ts';

/** The official time of a lap comes with its end, or a moment later. */
const LAP_TIME_WAIT_MS = 1500;
/** A gap claimed so shortly before a crossing is told is of that crossing. */
const CLAIM_WAIT_MS = 600;
const LONGEST_RACE_LAPS = 100_000;

/** A message for one car: all that is known, and what it changed. */
export type CarMessage = { readonly state: Tree; readonly delta: Tree; readonly atMs: number };

type LapHooks = {
  readonly scope: SessionScope;
  readonly bests: BestLaps;
  /** A car has crossed the line. */
  readonly onLine: (row: CarRow, atMs: number) => void;
};

/** Crossings of the loops, from the rows of `TimingData`. */
export class Laps {
  readonly #hooks: LapHooks;
  readonly #clock: CrossingClock = createCrossingClock();

  constructor(hooks: LapHooks) {
    this.#hooks = hooks;
  }

  /** Crossings that a message tells. */
  take(row: CarRow, message: CarMessage): void {
    const { state, delta } = message;
    const lap = countAt(delta, 'NumberOfLaps');
    this.#noteCount(lap, countAt(treeAt(delta, 'BestLapTime'), 'Lap'));
    const isLine = lap !== undefined && lap > (row.pending?.lap ?? row.laps ?? 0) && lap <= LONGEST_RACE_LAPS;
    if (!isLine) this.#takeLapTime(row, message);
    const sectors = treeAt(delta, 'Sectors');
    if (isFirstSector(sectors, state)) {
      this.settle(row, state);
      this.#passSector(row, message, 1);
    }
    if (textAt(treeAt(sectors, '1'), 'Value') !== '') this.#passSector(row, message, 2);
    if (isLine) this.#openLine(row, message, lap);
  }

  /** A crossing whose lap time never came is due. */
  takeTime(row: CarRow, nowMs: number, state: Tree): void {
    if (row.pending !== undefined && nowMs - row.pending.stampMs > LAP_TIME_WAIT_MS) this.settle(row, state);
  }

  /** Tells the crossing that waits for its lap time, if one does. */
  settle(row: CarRow, state?: Tree): void {
    const { pending } = row;
    if (pending === undefined) return;
    row.pending = undefined;
    const { scope, bests, onLine } = this.#hooks;
    const { lap, stampMs, inPitLane, speedKph } = pending;
    const lapTimeMs = pending.lapTimeMs ?? unchangedLapTime(row, pending.sectorMs, state);
    const atMs = this.#clock.timeOf({ ...pending, car: row.car, loop: 0, lapTimeMs });
    const lapNumber = Math.max(0, lap - (scope.kind === 'race' ? 0 : scope.lapsAhead));
    Object.assign(row, { laps: lap, loop: 0, sectorsMs: [], lineAtMs: atMs });
    scope.emit({
      type: 'passing',
      atMs,
      car: row.car,
      loop: LOOPS[0],
      lapNumber,
      ...(lapTimeMs === undefined ? {} : { lapTimeMs }),
      ...(speedKph === undefined ? {} : { speedKph }),
      ...(inPitLane ? { inPitLane } : {}),
    });
    if (lapTimeMs !== undefined) bests.expect(row, { lap: lapNumber, ms: lapTimeMs }, stampMs);
    row.sawPit = row.inPit === true;
    onLine(row, stampMs);
  }

  /** A best lap that comes with its end tells how far the count is ahead of the numbers. */
  #noteCount(count: number | undefined, bestLap: number | undefined): void {
    if (count === undefined || bestLap === undefined) return;
    if (count === bestLap || count === bestLap + 1) this.#hooks.scope.lapsAhead = count - bestLap;
  }

  /** A lap time that comes without its lap: a moment late, a moment early, or at the end of a lap in the lane. */
  #takeLapTime(row: CarRow, message: CarMessage): void {
    const { state, delta, atMs } = message;
    const ms = parseDuration(textAt(treeAt(delta, 'LastLapTime'), 'Value'));
    if (ms === undefined) return;
    const isInLane = this.#hooks.scope.kind !== 'race' && row.inPit === true;
    if (row.pending !== undefined) {
      row.pending.lapTimeMs ??= ms;
      this.settle(row, state);
    } else if (isInLane && row.laps !== undefined) {
      // The count goes up with the way out only.
      this.#openLine(row, message, row.laps + 1);
    } else {
      row.early = { ms, stampMs: atMs };
    }
  }

  #passSector(row: CarRow, { state, atMs }: CarMessage, loop: 1 | 2): void {
    if (row.laps === undefined || row.loop >= loop) return;
    const sectorMs = parseDuration(textAt(treeAt(state, 'Sectors', String(loop - 1)), 'Value'));
    const told = { car: row.car, lap: row.laps, stampMs: atMs, loop };
    // The first sector of the first lap has no time; where the second one has, that tells when the first one ended.
    if (loop === 2 && row.loop === 0 && row.laps === 0 && sectorMs !== undefined) {
      const endMs = this.#clock.timeOf(told);
      this.#tellLoop(row, 1, endMs - sectorMs);
      this.#tellLoop(row, 2, endMs);
    } else {
      this.#tellLoop(row, loop, this.#clock.timeOf({ ...told, sectorMs }));
    }
    row.loop = loop;
    row.sectorsMs[loop - 1] = sectorMs;
  }

  #tellLoop({ car }: CarRow, loop: 1 | 2, atMs: number): void {
    this.#hooks.scope.emit({ type: 'passing', atMs, car, loop: LOOPS[loop] });
  }

  #openLine(row: CarRow, { state, delta, atMs }: CarMessage, lap: number): void {
    this.settle(row);
    const early = row.early !== undefined && atMs - row.early.stampMs <= LAP_TIME_WAIT_MS ? row.early.ms : undefined;
    row.early = undefined;
    const speedKph = numberAt(treeAt(state, 'Speeds', 'FL'), 'Value');
    row.pending = {
      lap,
      stampMs: atMs,
      sectorMs: row.loop === 2 ? parseDuration(textAt(treeAt(state, 'Sectors', '2'), 'Value')) : undefined,
      gapMs: freshGap(row, atMs),
      inPitLane: row.inPit === true,
      speedKph: speedKph !== undefined && speedKph >= 0 && speedKph <= 600 ? speedKph : undefined,
      lapTimeMs: parseDuration(textAt(treeAt(delta, 'LastLapTime'), 'Value')) ?? early,
    };
    // The first lap of a race never has a time, and one that ends with the way out of the garage is none.
    const isWayOut = row.inPit === true && flagAt(delta, 'InPit') === false;
    const isTimeless = isWayOut || (lap === 1 && this.#hooks.scope.kind === 'race');
    if (row.pending.lapTimeMs !== undefined || isTimeless) this.settle(row, state);
  }
}

/** The gap to the leader that the feed claims of a crossing told now. */
function freshGap({ toLeader }: CarRow, atMs: number): number | undefined {
  if (toLeader?.gap === undefined || !('ms' in toLeader.gap)) return undefined;
  return Math.abs(atMs - toLeader.stampMs) <= CLAIM_WAIT_MS ? toLeader.gap.ms : undefined;
}

/**
 * The end of the first sector: its time, or, where that is the same to the millisecond as a lap before and so is not told
 * again, the later sectors emptied.
 */
function isFirstSector(sectors: Tree, state: Tree): boolean {
  const first = treeAt(sectors, '0');
  if (first.has('Value')) return textAt(first, 'Value') !== '';
  const isEmptied = ['1', '2'].every((key) => treeAt(sectors, key).get('Value') === '');
  return isEmptied && textAt(treeAt(state, 'Sectors', '0'), 'Value') !== '';
}

/** A lap as long as the one before is not told again: the sectors say so. They may be a few milliseconds out. */
function unchangedLapTime(
  { sectorsMs, lapTimes }: CarRow,
  lastMs: number | undefined,
  state?: Tree,
): number | undefined {
  const [first, second] = sectorsMs;
  if (first === undefined || second === undefined || lastMs === undefined || state === undefined) return undefined;
  const told = parseDuration(textAt(treeAt(state, 'LastLapTime'), 'Value'));
  const isSame =
    told !== undefined && told === [...lapTimes.values()].at(-1) && Math.abs(first + second + lastMs - told) <= 5;
  return isSame ? told : undefined;
}

/** When something in the pit lane was, of which the feed tells as late as of a crossing. */
export function happenedAt(stampMs: number): number {
  return stampMs - MESSAGE_LAG_MS;
}
