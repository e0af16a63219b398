import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceEvent, RaceEventOf } from '@pitboard/shared/protocol/race-event.ts';
import type { RaceState } from '@pitboard/shared/race/race-state.ts';
import { carOf } from '@pitboard/shared/race/race-view.ts';
import { createRaceTimeline, type RaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import { createCrossingLines } from './rmonitor-speaker-crossings.ts';
import { heartbeatLine, shownFlag } from './rmonitor-speaker-heartbeat.ts';
import { entryLines, headLines, rmonitorLine, rmonitorText, runName, timeText } from './rmonitor-speaker-lines.ts';
import { createSpeakerTable } from './rmonitor-speaker-table.ts';
import { createWallClock, type WallClock } from './rmonitor-speaker-wall-clock.ts';

const SECOND_MS = 1000;
const REFRESH_EVERY_MS = 30_000;
/** A race that nobody closes is closed so long after its last fact. */
const CLOSED_AFTER_MS = 5000;
const RUN = 1;
/** The number that Orbits gives to a run that is over. */
const CLOSED_RUN = 95;

/** Facts that change no table but by a crossing of the finish line. */
const TABLE_BLIND: ReadonlySet<RaceEvent['type']> = new Set(['passing', 'position', 'clock', 'pit-entry', 'pit-exit']);

export type SpeakerOptions = {
  /** Crossings of all loops and of the pit lane, as IMSA has them told. */
  readonly imsa?: boolean | undefined;
};

/** A race as a timing computer would tell it in RMonitor. Lines are without their ends. */
export type RmonitorSpeaker = {
  /** Session time of the first fact, and of the moment at which all is told. */
  readonly startMs: number;
  readonly endMs: number;
  /** What is said after the last moment asked for, up to this one. */
  advance(atMs: number): readonly string[];
  /** What one who connects now hears first: everything as it stands. */
  dump(): readonly string[];
};

/** Pure: the same race is told in the same lines, whoever asks when. */
export function createRmonitorSpeaker(
  race: { readonly manifest: Manifest; readonly events: readonly RaceEvent[] },
  options: SpeakerOptions = {},
): RmonitorSpeaker {
  return new Speaker(race, options);
}

class Speaker implements RmonitorSpeaker {
  readonly startMs: number;
  readonly endMs: number;
  readonly #timeline: RaceTimeline;
  /** What happened, in its order, without what was withdrawn. */
  readonly #events: readonly RaceEvent[];
  readonly #options: SpeakerOptions;
  readonly #wall: WallClock;
  readonly #table = createSpeakerTable();
  readonly #tellCrossing: ReturnType<typeof createCrossingLines>;
  readonly #competitors = new Map<string, string>();
  #next = 0;
  #tickMs: number;
  #state: RaceState;
  #isBegun = false;
  #isClosed = false;

  constructor(
    { manifest, events }: { readonly manifest: Manifest; readonly events: readonly RaceEvent[] },
    options: SpeakerOptions,
  ) {
    this.#options = options;
    this.#timeline = createRaceTimeline(manifest);
    this.#timeline.append(events);
    this.#events = inOrder(events);
    this.startMs = this.#timeline.startMs;
    const closed = this.#events.find((event) => event.type === 'session-phase' && event.phase === 'closed');
    this.endMs = closed?.atMs ?? this.#timeline.headAtMs + CLOSED_AFTER_MS;
    this.#tickMs = Math.ceil(this.startMs / SECOND_MS) * SECOND_MS;
    this.#state = this.#timeline.viewAt(this.startMs - 1).state;
    this.#wall = createWallClock(this.#timeline.viewAt(this.endMs).state);
    this.#tellCrossing = createCrossingLines(this.#wall);
  }

  advance(atMs: number): readonly string[] {
    const lines = this.#isBegun ? [] : this.#begin();
    for (;;) {
      const eventMs = this.#events[this.#next]?.atMs ?? Number.POSITIVE_INFINITY;
      const endMs = this.#isClosed ? Number.POSITIVE_INFINITY : this.endMs;
      const nextMs = Math.min(eventMs, endMs, this.#tickMs);
      if (nextMs > atMs) return lines;
      if (nextMs === eventMs) lines.push(...this.#onFacts(eventMs));
      else if (nextMs === endMs) lines.push(...this.#onEnd());
      else lines.push(...this.#onTick());
    }
  }

  dump(): readonly string[] {
    return [...this.#refresh(), this.#heartbeat(this.#tickMs - SECOND_MS)];
  }

  #begin(): string[] {
    this.#isBegun = true;
    this.#entryChanges();
    this.#table.changes(this.#state);
    return [rmonitorLine('I', this.#wall.timeOfDay(this.startMs), this.#wall.date(this.startMs)), ...this.#refresh()];
  }

  #refresh(): readonly string[] {
    const { manifest } = this.#state;
    return [this.#run(), ...headLines(manifest), ...this.#competitors.values(), ...this.#table.rows()];
  }

  #run(): string {
    return rmonitorLine('B', this.#isClosed ? CLOSED_RUN : RUN, runName(this.#state.manifest));
  }

  #onTick(): readonly string[] {
    const atMs = this.#tickMs;
    this.#tickMs += SECOND_MS;
    return [this.#heartbeat(atMs), ...(atMs % REFRESH_EVERY_MS === 0 ? this.#refresh() : [])];
  }

  #onEnd(): readonly string[] {
    this.#isClosed = true;
    return [this.#run(), this.#heartbeat(this.endMs)];
  }

  /** Everything that happened at one moment. */
  #onFacts(atMs: number): readonly string[] {
    const before = this.#state;
    this.#state = this.#timeline.viewAt(atMs).state;
    const lines: string[] = before.manifest === this.#state.manifest ? [] : [...this.#headChanges(before)];
    let isLeadersCrossing = false;
    const fromFact = this.#next;
    for (; this.#events[this.#next]?.atMs === atMs; this.#next++) {
      const event = this.#events[this.#next] as RaceEvent;
      if (this.#options.imsa === true) lines.push(...this.#tellCrossing(event, this.#state));
      if (event.type !== 'passing') continue;
      lines.push(...this.#onPassing(event));
      isLeadersCrossing ||= event.loop === finishOf(this.#state) && this.#table.isLeader(event.car);
    }
    const isQuiet = this.#events.slice(fromFact, this.#next).every(({ type }) => TABLE_BLIND.has(type));
    if (!isQuiet) lines.push(...this.#entryChanges(), ...this.#table.changes(this.#state));
    if (isLeadersCrossing || this.#isNewFlag(before)) lines.push(this.#heartbeat(atMs));
    return lines;
  }

  #onPassing({ car: number, loop }: RaceEventOf<'passing'>): readonly string[] {
    const car = carOf(this.#state, number);
    if (car === undefined) return [];
    if (loop !== finishOf(this.#state)) {
      return this.#table.catchUp(this.#state, car) ? this.#table.changes(this.#state, number) : [];
    }
    const crossing = this.#table.cross(this.#state, car);
    if (crossing === undefined) return [];
    const times = [crossing.lapTimeMs, crossing.totalMs].map(timeText);
    return [rmonitorLine('J', rmonitorText(number, 8), ...times), ...this.#table.changes(this.#state, number)];
  }

  #headChanges({ manifest }: RaceState): readonly string[] {
    const known = new Set(headLines(manifest));
    return headLines(this.#state.manifest).filter((line) => !known.has(line));
  }

  /** Lines of competitors that are not as they were told last. */
  #entryChanges(): readonly string[] {
    const { manifest } = this.#state;
    return manifest.entries.flatMap((entry) => {
      const status = this.#options.imsa === true ? statusText(this.#state, entry.car) : undefined;
      return entryLines(entry, manifest, status).filter((line, index) => {
        const key = `${index}${entry.car}`;
        const isNew = this.#competitors.get(key) !== line;
        this.#competitors.set(key, line);
        return isNew;
      });
    });
  }

  #heartbeat(atMs: number): string {
    const lapsOfLeader = this.#table.lapsOfLeader();
    return heartbeatLine({ state: this.#state, atMs, lapsOfLeader, isClosed: this.#isClosed, wall: this.#wall });
  }

  #isNewFlag(before: RaceState): boolean {
    return shownFlag(before, this.#isClosed) !== shownFlag(this.#state, this.#isClosed);
  }
}

function inOrder(events: readonly RaceEvent[]): readonly RaceEvent[] {
  const withdrawn = new Set(
    events.flatMap((event) => (event.type === 'passing-withdrawn' ? [event.withdrawnSeq] : [])),
  );
  const kept = events.filter(({ type, seq }) => type !== 'passing' || !withdrawn.has(seq));
  return kept.toSorted((one, other) => one.atMs - other.atMs || one.seq - other.seq);
}

function finishOf({ manifest }: RaceState): string | undefined {
  return manifest.circuit.loops[0]?.id;
}

function statusText(state: RaceState, car: string): string {
  const status = carOf(state, car)?.status;
  if (status === 'retired') return 'Retired';
  return status === 'disqualified' ? 'Excluded' : '';
}
