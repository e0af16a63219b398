import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { createEntries, type Entries } from './entries.ts';
import { plannedStartOf, sessionUpdateOf } from './f1-manifest.ts';
import { endWithoutWord, tellWhoIsOut, tellWhoWasAbsent } from './home-coming.ts';
import { inflateTopic } from './inflate-topic.ts';
import { RaceControl } from './race-control.ts';
import { isDriven, kindOfRows } from './row-kind.ts';
import { SessionFacts } from './session-facts.ts';
import { createScope, type SessionScope } from './session-scope.ts';
import { createMergedState, type MergedState, type Tree, textAt, treeAt } from './state-tree.ts';
import { createPositions, createWeather } from './surroundings.ts';
import { TimingData } from './timing-data.ts';
import type { ReadTopic } from './topics.ts';
import { createGrid, createTyres } from './tyres.ts';

/** A message of the feed at a time of its clock, in ms. */
export type TimedMessage = {
  readonly topic: ReadTopic;
  readonly data: unknown;
  readonly atMs: number;
  /** The whole state at the time of joining, not a change. */
  readonly isState: boolean;
};

/** What is known of a session before its first message. */
export type KnownBefore = {
  /** From the clock of the feed to the wall clock: 0 where they are the same. */
  readonly epochOffsetMs?: number | undefined;
  /** By how much the count of laps is ahead of their numbers, out of a race. */
  readonly lapsAhead?: number | undefined;
};

/**
 * One session of the feed: merges what each topic brings and tells the facts that follow, in order of arrival, at times of
 * the clock of the feed.
 */
export class F1Session {
  readonly #scope: SessionScope;
  readonly #states = new Map<ReadTopic, MergedState>();
  readonly #entries: Entries;
  readonly #timing: TimingData;
  readonly #session: SessionFacts;
  readonly #control: RaceControl;
  readonly #parts: Parts;
  #toldInfo = '';
  #isOver = false;

