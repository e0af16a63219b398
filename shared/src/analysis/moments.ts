import type { Manifest } from '../protocol/manifest.ts';
import { type RaceHistory, until } from '../race/race-history.ts';
import { chaseTeller } from './chase-moments.ts';
import { classTeller } from './class-moments.ts';
import { comebackTeller } from './comeback-moments.ts';
import { controlTeller } from './control-moments.ts';
import { finishTeller } from './finish-moments.ts';
import type { Moment } from './moment.ts';
import { Scene } from './moment-scene.ts';
import { MomentStream } from './moment-stream.ts';
import { tellOutcome } from './outcome-moments.ts';
import { pitTeller } from './pit-moments.ts';
import { roadTeller } from './road-moments.ts';
import { titleTeller } from './title-moments.ts';
import { undercutTeller } from './undercut-moments.ts';
import { windowTimers } from './window-moments.ts';

const stories = new WeakMap<RaceHistory, Story>();

/**
 * The story of the race up to `nowMs`, oldest first. [M1] Each moment follows from facts at or before its own time, so
 * the story at `t` is a prefix of the whole. [M9] Told on as history grows; begun again when its past changes.
 */
export function momentsUntil(manifest: Manifest, history: RaceHistory, nowMs: number): readonly Moment[] {
  let story = stories.get(history);
  if (story === undefined || story.scene.manifest !== manifest || !story.tellOn()) {
    story = new Story(manifest, history);
    stories.set(history, story);
    story.tellOn();
  }
  return story.until(nowMs);
}

class Story {
  readonly scene: Scene;
  readonly #stream = new MomentStream();
  readonly #tellers = [
    controlTeller(),
    tellOutcome,
    roadTeller(),
    chaseTeller(),
    comebackTeller(),
    classTeller(),
    pitTeller(),
    undercutTeller(),
    finishTeller(),
    titleTeller(),
  ];
  readonly #timers;
  readonly #moments: Moment[] = [];
  #version = -1;
  /** What was given out last: kept as long as nothing is new. */
  #told: readonly Moment[] = [];
  #toldClocks = 0;
  #isStale = false;

  constructor(manifest: Manifest, history: RaceHistory) {
    this.scene = new Scene(manifest, history);
    this.#timers = windowTimers(this.scene).toSorted((one, other) => one.atMs - other.atMs);
  }

  /** Takes in what history has got since. False: its past has changed, and this story with it. */
  tellOn(): boolean {
    const { history } = this.scene;
    if (history.version === this.#version) return true;
    const happenings = this.#stream.read(history);
    if (happenings === undefined) return false;
    this.#version = history.version;
    this.#isStale ||= happenings.length > 0;
    for (const happening of happenings) {
      for (let timer = this.#timers[0]; timer !== undefined && timer.atMs < happening.atMs; timer = this.#timers[0]) {
        this.#moments.push(timer.tell(this.scene));
        this.#timers.shift();
      }
      this.scene.apply(happening);
      for (const tell of this.#tellers) {
        const moments = tell(happening, this.scene);
        if (moments.length > 0) this.#moments.push(...moments);
      }
    }
    return true;
  }

  /** Clocks that have run out since the last fact are told too; until the next fact it is not settled in what state. */
  until(nowMs: number): readonly Moment[] {
    const due = this.#timers.filter(({ atMs }) => atMs <= nowMs);
    if (this.#isStale || this.#toldClocks !== due.length) {
      this.#isStale = false;
      this.#toldClocks = due.length;
      this.#told = [...this.#moments, ...due.map(({ tell }) => tell(this.scene))];
    }
    return until(this.#told, nowMs);
  }
}
