import type { TrackFlag } from '@pitboard/shared/domain/flag.ts';
import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import { parseDuration, parseUtc } from './f1-values.ts';
import { noteWallClock, type SessionScope, showChequered } from './session-scope.ts';
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
export class SessionFacts {
  readonly #scope: SessionScope;
  readonly #hooks: Hooks;
  #status = '';
  #hasStatus = false;
  #seriesTold = 0;
  #flag: TrackFlag | undefined;
  #parts = '';
  #clock = '';
  #starts = 0;

  constructor(scope: SessionScope, hooks: Hooks) {
    this.#scope = scope;
    this.#hooks = hooks;
  }

  takeStatus(tree: Tree, atMs: number): void {
    this.#hasStatus = true;
    this.#takeWord(textAt(tree, 'Status'), atMs, true);
  }

  /** The session stands still: the last word of it was that it was stopped. */
  get isSuspended(): boolean {
    return this.#status === 'Aborted';
  }

  /** Without the topic that says so, a car that ends a lap tells that the session is on. */
  begin(atMs: number): void {
    if (!this.#hasStatus && this.#scope.startedAtMs === undefined) this.#takeWord('Started', atMs, false);
  }

  /** The series of what happened so far: it knows the start that a late listener missed. */
  takeSeries(tree: Tree, { atMs, isState }: { readonly atMs: number; readonly isState: boolean }): void {
    const scope = this.#scope;
    const series = [...treeAt(tree, 'StatusSeries').values()].filter((row) => row instanceof Map);
    for (const row of series.slice(this.#seriesTold)) {
      const epochMs = parseUtc(textAt(row, 'Utc'));
      noteWallClock(scope, epochMs, atMs);
      const { epochOffsetMs } = scope;
      const happenedMs = epochMs === undefined || epochOffsetMs === undefined ? atMs : epochMs - epochOffsetMs;
      // Where the status has its own topic, that is heard as it happens.
      if (isState || !this.#hasStatus) this.#takeWord(textAt(row, 'SessionStatus'), Math.min(happenedMs, atMs), true);
    }
    this.#seriesTold = Math.max(this.#seriesTold, series.length);
    for (const row of treeAt(tree, 'Series').values()) {
      if (row instanceof Map) this.takePart(countAt(row, 'QualifyingPart') ?? 0, atMs);
    }
  }

  takePart(part: number, atMs: number): void {
    const scope = this.#scope;
    if (scope.kind !== 'qualifying' || part <= scope.part || part > MOST_PARTS) return;
    scope.part = part;
    if (scope.isOn && scope.chequeredAtMs === undefined && this.#starts > 0) this.#tellRunning(atMs, false);
  }

  /** @param entries cars that take part in each of the parts */
  takeParts(entries: Tree, atMs: number): void {
    const { kind, name, emit } = this.#scope;
    if (kind !== 'qualifying') return;
    const counts = [...entries.keys()].slice(0, MOST_PARTS).map((key) => countAt(entries, key) ?? 0);
    const parts = partsOf(
      counts.filter((count) => count > 0 && count <= 1000),
      name,
    );
    if (JSON.stringify(parts) === this.#parts) return;
    this.#parts = JSON.stringify(parts);
    emit({ type: 'session-updated', atMs, changes: { parts } });
  }

  takeTrack(tree: Tree, atMs: number): void {
    this.#scope.hasTrackStatus = true;
    this.showFlag(TRACK_FLAG.get(textAt(tree, 'Status')), atMs);
  }

  /** After the chequered flag a race knows no other. */
  showFlag(flag: TrackFlag | undefined, atMs: number): void {
    const { kind, chequeredAtMs, emit } = this.#scope;
    const isOver = chequeredAtMs !== undefined && kind === 'race';
    if (flag === undefined || flag === this.#flag || isOver) return;
    this.#flag = flag;
    emit({ type: 'flag-changed', atMs, flag });
  }

  takeDistance(tree: Tree, atMs: number): void {
    const scope = this.#scope;
    const laps = countAt(tree, 'TotalLaps');
    const isNews = laps !== undefined && laps !== scope.distanceLaps && laps >= 1 && laps <= 10_000;
    if (!isNews || scope.kind !== 'race') return;
    scope.distanceLaps = laps;
    // Two hours may end a race sooner: the leader then has a lap to go after the one on which they are over.
    scope.emit({ type: 'session-updated', atMs, changes: { distance: { laps, lapsAfterTime: 1 } } });
  }

  takeClock(tree: Tree, atMs: number): void {
    const scope = this.#scope;
    noteWallClock(scope, parseUtc(textAt(tree, 'Utc')), atMs);
    const remainingMs = parseDuration(textAt(tree, 'Remaining'));
    const running = flagAt(tree, 'Extrapolating') ?? false;
    const key = `${remainingMs} ${running}`;
    // A race that has not begun shows a clock at zero.
    if (remainingMs === undefined || key === this.#clock || (remainingMs === 0 && !running && !scope.isOn)) return;
    this.#clock = key;
    scope.emit({ type: 'clock', atMs, running, remainingMs });
  }

  #takeWord(said: string, atMs: number, isHeard: boolean): void {
    const scope = this.#scope;
    if (said === this.#status || said === '') return;
    this.#status = said;
    if (said === 'Started') this.#start(atMs, isHeard);
    else if (said === 'Aborted' && scope.isOn) scope.emit({ type: 'session-phase', atMs, phase: 'suspended' });
    else if (said === 'Finished') {
      showChequered(scope, atMs);
      scope.isOn = false;
    } else if (said === 'Finalised' || said === 'Ends') {
      scope.isOn = false;
      this.#hooks.onEnd(atMs, said === 'Ends');
    }
  }

  #start(atMs: number, isHeard: boolean): void {
    const scope = this.#scope;
    const isFirst = this.#starts === 0;
    scope.startedAtMs ??= atMs;
    if (!scope.isOn) this.#starts++;
    scope.isOn = true;
    scope.chequeredAtMs = undefined;
    if (scope.kind === 'qualifying') scope.part = Math.min(MOST_PARTS, Math.max(scope.part, this.#starts));
    this.#tellRunning(isFirst ? scope.startedAtMs : atMs, isFirst);
    this.#hooks.onStart(atMs, isHeard);
  }

  #tellRunning(atMs: number, isFirst: boolean): void {
    const { epochOffsetMs, kind, part, emit } = this.#scope;
    const epochMs = epochOffsetMs === undefined ? -1 : Math.round(atMs + epochOffsetMs);
    const cars = part > 1 ? this.#hooks.carsOfPart() : undefined;
    emit({
      type: 'session-phase',
      atMs,
      phase: 'running',
      ...(isFirst && epochMs >= 0 ? { startEpochMs: epochMs } : {}),
      ...(kind === 'qualifying' && part > 0 ? { part } : {}),
      ...(cars === undefined ? {} : { cars: [...cars] }),
    });
  }
}

function partsOf(entries: readonly number[], session: string): NonNullable<Manifest['parts']> {
  const letter = /sprint|shoot/i.test(session) ? 'SQ' : 'Q';
  const counts = entries.length === 0 ? [undefined, undefined, undefined] : entries;
  return counts.map((_, index) => {
    const advancing = counts[index + 1];
    return { name: `${letter}${index + 1}`, ...(advancing === undefined ? {} : { advancing }) };
  });
}