  /** @param emit takes facts whose times are of the clock of the feed */
  constructor(emit: (fact: RaceFact) => void, { epochOffsetMs, lapsAhead }: KnownBefore = {}) {
    const scope = createScope(emit, epochOffsetMs);
    scope.lapsAhead = lapsAhead ?? scope.lapsAhead;
    this.#scope = scope;
    this.#entries = createEntries(scope);
    this.#timing = new TimingData(scope, this.#enter);
    this.#session = new SessionFacts(scope, {
      carsOfPart: () => this.#timing.through(),
      onStart: (atMs, isHeard) => this.#timing.start(atMs, isHeard),
      onEnd: (atMs, isClosed) => this.#close(atMs, isClosed),
    });
    this.#control = new RaceControl(scope, {
      rows: this.#timing.rows,
      knows: this.#entries.knows,
      showFlag: (flag, atMs) => this.#session.showFlag(flag, atMs),
    });
    this.#parts = partsOf(scope);
  }

  take(message: TimedMessage): void {
    const { topic, data, atMs } = message;
    const [session, { tyres, grid, weather, positions }] = [this.#session, this.#parts];
    const enter = (car: CarNumber) => this.#enter(car, atMs);
    // Places are told anew each time: there is nothing to merge. The safety cars have some too.
    if (topic === 'Position.z') return positions.take(inflateTopic(data), atMs, this.#entries.knows);
    const tree = this.#merge(message);
    switch (topic) {
      case 'SessionInfo':
        return this.#takeInfo(tree, atMs);
      case 'DriverList':
        return this.#entries.take(tree, atMs);
      case 'SessionData':
        return session.takeSeries(tree, message);
      case 'SessionStatus':
        return session.takeStatus(tree, atMs);
      case 'TrackStatus':
        return session.takeTrack(tree, atMs);
      case 'LapCount':
        return session.takeDistance(tree, atMs);
      case 'ExtrapolatedClock':
        return session.takeClock(tree, atMs);
      case 'TimingAppData':
        grid.take(treeAt(tree, 'Lines'), atMs);
        return tyres.take(treeAt(tree, 'Lines'), atMs, enter);
      case 'TyreStintSeries':
        return tyres.take(treeAt(tree, 'Stints'), atMs, enter);
      case 'TimingData':
        return this.#takeTiming(tree, message);
      case 'RaceControlMessages':
        return this.#control.take(treeAt(tree, 'Messages'), atMs);
      case 'WeatherData':
        return weather.take(tree, atMs);
    }
  }

  /** The recording ends: what was waited for does not come. */
  finish(atMs: number): void {
    this.#timing.settle();
    if (this.#isOver) return;
    if (!this.#session.isSuspended) endWithoutWord(this.#scope, this.#timing.rows.values(), atMs);
    this.#timing.tellFinalOrder(atMs);
  }

  /** When the session started, by the clock of the feed; `undefined` while that is not known. */
  get startedAtMs(): number | undefined {
    return this.#scope.startedAtMs;
  }

  /** The planned start by the clock of the feed. */
  get plannedAtMs(): number | undefined {
    const { epochOffsetMs } = this.#scope;
    const epochMs = plannedStartOf(this.#states.get('SessionInfo')?.tree ?? new Map());
    return epochMs === undefined || epochOffsetMs === undefined ? undefined : epochMs - epochOffsetMs;
  }

  readonly #enter = (car: CarNumber, atMs: number): boolean => this.#entries.enter(car, atMs);

  #merge({ topic, data, isState }: TimedMessage): Tree {
    const merged = this.#states.get(topic) ?? createMergedState();
    this.#states.set(topic, merged);
    if (isState) merged.replace(data);
    else merged.merge(data);
    return merged.tree;
  }

  #takeInfo(info: Tree, atMs: number): void {
    const changes = sessionUpdateOf(info);
    this.#scope.kind = changes.kind ?? 'race';
    this.#scope.name = changes.session ?? '';
    const text = JSON.stringify(changes);
    if (text === this.#toldInfo) return;
    this.#toldInfo = text;
    this.#scope.emit({ type: 'session-updated', atMs, changes });
  }

  #takeTiming(tree: Tree, { data, atMs, isState }: TimedMessage): void {
    const session = this.#session;
    // What changed, in the shape of what is known.
    const { tree: change, merge } = createMergedState();
    merge(data);
    const delta = treeAt(change, 'Lines');
    if (this.#toldInfo === '') this.#takeKind(change, atMs);
    if (isDriven(delta)) session.begin(atMs);
    session.takePart(Number(textAt(tree, 'SessionPart')) || 0, atMs);
    if (change.has('NoEntries') || change.has('SessionPart')) session.takeParts(treeAt(tree, 'NoEntries'), atMs);
    this.#timing.take({ state: treeAt(tree, 'Lines'), delta, atMs, isState });
  }

  /** A recording without `SessionInfo`: what the rows hold tells the kind of session. */
  #takeKind(change: Tree, atMs: number): void {
    const kind = kindOfRows(change);
    if (kind === undefined || kind === this.#scope.kind) return;
    this.#scope.kind = kind;
    this.#scope.emit({ type: 'session-updated', atMs, changes: { kind } });
  }

  #close(atMs: number, isClosed: boolean): void {
    this.#timing.settle();
    tellWhoIsOut(this.#scope, this.#timing.rows.values(), atMs);
    if (!this.#isOver) {
      const { rows } = this.#timing;
      const absent = this.#entries.cars().filter((car) => !rows.has(car));
      tellWhoWasAbsent(this.#scope, absent, atMs);
    }
    this.#isOver = true;
    this.#control.close(atMs);
    this.#scope.emit({ type: 'session-phase', atMs, phase: isClosed ? 'closed' : 'finished' });
    this.#timing.tellFinalOrder(atMs);
  }
}

type Parts = ReturnType<typeof partsOf>;

function partsOf(scope: SessionScope) {
  return {
    tyres: createTyres(scope),
    grid: createGrid(scope),
    weather: createWeather(scope),
    positions: createPositions(scope),
  };
}
