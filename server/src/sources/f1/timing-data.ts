import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import { BestLaps } from './best-laps.ts';
import { type CarRow, createCarRow } from './car-row.ts';
import { CarStatuses } from './car-status.ts';
import { createFeedOrder } from './feed-order.ts';
import { type CarMessage, Laps } from './laps.ts';
import { carOf, type SessionScope, showChequered } from './session-scope.ts';
import { countAt, flagAt, type Tree, textAt, treeAt } from './state-tree.ts';

const MOST_PLACES = 1000;
const LONGEST_RACE_LAPS = 100_000;

type TimingMessage = {
  /** The rows as they are now, by car, and what the message changed in them. */
  readonly state: Tree;
  readonly delta: Tree;
  readonly atMs: number;
  /** The whole state as it was when this end began to listen: nothing in it happens now. */
  readonly isState: boolean;
};

/** Everything that `TimingData` tells of the cars. */
export class TimingData {
  readonly rows = new Map<CarNumber, CarRow>();
  readonly #scope: SessionScope;
  readonly #enter: (car: CarNumber, atMs: number) => boolean;
  readonly #order: ReturnType<typeof createFeedOrder>;
  readonly #bests: BestLaps;
  readonly #laps: Laps;
  readonly #statuses: CarStatuses;
  #state: Tree = new Map();
  #hasStarted = false;

  /** @param enter enters a car that is not known yet; false for what cannot be one */
  constructor(scope: SessionScope, enter: (car: CarNumber, atMs: number) => boolean) {
    this.#scope = scope;
    this.#enter = enter;
    this.#order = createFeedOrder(scope);
    this.#bests = new BestLaps(scope);
    this.#laps = new Laps({ scope, bests: this.#bests, onLine: (row, atMs) => this.#onLine(row, atMs) });
    this.#statuses = new CarStatuses(scope);
  }

  take({ state, delta, atMs, isState }: TimingMessage): void {
    this.#state = state;
    for (const row of this.rows.values()) {
      this.#laps.takeTime(row, atMs, treeAt(state, row.car));
      this.#bests.prove(row, atMs);
    }
    let hasMoved = false;
    for (const [key, change] of delta) {
      const row = change instanceof Map ? this.#rowOf(key, atMs) : undefined;
      if (row === undefined || !(change instanceof Map)) continue;
      const { line } = row;
      this.#takeRow(row, { state: treeAt(state, key), delta: change, atMs }, isState);
      hasMoved ||= line !== row.line;
    }
    if (hasMoved) this.#order.take(this.rows.values(), atMs);
  }

  /**
   * The session, or a part of it, starts. The cars of a race have no laps then, whatever was counted on the way to the grid.
   * @param isHeard false where it is only known that it has started
   */
  start(atMs: number, isHeard: boolean): void {
    if (this.#hasStarted) return;
    this.#hasStarted = true;
    const isRace = this.#scope.kind === 'race';
    for (const row of this.rows.values()) {
      row.laps = isHeard && isRace ? 0 : (row.laps ?? 0);
      if (row.isRetired && isRace) this.#scope.emit({ type: 'car-not-starting', atMs, car: row.car });
    }
  }

  /** Nothing more comes of the crossings that wait. */
  settle(): void {
    for (const row of this.rows.values()) this.#laps.settle(row, treeAt(this.#state, row.car));
  }

  /** The order as it is in the end, if there was an end. */
  tellFinalOrder(atMs: number): void {
    if (this.#scope.chequeredAtMs !== undefined) this.#order.take(this.rows.values(), atMs, true);
  }

  /** Cars that go through to the part that begins; `undefined` where the feed has not said who is out. */
  through(): readonly CarNumber[] | undefined {
    const all = [...this.rows.values()];
    const left = all.filter(({ isKnockedOut }) => !isKnockedOut);
    return left.length === all.length ? undefined : left.map(({ car }) => car);
  }

  #rowOf(key: string, atMs: number): CarRow | undefined {
    const car = carOf(key);
    if (car === undefined || !this.#enter(car, atMs)) return undefined;
    const row = this.rows.get(car) ?? createCarRow(car);
    this.rows.set(car, row);
    return row;
  }

  #takeRow(row: CarRow, message: CarMessage, isState: boolean): void {
    const { state, delta, atMs } = message;
    const { startedAtMs, kind } = this.#scope;
    const place = countAt(delta, 'Line') ?? countAt(delta, 'Position');
    if (place !== undefined && place >= 1 && place <= MOST_PLACES) row.line = place;
    row.isKnockedOut = flagAt(state, 'KnockedOut') ?? false;
    this.#takeGaps(row, delta, atMs);
    // A row that comes whole is where the car stands, not what it does; before the start nobody drives a lap.
    const isBaseline = isState || delta.has('RacingNumber') || startedAtMs === undefined;
    // The way out of the garage may end a lap, which then ends in the lane.
    const isWayOut = delta.has('NumberOfLaps') && flagAt(delta, 'InPit') === false;
    if (!isWayOut) this.#statuses.takePit(row, message, isBaseline);
    if (isBaseline) this.#takeBaseline(row, message);
    else this.#laps.take(row, message);
    if (isWayOut) this.#statuses.takePit(row, message, isBaseline);
    this.#statuses.takeStatus(row, message);
    if (delta.has('BestLapTimes')) this.#bests.takeParts(row, treeAt(state, 'BestLapTimes'), atMs);
    if (delta.has('BestLapTime')) this.#bests.take(row, state, atMs);
    if (row.hasFlag && row.line === 1 && kind === 'race') showChequered(this.#scope, atMs);
  }

  #takeGaps(row: CarRow, delta: Tree, atMs: number): void {
    if (delta.has('GapToLeader')) {
      this.#order.takeGap(row, 'leader', { text: textAt(delta, 'GapToLeader'), atMs });
    }
    const ahead = treeAt(delta, 'IntervalToPositionAhead');
    if (ahead.has('Value')) this.#order.takeGap(row, 'car-ahead', { text: textAt(ahead, 'Value'), atMs });
  }

  /** Laps that were driven before anybody listened have no crossings; of a car that is out they are told all the same. */
  #takeBaseline(row: CarRow, { delta, atMs }: CarMessage): void {
    const { startedAtMs, kind, lapsAhead, emit } = this.#scope;
    const count = countAt(delta, 'NumberOfLaps');
    // A row that is whole and says nothing of laps is that of a car without any.
    if (count === undefined && delta.has('Sectors') && startedAtMs !== undefined) row.laps ??= 0;
    if (count === undefined || count === row.laps || count > LONGEST_RACE_LAPS) return;
    Object.assign(row, { laps: count, loop: 0, pending: undefined });
    const isOut = row.isKnockedOut || flagAt(delta, 'Retired') === true || flagAt(delta, 'Stopped') === true;
    const lapNumber = kind === 'race' ? count : count - lapsAhead;
    if (!isOut || lapNumber < 1 || (kind !== 'race' && !row.isKnockedOut) || startedAtMs === undefined) return;
    emit({ type: 'passing', atMs, car: row.car, loop: 'SF', lapNumber });
  }

  #onLine(row: CarRow, atMs: number): void {
    this.#order.atLine(row, atMs);
    if (!row.isBlueFlagged) return;
    row.isBlueFlagged = false;
    this.#scope.emit({ type: 'flag-changed', atMs, flag: 'green', car: row.car });
  }
}
