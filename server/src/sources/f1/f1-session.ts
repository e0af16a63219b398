import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import type { SessionKind } from '@pitboard/shared/domain/status.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { createEntries } from './entries.ts';
import { plannedStartOf, sessionKeyOf, sessionUpdateOf } from './f1-manifest.ts';
import { tellWhoIsOut } from './home-coming.ts';
import { inflateTopic } from './inflate-topic.ts';
import { createRaceControl } from './race-control.ts';
import { createSessionFacts } from './session-facts.ts';
import { createScope } from './session-scope.ts';
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

export type F1Session = {
  take(message: TimedMessage): void;
  /** The recording ends: what was waited for does not come. */
  finish(atMs: number): void;
  /** When the session started, by the clock of the feed; `undefined` while that is not known. */
  startedAtMs(): number | undefined;
  /** The planned start by the clock of the feed. */
  plannedAtMs(): number | undefined;
  /** Of the session that `SessionInfo` names; '' before it does. */
  key(): string;
  /** Add it to a time of the feed to have the wall clock. */
  epochOffsetMs(): number | undefined;
};

/**
 * One session of the feed: merges what each topic brings and tells the facts that follow, in order of arrival, at times of
 * the clock of the feed.
 */
export function createF1Session(emit: (fact: RaceFact) => void, known: KnownBefore = {}): F1Session {
  const scope = createScope(emit, known.epochOffsetMs);
  scope.lapsAhead = known.lapsAhead ?? scope.lapsAhead;
  const states = new Map<ReadTopic, MergedState>();
  const entries = createEntries(scope);
  const enter = (car: CarNumber, atMs: number) => entries.enter(car, atMs);
  const timing = new TimingData(scope, enter);
  const session = createSessionFacts(scope, {
    carsOfPart: () => timing.through(),
    onStart: (atMs, isHeard) => timing.start(atMs, isHeard),
    onEnd: (atMs, isClosed) => close(atMs, isClosed),
  });
  const control = createRaceControl(scope, {
    rows: timing.rows,
    enter,
    showFlag: (flag, atMs) => session.showFlag(flag, atMs),
  });
  const [tyres, grid, weather, positions] = [
    createTyres(scope),
    createGrid(scope),
    createWeather(scope),
    createPositions(scope),
  ];
  let toldInfo = '';
  let isOver = false;

  const mergedOf = ({ topic, data, isState }: TimedMessage) => {
    const merged = states.get(topic) ?? createMergedState();
    states.set(topic, merged);
    if (isState) merged.replace(data);
    else merged.merge(data);
    return merged.tree;
  };
  const takeInfo = (message: TimedMessage): void => {
    const info = mergedOf(message);
    const changes = sessionUpdateOf(info);
    scope.kind = changes.kind ?? 'race';
    scope.name = changes.session ?? '';
    const text = JSON.stringify(changes);
    if (text === toldInfo) return;
    toldInfo = text;
    emit({ type: 'session-updated', atMs: message.atMs, changes });
  };
  /** A recording without `SessionInfo`: what the rows hold tells the kind of session. */
  const takeKind = (change: Tree, atMs: number): void => {
    const kind = kindOfRows(change);
    if (kind === undefined || kind === scope.kind) return;
    scope.kind = kind;
    emit({ type: 'session-updated', atMs, changes: { kind } });
  };
  const close = (atMs: number, isClosed: boolean): void => {
    timing.settle();
    tellWhoIsOut(scope, timing.rows.values(), atMs);
    control.close(atMs);
    isOver = true;
    emit({ type: 'session-phase', atMs, phase: isClosed ? 'closed' : 'finished' });
    timing.tellFinalOrder(atMs);
  };
  const takeTiming = (message: TimedMessage): void => {
    const { atMs, isState } = message;
    const tree = mergedOf(message);
    // What changed, in the shape of what is known.
    const change = createMergedState();
    change.merge(message.data);
    const delta = treeAt(change.tree, 'Lines');
    if (toldInfo === '') takeKind(change.tree, atMs);
    if (isDriven(delta)) session.begin(atMs);
    session.takePart(Number(textAt(tree, 'SessionPart')) || 0, atMs);
    if (change.tree.has('NoEntries') || change.tree.has('SessionPart'))
      session.takeParts(treeAt(tree, 'NoEntries'), atMs);
    timing.take({ state: treeAt(tree, 'Lines'), delta, atMs, isState });
  };

  const take = (message: TimedMessage): void => {
    const { topic, atMs } = message;
    switch (topic) {
      case 'SessionInfo':
        return takeInfo(message);
      case 'DriverList':
        return entries.take(mergedOf(message), atMs);
      case 'SessionData':
        return session.takeSeries(mergedOf(message), message);
      case 'SessionStatus':
        return session.takeStatus(mergedOf(message), atMs);
      case 'TrackStatus':
        return session.takeTrack(mergedOf(message), atMs);
      case 'LapCount':
        return session.takeDistance(mergedOf(message), atMs);
      case 'ExtrapolatedClock':
        return session.takeClock(mergedOf(message), atMs);
      case 'TimingAppData': {
        const lines = treeAt(mergedOf(message), 'Lines');
        grid.take(lines, atMs);
        return tyres.take(lines, atMs, (car) => enter(car, atMs));
      }
      case 'TyreStintSeries':
        return tyres.take(treeAt(mergedOf(message), 'Stints'), atMs, (car) => enter(car, atMs));
      case 'TimingData':
        return takeTiming(message);
      case 'RaceControlMessages':
        return control.take(treeAt(mergedOf(message), 'Messages'), atMs);
      case 'WeatherData':
        return weather.take(mergedOf(message), atMs);
      case 'Position.z':
        return positions.take(inflateTopic(message.data), atMs, (car) => enter(car, atMs));
    }
  };
  return {
    take,
    finish: (atMs) => {
      timing.settle();
      if (!isOver) timing.tellFinalOrder(atMs);
    },
    startedAtMs: () => scope.startedAtMs,
    plannedAtMs: () => {
      const epochMs = plannedStartOf(states.get('SessionInfo')?.tree ?? new Map());
      return epochMs === undefined || scope.epochOffsetMs === undefined ? undefined : epochMs - scope.epochOffsetMs;
    },
    key: () => sessionKeyOf(states.get('SessionInfo')?.tree ?? new Map()),
    epochOffsetMs: () => scope.epochOffsetMs,
  };
}

function kindOfRows(change: Tree): SessionKind | undefined {
  if ((Number(textAt(change, 'SessionPart')) || 0) > 0) return 'qualifying';
  for (const row of treeAt(change, 'Lines').values()) {
    if (!(row instanceof Map)) continue;
    if (row.has('KnockedOut') || row.has('Stats')) return 'qualifying';
    if (row.has('TimeDiffToFastest') || row.has('TimeDiffToPositionAhead')) return 'practice';
  }
  return undefined;
}

/** A change, not a whole row, in which a car ends a lap. */
function isDriven(delta: ReadonlyMap<string, unknown>): boolean {
  return [...delta.values()].some((row) => row instanceof Map && row.has('NumberOfLaps') && !row.has('RacingNumber'));
}
