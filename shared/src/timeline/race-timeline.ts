import type { Manifest } from '../protocol/manifest.ts';
import type { RaceEvent } from '../protocol/race-event.ts';
import { initialRaceState } from '../race/initial-state.ts';
import type { RaceHistory } from '../race/race-history.ts';
import type { RaceState } from '../race/race-state.ts';
import type { RaceView } from '../race/race-view.ts';
import { foldRace } from '../race/reduce-race.ts';
import { EventLog } from './event-log.ts';
import { HistoryWriter } from './history-writer.ts';

/** A log and every moment of it. */
export type RaceTimeline = {
  /** As it stood when the timeline was made; later parts are in `RaceState.manifest`. */
  readonly manifest: Manifest;
  /** 0 while empty. */
  readonly headSeq: number;
  /** Session time of the earliest and of the newest event; 0 while empty. */
  readonly startMs: number;
  readonly headAtMs: number;
  readonly history: RaceHistory;
  /** States kept to start a seek from. */
  readonly keyframes: number;
  /**
   * Takes in events that follow on `headSeq`; repeats are left out.
   * @throws {SequenceGapError} when events between are missing
   */
  append(events: readonly RaceEvent[]): void;
  events(fromSeq: number, count: number): readonly RaceEvent[];
  /** The race at a moment: the same as folding everything up to it from zero. */
  viewAt(atMs: number): RaceView;
};

/** Fewer: slower seeks. More: more memory, each holds on to the cars that changed since the one before. */
const EVENTS_PER_KEYFRAME = 1000;

type Keyframe = { readonly count: number; readonly state: RaceState };

export function createRaceTimeline(manifest: Manifest): RaceTimeline {
  return new IndexedTimeline(manifest);
}

class IndexedTimeline implements RaceTimeline {
  readonly manifest: Manifest;
  readonly #log = new EventLog();
  readonly #writer = new HistoryWriter();
  /** In order of `count`; the first is the race before its first event. */
  readonly #keyframes: Keyframe[];
  #head: Keyframe;
  /** The state that was looked at last: a playhead that moves on folds from there. */
  #cursor: Keyframe;

  constructor(manifest: Manifest) {
    this.manifest = manifest;
    this.#head = { count: 0, state: initialRaceState(manifest) };
    this.#cursor = this.#head;
    this.#keyframes = [this.#head];
  }

  get headSeq(): number {
    return this.#log.headSeq;
  }
  get startMs(): number {
    return this.#log.happened[0]?.atMs ?? 0;
  }
  get headAtMs(): number {
    return this.#log.happened.at(-1)?.atMs ?? 0;
  }
  get history(): RaceHistory {
    return this.#writer.history;
  }
  get keyframes(): number {
    return this.#keyframes.length;
  }

  append(events: readonly RaceEvent[]): void {
    const changedFrom = this.#log.append(events);
    if (changedFrom < this.#head.count) this.#rewind(changedFrom);
    this.#index();
  }

  events(fromSeq: number, count: number): readonly RaceEvent[] {
    return this.#log.arrived(fromSeq, count);
  }

  viewAt(atMs: number): RaceView {
    const count = this.#log.countUntil(atMs);
    const base = this.#baseFor(count);
    if (base.count !== count || this.#cursor.count !== count) {
      this.#cursor = { count, state: foldRace(base.state, this.#log.happened.slice(base.count, count)) };
    }
    return { nowMs: atMs, state: this.#cursor.state, history: this.history };
  }

  /** The nearest known state with at most `count` events. */
  #baseFor(count: number): Keyframe {
    if (this.#head.count === count) return this.#head;
    let base = this.#keyframes[this.#keyframeFor(count)] as Keyframe;
    if (this.#cursor.count <= count && this.#cursor.count > base.count) base = this.#cursor;
    return base;
  }

  #keyframeFor(count: number): number {
    let low = 0;
    let high = this.#keyframes.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#keyframes[middle] as Keyframe).count <= count) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Folds what is new, writing history and keyframes. */
  #index(): void {
    const { happened } = this.#log;
    while (this.#head.count < happened.length) {
      const last = this.#keyframes.at(-1) as Keyframe;
      const end = endOfMoment(happened, Math.max(last.count + EVENTS_PER_KEYFRAME, this.#head.count + 1));
      const batch = happened.slice(this.#head.count, end);
      this.#head = { count: this.#head.count + batch.length, state: foldRace(this.#head.state, batch, this.#writer) };
      if (this.#head.count - last.count >= EVENTS_PER_KEYFRAME) this.#keyframes.push(this.#head);
    }
  }

  /** Goes back to a keyframe before a place in the log that has changed. */
  #rewind(place: number): void {
    let keyframe = this.#keyframeFor(place);
    while (keyframe > 0 && this.#cutsMoment(this.#keyframes[keyframe] as Keyframe)) keyframe--;
    this.#keyframes.length = keyframe + 1;
    this.#head = this.#keyframes[keyframe] as Keyframe;
    this.#writer.rewind(this.#head.state.atMs);
    if (this.#cursor.count > this.#head.count) this.#cursor = this.#head;
  }

  /** History goes back by time: a keyframe with more to come at its own moment is no place to go back to. */
  #cutsMoment(keyframe: Keyframe): boolean {
    return this.#log.happened[keyframe.count]?.atMs === keyframe.state.atMs;
  }
}

/** The first place from `place` on that does not cut a moment in two. */
function endOfMoment(happened: readonly RaceEvent[], place: number): number {
  let end = Math.min(place, happened.length);
  while (end < happened.length && (happened[end] as RaceEvent).atMs === (happened[end - 1] as RaceEvent).atMs) end++;
  return end;
}
