import type { TrackFlag } from '@pitboard/shared/domain/flag.ts';
import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import { parseDuration, parseUtc } from './f1-values.ts';
import { type SessionScope, showChequered } from './session-scope.ts';
import { countAt, flagAt, type Tree, textAt, treeAt } from './state-tree.ts';

/** By the number of the state; 3 is not in use. The virtual safety car stands until the track is clear again. */
const TRACK_FLAG: ReadonlyMap<string, TrackFlag> = new Map([
  ['1', 'green'],
  ['2', 'yellow'],
  ['4', 'safety-car'],
  ['5', 'red'],
  ['6', 'virtual-safety-car'],
  ['7', 'virtual-safety-car'],
]);

const MOST_PARTS = 10;

type Hooks = {
  /** Cars that take part in the part that begins; `undefined` where the feed has not said who is out. */
  readonly carsOfPart: () => readonly CarNumber[] | undefined;
  /** The session, or a part of it, begins. */
  readonly onStart: (atMs: number, isHeard: boolean) => void;
  /** The session is over for good; `isClosed`: nothing more will come. */
  readonly onEnd: (atMs: number, isClosed: boolean) => void;
};

/** The course of the session: its phases and parts, the state of the track, the distance, the clock. */
export function createSessionFacts(scope: SessionScope, { carsOfPart, onStart, onEnd }: Hooks) {
  let status = '';
  let hasStatus = false;
  let seriesTold = 0;
  let flag: TrackFlag | undefined;
  let distance = '';
  let parts = '';
  let clock = '';
  let starts = 0;

  const start = (atMs: number, isHeard: boolean): void => {
    const isFirst = scope.startedAtMs === undefined || starts === 0;
    scope.startedAtMs ??= atMs;
    if (!scope.isOn) starts++;
    scope.isOn = true;
    scope.chequeredAtMs = undefined;
    if (scope.kind === 'qualifying') scope.part = Math.min(MOST_PARTS, Math.max(scope.part, starts));
    tellRunning(isFirst ? scope.startedAtMs : atMs, isFirst);
    onStart(atMs, isHeard);
  };
  const takeWord = (said: string, atMs: number, isHeard = true): void => {
    if (said === status || said === '') return;
    status = said;
    if (said === 'Started') start(atMs, isHeard);
    else if (said === 'Aborted' && scope.isOn) scope.emit({ type: 'session-phase', atMs, phase: 'suspended' });
    else if (said === 'Finished') {
      showChequered(scope, atMs);
      scope.isOn = false;
    } else if (said === 'Finalised' || said === 'Ends') {
      scope.isOn = false;
      onEnd(atMs, said === 'Ends');
    }
  };
  const tellRunning = (atMs: number, isFirst: boolean): void => {
    const epochMs = scope.epochOffsetMs === undefined ? undefined : (scope.startedAtMs ?? atMs) + scope.epochOffsetMs;
    const cars = scope.part > 1 ? carsOfPart() : undefined;
    scope.emit({
      type: 'session-phase',
      atMs,
      phase: 'running',
      ...(isFirst && epochMs !== undefined && epochMs >= 0 ? { startEpochMs: Math.round(epochMs) } : {}),
      ...(scope.kind === 'qualifying' && scope.part > 0 ? { part: scope.part } : {}),
      ...(cars === undefined ? {} : { cars: [...cars] }),
    });
  };

  return {
    takeStatus(tree: Tree, atMs: number): void {
      hasStatus = true;
      takeWord(textAt(tree, 'Status'), atMs);
    },
    /** Without the topic that says so, a car that ends a lap tells that the session is on. */
    begin(atMs: number): void {
      if (!hasStatus && scope.startedAtMs === undefined) takeWord('Started', atMs, false);
    },
    /** The series of what happened so far: it knows the start that a late listener missed. */
    takeSeries(tree: Tree, { atMs, isState }: { readonly atMs: number; readonly isState: boolean }): void {
      const series = [...treeAt(tree, 'StatusSeries').values()].filter((row) => row instanceof Map);
      for (const row of series.slice(seriesTold)) {
        const epochMs = parseUtc(textAt(row, 'Utc'));
        if (epochMs !== undefined && !isState) scope.epochOffsetMs ??= epochMs - atMs;
        const happenedMs =
          epochMs === undefined || scope.epochOffsetMs === undefined ? atMs : epochMs - scope.epochOffsetMs;
        // Where the status has its own topic, that is heard as it happens.
        if (isState || !hasStatus) takeWord(textAt(row, 'SessionStatus'), Math.min(happenedMs, atMs));
      }
      seriesTold = Math.max(seriesTold, series.length);
      for (const [, row] of treeAt(tree, 'Series')) {
        if (row instanceof Map) this.takePart(countAt(row, 'QualifyingPart') ?? 0, atMs);
      }
    },
    takePart(part: number, atMs: number): void {
      if (scope.kind !== 'qualifying' || part <= scope.part || part > MOST_PARTS) return;
      scope.part = part;
      if (scope.isOn && scope.chequeredAtMs === undefined && starts > 0) tellRunning(atMs, false);
    },
    takeParts(entries: Tree, atMs: number): void {
      if (scope.kind !== 'qualifying') return;
      const counts = [...entries.keys()].slice(0, 10).map((key) => countAt(entries, key) ?? 0);
      const list = partsOf(
        counts.filter((count) => count > 0 && count <= 1000),
        scope.name,
      );
      if (JSON.stringify(list) === parts) return;
      parts = JSON.stringify(list);
      scope.emit({ type: 'session-updated', atMs, changes: { parts: list } });
    },
    takeTrack(tree: Tree, atMs: number): void {
      scope.hasTrackStatus = true;
      this.showFlag(TRACK_FLAG.get(textAt(tree, 'Status')), atMs);
    },
    /** After the chequered flag a race knows no other. */
    showFlag(shown: TrackFlag | undefined, atMs: number): void {
      const isOver = scope.chequeredAtMs !== undefined && scope.kind === 'race';
      if (shown === undefined || shown === flag || isOver) return;
      flag = shown;
      scope.emit({ type: 'flag-changed', atMs, flag: shown });
    },
    takeDistance(tree: Tree, atMs: number): void {
      const laps = countAt(tree, 'TotalLaps');
      if (scope.kind !== 'race' || laps === undefined || laps < 1 || laps > 10_000 || String(laps) === distance) return;
      distance = String(laps);
      // Two hours may end a race sooner: the leader then has a lap to go after the one on which they are over.
      scope.emit({ type: 'session-updated', atMs, changes: { distance: { laps, lapsAfterTime: 1 } } });
    },
    takeClock(tree: Tree, atMs: number): void {
      const epochMs = parseUtc(textAt(tree, 'Utc'));
      if (epochMs !== undefined) scope.epochOffsetMs ??= epochMs - atMs;
      const remainingMs = parseDuration(textAt(tree, 'Remaining'));
      const running = flagAt(tree, 'Extrapolating') ?? false;
      const key = `${remainingMs} ${running}`;
      // A race that has not begun shows a clock at zero.
      if (remainingMs === undefined || key === clock || (remainingMs === 0 && !running && !scope.isOn)) return;
      clock = key;
      scope.emit({ type: 'clock', atMs, running, remainingMs });
    },
  };
}

function partsOf(entries: readonly number[], session: string): NonNullable<Manifest['parts']> {
  const letter = /sprint|shoot/i.test(session) ? 'SQ' : 'Q';
  const counts = entries.length === 0 ? [undefined, undefined, undefined] : entries;
  return counts.map((_, index) => {
    const advancing = counts[index + 1];
    return { name: `${letter}${index + 1}`, ...(advancing === undefined ? {} : { advancing }) };
  });
}
