import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import { type CarRow, createCarRow } from './car-row.ts';
import { createCrossingClock } from './crossing-clock.ts';
import { createFeedOrder } from './feed-order.ts';
import { type CarMessage, createLaps, happenedAt } from './laps.ts';
import { carOf, type SessionScope, showChequered } from './session-scope.ts';
import { countAt, flagAt, type Tree, textAt, treeAt } from './state-tree.ts';

/** Bits of a car's status. */
const STOPPED = 4;
const RETIRED = 8;
const TOOK_FLAG = 1024;
const MOST_PLACES = 1000;

type TimingMessage = {
  /** The rows as they are now, by car, and what the message changed in them. */
  readonly state: Tree;
  readonly delta: Tree;
  readonly atMs: number;
  /** The whole state as it was when this end began to listen: nothing in it happens now. */
  readonly isState: boolean;
};

/** Everything that `TimingData` tells of the cars. */
export function createTimingData(scope: SessionScope, enter: (car: CarNumber, atMs: number) => boolean) {
  const rows = new Map<CarNumber, CarRow>();
  const order = createFeedOrder(scope);
  const laps = createLaps(scope, createCrossingClock(), (row, atMs) => {
    order.atLine(row, atMs);
    if (row.isBlueFlagged) {
      row.isBlueFlagged = false;
      scope.emit({ type: 'flag-changed', atMs, flag: 'green', car: row.car });
    }
  });
  let state: Tree = new Map();
  let hasStarted = false;

  const rowOf = (key: string, atMs: number): CarRow | undefined => {
    const car = carOf(key);
    if (car === undefined || !enter(car, atMs)) return undefined;
    const row = rows.get(car) ?? createCarRow(car);
    rows.set(car, row);
    return row;
  };

  const takePit = (row: CarRow, { delta, atMs }: CarMessage, isBaseline: boolean): void => {
    const inPit = flagAt(delta, 'InPit');
    if (inPit === undefined || inPit === row.inPit) return;
    // A change is one also where nothing was known before; what stands in a whole row may be old.
    const happensNow = row.inPit !== undefined || !isBaseline;
    row.inPit = inPit;
    row.sawPit = true;
    if (!inPit) row.hasLeftPit = true;
    if (!happensNow || scope.startedAtMs === undefined) return;
    if (inPit) row.lastVisitMs = atMs;
    scope.emit({
      type: inPit ? 'pit-entry' : 'pit-exit',
      atMs: Math.max(happenedAt(atMs), scope.startedAtMs),
      car: row.car,
    });
  };

  const takeStatus = (row: CarRow, { state: known, delta, atMs }: CarMessage): void => {
    const bits = countAt(delta, 'Status');
    // A late listener may have missed the words that the bits repeat.
    const byBits = (word: string, bit: number): boolean | undefined =>
      bits === undefined || known.has(word) ? undefined : (bits & bit) !== 0;
    if (bits !== undefined && (bits & TOOK_FLAG) !== 0 && scope.startedAtMs !== undefined) row.hasFlag = true;
    const stopped = flagAt(delta, 'Stopped') ?? byBits('Stopped', STOPPED) ?? row.isStopped;
    const retired = flagAt(delta, 'Retired') ?? byBits('Retired', RETIRED) ?? row.isRetired;
    const before = { stopped: row.isStopped, retired: row.isRetired };
    row.isStopped = stopped;
    row.isRetired = retired;
    if (scope.startedAtMs === undefined) return;
    if (retired && !before.retired) scope.emit({ type: 'car-retired', atMs, car: row.car });
    else if (!retired && before.retired) scope.emit({ type: 'car-reinstated', atMs, car: row.car });
    else if (stopped && !before.stopped && !retired) scope.emit({ type: 'car-stopped', atMs, car: row.car });
    else if (!stopped && before.stopped && !retired) scope.emit({ type: 'car-resumed', atMs, car: row.car });
  };

  const takeRow = (row: CarRow, message: CarMessage, isState: boolean): void => {
    const { state: known, delta, atMs } = message;
    const place = countAt(delta, 'Line') ?? countAt(delta, 'Position');
    if (place !== undefined && place >= 1 && place <= MOST_PLACES) row.line = place;
    row.isKnockedOut = flagAt(known, 'KnockedOut') ?? false;
    if (delta.has('GapToLeader')) order.takeGap(row, 'leader', { text: textAt(delta, 'GapToLeader'), atMs });
    const ahead = treeAt(delta, 'IntervalToPositionAhead');
    if (ahead.has('Value')) order.takeGap(row, 'car-ahead', { text: textAt(ahead, 'Value'), atMs });
    // A row that comes whole is where the car stands, not what it does; before the start nobody drives a lap.
    const isBaseline = isState || delta.has('RacingNumber') || scope.startedAtMs === undefined;
    // The way out of the garage may end a lap, which then ends in the lane.
    const isWayOut = delta.has('NumberOfLaps') && flagAt(delta, 'InPit') === false;
    if (!isWayOut) takePit(row, message, isBaseline);
    if (isBaseline) takeBaseline(row, message);
    else laps.take(row, message);
    if (isWayOut) takePit(row, message, isBaseline);
    takeStatus(row, message);
    if (delta.has('BestLapTime')) laps.takeBest(row, message);
    if (row.hasFlag && row.line === 1 && scope.kind === 'race') showChequered(scope, atMs);
  };

  /** Laps that were driven before anybody listened have no crossings; of a car that is out they are told all the same. */
  const takeBaseline = (row: CarRow, { delta, atMs }: CarMessage): void => {
    const count = countAt(delta, 'NumberOfLaps');
    // A row that is whole and says nothing of laps is that of a car without any.
    if (count === undefined && delta.has('Sectors') && scope.startedAtMs !== undefined) row.laps ??= 0;
    if (count === undefined || count === row.laps || count > 100_000) return;
    row.laps = count;
    row.loop = 0;
    row.pending = undefined;
    const isOut = flagAt(delta, 'Retired') === true || flagAt(delta, 'Stopped') === true;
    if (!isOut || count === 0 || scope.kind !== 'race' || scope.startedAtMs === undefined) return;
    scope.emit({ type: 'passing', atMs, car: row.car, loop: 'SF', lapNumber: count });
  };

  return {
    rows,
    laps,
    order,
    take({ state: lines, delta, atMs, isState }: TimingMessage): void {
      state = lines;
      for (const row of rows.values()) laps.takeTime(row, atMs, treeAt(lines, row.car));
      let hasMoved = false;
      for (const [key, change] of delta) {
        const row = change instanceof Map ? rowOf(key, atMs) : undefined;
        if (row === undefined || !(change instanceof Map)) continue;
        const line = row.line;
        takeRow(row, { state: treeAt(lines, key), delta: change, atMs }, isState);
        hasMoved ||= line !== row.line;
      }
      if (hasMoved) order.take(rows.values(), atMs);
    },
    /**
     * The session, or a part of it, starts. The cars of a race have no laps then, whatever was counted on the way to the grid.
     * @param isHeard false where it is only known that it has started
     */
    start(atMs: number, isHeard: boolean): void {
      if (hasStarted) return;
      hasStarted = true;
      for (const row of rows.values()) {
        row.laps = isHeard && scope.kind === 'race' ? 0 : (row.laps ?? 0);
        if (row.isRetired && scope.kind === 'race') scope.emit({ type: 'car-not-starting', atMs, car: row.car });
      }
    },
    /** Nothing more comes of the crossings that wait. */
    settle(atMs: number): void {
      for (const row of rows.values()) laps.settle(row, atMs, treeAt(state, row.car));
    },
    /** Cars that go through to the part that begins; `undefined` where the feed has not said who is out. */
    through(): readonly CarNumber[] | undefined {
      const all = [...rows.values()];
      return all.some(({ isKnockedOut }) => isKnockedOut)
        ? all.filter(({ isKnockedOut }) => !isKnockedOut).map(({ car }) => car)
        : undefined;
    },
  };
}
export type TimingData = ReturnType<typeof createTimingData>;
