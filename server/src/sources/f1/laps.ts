import { type CarRow, markInvalidated } from './car-row.ts';
import { type CrossingClock, LOOPS, MESSAGE_LAG_MS } from './crossing-clock.ts';
import { parseDuration } from './f1-values.ts';
import type { SessionScope } from './session-scope.ts';
import { countAt, flagAt, numberAt, type Tree, textAt, treeAt } from './state-tree.ts';

/** The official time of a lap comes with its end, or a moment later. */
const LAP_TIME_WAIT_MS = 1500;
/** A gap claimed so shortly before a crossing is told is of that crossing. */
const CLAIM_WAIT_MS = 600;
/** So long after its end a lap that counts has become the best. */
const PROOF_WAIT_MS = 8000;
const MOST_LAP_TIMES = 1000;
const LONGEST_RACE_LAPS = 100_000;

/** A message for one car: all that is known, and what it changed. */
export type CarMessage = { readonly state: Tree; readonly delta: Tree; readonly atMs: number };

/** Crossings of the loops and best laps, from the rows of `TimingData`. */
export function createLaps(scope: SessionScope, clock: CrossingClock, onLine: (row: CarRow, atMs: number) => void) {
  /** A best lap that comes with its end tells how far the count is ahead of the numbers. */
  const noteCount = (count: number | undefined, bestLap: number | undefined): void => {
    if (count === undefined || bestLap === undefined) return;
    if (count === bestLap || count === bestLap + 1) scope.lapsAhead = count - bestLap;
  };
  const passSector = (row: CarRow, { state, atMs }: CarMessage, loop: 1 | 2): void => {
    if (row.laps === undefined || row.loop >= loop) return;
    const sectorMs = parseDuration(textAt(treeAt(state, 'Sectors', String(loop - 1)), 'Value'));
    const told = { car: row.car, lap: row.laps, stampMs: atMs };
    // The first sector of the first lap has no time; where the second one has, that tells when the first one ended.
    if (loop === 2 && row.loop === 0 && row.laps === 0 && sectorMs !== undefined) {
      const endMs = clock.timeOf({ ...told, loop: 2 });
      emitLoop(row, 1, endMs - sectorMs);
      emitLoop(row, 2, endMs);
    } else {
      emitLoop(row, loop, clock.timeOf({ ...told, loop, sectorMs }));
    }
    row.loop = loop;
    row.sectorsMs[loop - 1] = sectorMs;
  };
  const emitLoop = (row: CarRow, loop: 1 | 2, atMs: number): void => {
    scope.emit({ type: 'passing', atMs, car: row.car, loop: LOOPS[loop] });
  };

  const openLine = (row: CarRow, { state, delta, atMs }: CarMessage, lap: number): void => {
    settle(row, atMs);
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
    const isTimeless = row.inPit === true && flagAt(delta, 'InPit') === false;
    if (row.pending.lapTimeMs !== undefined || isTimeless || (lap === 1 && scope.kind === 'race'))
      settle(row, atMs, state);
  };

  /** Tells the crossing that waits for its lap time, if one does. */
  const settle = (row: CarRow, nowMs: number, state?: Tree): void => {
    const { pending } = row;
    if (pending === undefined) return;
    row.pending = undefined;
    const lapTimeMs = pending.lapTimeMs ?? unchangedLapTime(row, pending.sectorMs, state);
    const { lap, stampMs, sectorMs, gapMs, inPitLane, speedKph } = pending;
    const atMs = clock.timeOf({ car: row.car, lap, loop: 0, stampMs, sectorMs, lapTimeMs, gapMs });
    row.laps = lap;
    row.loop = 0;
    row.sectorsMs = [];
    row.lineAtMs = atMs;
    const lapNumber = Math.max(0, lap - (scope.kind === 'race' ? 0 : scope.lapsAhead));
    scope.emit({
      type: 'passing',
      atMs,
      car: row.car,
      loop: 'SF',
      lapNumber,
      ...(lapTimeMs === undefined ? {} : { lapTimeMs }),
      ...(speedKph === undefined ? {} : { speedKph }),
      ...(inPitLane ? { inPitLane } : {}),
    });
    if (lapTimeMs !== undefined && row.lapTimes.size < MOST_LAP_TIMES) {
      row.lapTimes.set(lapNumber, lapTimeMs);
      if (!row.sawPit) row.unproven = { lap: lapNumber, ms: lapTimeMs, dueMs: nowMs + PROOF_WAIT_MS };
    }
    row.sawPit = row.inPit === true;
    onLine(row, stampMs);
  };

  const takeBest = (row: CarRow, { state, atMs }: CarMessage): void => {
    const told = treeAt(state, 'BestLapTime');
    const ms = parseDuration(textAt(told, 'Value'));
    const lap = countAt(told, 'Lap');
    const before = row.best;
    if (ms === undefined || ms === 0) {
      // A part of a knock-out session begins without bests; elsewhere the lap was deleted.
      if (scope.kind !== 'qualifying') invalidate(row, before?.lap, atMs);
      row.best = undefined;
      return;
    }
    if (before?.ms === ms && before.lap === lap) return;
    if (before !== undefined && before.part === scope.part && ms > before.ms) invalidate(row, before.lap, atMs);
    row.best = { ms, lap, part: scope.part };
    const isNumbered = lap !== undefined && lap >= 1 && lap <= LONGEST_RACE_LAPS && !row.invalidated.has(lap);
    scope.emit({
      type: 'best-lap-reported',
      atMs,
      car: row.car,
      lapTimeMs: ms,
      ...(isNumbered ? { lapNumber: lap } : {}),
    });
  };
  const invalidate = (row: CarRow, lap: number | undefined, atMs: number): void => {
    if (lap === undefined || !markInvalidated(row, lap)) return;
    scope.emit({ type: 'lap-invalidated', atMs, car: row.car, lapNumber: lap, reason: 'Deleted by the feed' });
  };

  return {
    takeBest,
    invalidate,
    /** What is due by now: a crossing whose lap time never came, a lap that was quicker than the best and never counted. */
    takeTime(row: CarRow, atMs: number, state: Tree): void {
      if (row.pending !== undefined && atMs - row.pending.stampMs > LAP_TIME_WAIT_MS) settle(row, atMs, state);
      const { unproven, best } = row;
      if (unproven === undefined || atMs < unproven.dueMs) return;
      row.unproven = undefined;
      const isQuicker = best !== undefined && best.part === scope.part && unproven.ms < best.ms;
      if (isQuicker) invalidate(row, unproven.lap, atMs);
    },
    settle,
    /** Crossings that a message tells. */
    take(row: CarRow, message: CarMessage): void {
      const { state, delta, atMs } = message;
      const lapTimeMs = parseDuration(textAt(treeAt(delta, 'LastLapTime'), 'Value'));
      const lap = countAt(delta, 'NumberOfLaps');
      noteCount(lap, countAt(treeAt(delta, 'BestLapTime'), 'Lap'));
      const isLine = lap !== undefined && lap > (row.pending?.lap ?? row.laps ?? 0) && lap <= LONGEST_RACE_LAPS;
      if (!isLine && lapTimeMs !== undefined) {
        if (row.pending === undefined && scope.kind !== 'race' && row.inPit === true && row.laps !== undefined) {
          // The lap ends in the lane; the count goes up with the way out only.
          openLine(row, message, row.laps + 1);
        } else if (row.pending === undefined) row.early = { ms: lapTimeMs, stampMs: atMs };
        else {
          row.pending.lapTimeMs ??= lapTimeMs;
          settle(row, atMs, state);
        }
      }
      const sectors = treeAt(delta, 'Sectors');
      if (isFirstSector(sectors, state)) {
        settle(row, atMs, state);
        passSector(row, message, 1);
      }
      if (textAt(treeAt(sectors, '1'), 'Value') !== '') passSector(row, message, 2);
      if (isLine) openLine(row, message, lap);
    },
  };
}
export type Laps = ReturnType<typeof createLaps>;

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
