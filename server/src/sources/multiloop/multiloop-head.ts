import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import { UNKNOWN_CIRCUIT } from '@pitboard/shared/domain/names.ts';
import type { Manifest, SessionUpdate } from '@pitboard/shared/protocol/manifest.ts';
import { cleanName } from '../import/names.ts';
import { createCourse, FINISH_LOOP, type MultiloopCourse } from './multiloop-course.ts';
import { MultiloopEntries } from './multiloop-entries.ts';
import type { EntryMessage, MultiloopMessage, Scene, Tell } from './multiloop-message.ts';

const KINDS: Readonly<Record<string, Manifest['kind']>> = {
  P: 'practice',
  Q: 'qualifying',
  S: 'qualifying',
  R: 'race',
};

type RunMessage = Extract<MultiloopMessage, { command: 'R' }>;

/** What stands above the laps of a run: its names, the circuit, who is entered, the grid. */
export class MultiloopHead {
  kind: Manifest['kind'];
  readonly course: MultiloopCourse = createCourse();
  readonly #preamble: string;
  readonly #tell: Tell;
  readonly #nowMs: Scene['nowMs'];
  readonly #entries = new MultiloopEntries();
  #isGridNew = false;
  #named = '';

  constructor(preamble: string, tell: Tell, nowMs: Scene['nowMs']) {
    this.#preamble = preamble;
    this.#tell = tell;
    this.#nowMs = nowMs;
    this.kind = KINDS[preamble.slice(0, 1).toUpperCase()] ?? 'race';
  }

  /** What is known before the first fact. */
  get manifest(): Manifest {
    return {
      event: 'Multiloop timing',
      session: cleanName(this.#preamble) ?? 'Session',
      kind: this.kind,
      circuit: { name: UNKNOWN_CIRCUIT, loops: [FINISH_LOOP] },
      classes: [],
      grid: [],
      championships: [],
      orderAuthority: 'feed',
      rules: { officialOrder: 'feed' },
      dataNotes: [],
      entries: [],
    };
  }

  carOf(uid: string, number: CarNumber): CarNumber | undefined {
    return this.#entries.carOf(uid, number);
  }

  onEntry(car: CarNumber, message: EntryMessage): void {
    const classes = this.#entries.classes.length;
    const entry = this.#entries.onEntry(car, message);
    if (this.#entries.classes.length > classes) this.update({ classes: this.#entries.classes });
    if (entry !== undefined) this.#tell({ type: 'entry-updated', atMs: this.#nowMs(), entry });
    this.onStartPosition(car, message.startPosition);
  }

  onStartPosition(car: CarNumber, position: number): void {
    if (this.#entries.onStartPosition(car, position)) this.#isGridNew = true;
  }

  /** Tells the grid, if it is another than before: once all entries of a dump are in. */
  settleGrid(): void {
    if (!this.#isGridNew || this.kind !== 'race') return;
    this.#isGridNew = false;
    this.update({ grid: this.#entries.grid });
  }

  onRun({ event, name, kind, startEpochMs }: RunMessage): void {
    const key = JSON.stringify([event, name, kind, startEpochMs]);
    if (key === this.#named) return;
    this.#named = key;
    this.kind = KINDS[kind.toUpperCase()] ?? this.kind;
    const [eventName, session] = [cleanName(event), cleanName(name)];
    this.update({
      ...(eventName === undefined ? {} : { event: eventName }),
      ...(session === undefined ? {} : { session }),
      kind: this.kind,
      ...(startEpochMs > 0 ? { startEpochMs } : {}),
    });
  }

  onTrack(message: Extract<MultiloopMessage, { command: 'T' }>): void {
    if (this.course.onTrack(message)) this.update({ circuit: this.course.circuit });
  }

  /** A line of the track that was crossed. */
  learnLine(line: string): void {
    if (this.course.learn(line)) this.update({ circuit: this.course.circuit });
  }

  update(changes: SessionUpdate): void {
    this.#tell({ type: 'session-updated', atMs: this.#nowMs(), changes });
  }
}
