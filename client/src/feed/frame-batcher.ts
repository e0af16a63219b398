import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import type { PlayheadBounds } from '@pitboard/shared/timeline/playhead.ts';
import { createRaceTimeline, type RaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import { INITIAL_PLAYBACK, type PlaybackState, playbackStore } from '../store/playback-store.ts';
import { type FeedStatus, INITIAL_RACE, raceStore } from '../store/race-store.ts';
import { viewStore } from '../store/view-store.ts';
import type { Ticker } from '../ui/ticker.ts';
import type { FeedWord } from './feed.ts';
import { anchorEdge, type EdgeAnchor, liveEdge, witnessEdge } from './live-edge.ts';
import { PlayheadControl } from './playhead-control.ts';

/** Ten writes a second: more than an eye can follow in a column of figures. */
export const WRITE_EVERY_MS = 100;
/** A live timeline without a planned end grows in steps of this, so that its marks do not creep. */
const TIMELINE_STEP_MS = 5 * 60_000;

/** Draws, and answers in how many ms there may be something new to draw: 0 for the very next frame. */
export type OnFrame = (clockMs: number) => number;
/** Calls `onFrame` with frames, as often as it asks for, and now and then while the page is hidden. Returns the way to stop. */
export type FrameSource = (onFrame: OnFrame) => () => void;

export type FrameBatcherOptions = {
  readonly frames: FrameSource;
  /** A clock that only moves forward, the one that frames are told with. */
  readonly clock: () => number;
  /** The wall clock. */
  readonly epoch: () => number;
  readonly ticker: Ticker;
  /** Where to open the session instead of at its live edge or its beginning. */
  readonly openAtMs: number | undefined;
};

/**
 * Owns the log and the playhead of one session and decides what is on screen: each frame it moves the playhead, and
 * writes the race at that time to the store when a write is due.
 */
export class FrameBatcher {
  readonly playback: PlayheadControl;
  readonly #options: FrameBatcherOptions;
  readonly #stopFrames: () => void;
  #timeline: RaceTimeline | undefined;
  #shown: 'nothing' | 'this-log' | 'older-log' = 'nothing';
  #edge: EdgeAnchor | undefined;
  #serverLive = true;
  #liveRate = 1;
  /** The live edge when the session ended, and the pace at which a delayed viewer comes to its end. */
  #ending: { readonly edgeMs: number; readonly clockMs: number; readonly rate: number } | undefined;
  #furthestMs = Number.NEGATIVE_INFINITY;
  #dataAtClockMs = 0;
  /** Since when the edge stands, because nobody knows what happens on the track. */
  #heldAtClockMs = Number.POSITIVE_INFINITY;
  #feed: FeedStatus = INITIAL_RACE.feed;
  #written = { clockMs: Number.NEGATIVE_INFINITY, atMs: Number.NaN, headSeq: -1, feed: INITIAL_RACE.feed };

  constructor(options: FrameBatcherOptions) {
    this.#options = options;
    this.playback = new PlayheadControl({
      clock: options.clock,
      bounds: (clockMs) => this.#bounds(clockMs),
      isLive: () => this.#isLive(options.clock()),
    });
    raceStore.setState(INITIAL_RACE);
    playbackStore.setState(INITIAL_PLAYBACK);
    this.#stopFrames = options.frames((clockMs) => {
      this.#onFrame(clockMs);
      return this.playback.isScrubbing ? 0 : WRITE_EVERY_MS;
    });
  }

  /** A log begins. What another one showed stays on screen until this one can take its place. */
  openLog(manifest: Manifest, word: FeedWord): void {
    this.#timeline = createRaceTimeline(manifest);
    if (this.#shown === 'this-log') this.#shown = 'older-log';
    this.#edge = undefined;
    this.#ending = undefined;
    this.#serverLive = false;
    this.#furthestMs = Number.NEGATIVE_INFINITY;
    this.hear(word);
  }

  /** @param events contiguous with those before */
  append(events: readonly RaceEvent[]): void {
    if (this.#timeline === undefined) return;
    this.#timeline.append(events);
    const clockMs = this.#options.clock();
    this.#dataAtClockMs = clockMs;
    // History has been on its way for longer than an event takes.
    if (this.#edge === undefined || this.#shown !== 'this-log') return;
    this.#edge = witnessEdge(this.#edge, this.#timeline.headAtMs, clockMs);
  }

  /** Takes the server's word on the state, the clock and the viewers of the session. */
  hear(word: FeedWord): void {
    const clockMs = this.#options.clock();
    const edgeMs = this.#edge === undefined ? undefined : this.#edgeMs(this.#timeline?.headAtMs ?? 0, clockMs);
    const isOver = word.session === 'recorded';
    // Who watches with a delay has the end still to come.
    if (isOver && this.#serverLive && edgeMs !== undefined) this.#ending = { edgeMs, clockMs, rate: this.#liveRate };
    if (!isOver) this.#ending = undefined;
    this.#serverLive = !isOver;
    if (word.clock.rate > 0) this.#liveRate = word.clock.rate;
    const now = { clockMs, epochMs: this.#options.epoch(), floorMs: edgeMs };
    this.#edge = anchorEdge(this.#edge, word.clock, now);
    this.setFeed({ session: word.session, viewers: word.viewers });
  }

  setFeed(change: Partial<FeedStatus>): void {
    const feed = { ...this.#feed, ...change };
    const silent = feed.session === 'stale' || feed.connection === 'reconnecting';
    this.#heldAtClockMs = silent ? Math.min(this.#heldAtClockMs, this.#options.clock()) : Number.POSITIVE_INFINITY;
    this.#feed = { ...feed, silentSinceClockMs: silent ? this.#dataAtClockMs : undefined };
  }

  /** The history of the log is complete: from now on it is on screen. */
  showLog(): void {
    if (this.#timeline === undefined || this.#shown === 'this-log') return;
    const clockMs = this.#options.clock();
    if (this.#shown === 'nothing') this.playback.open(this.#options.openAtMs);
    else {
      this.playback.restart();
      this.setFeed({ startedOver: this.#feed.startedOver + 1 });
    }
    this.#shown = 'this-log';
    this.#dataAtClockMs = clockMs - this.#silenceMs(this.#timeline, clockMs);
    this.setFeed({ connection: 'ready', problem: undefined, loaded: 1 });
    this.#onFrame(clockMs);
  }

  close(): void {
    this.#stopFrames();
    raceStore.setState(INITIAL_RACE);
    playbackStore.setState(INITIAL_PLAYBACK);
  }

  #bounds(clockMs: number): PlayheadBounds {
    const { startMs, headAtMs } = this.#timeline ?? { startMs: 0, headAtMs: 0 };
    const edgeMs = this.#isLive(clockMs) ? this.#delayedEdgeMs(clockMs) : headAtMs;
    return { startMs: Math.min(startMs, edgeMs), edgeMs };
  }

  /** Something is still to come for this viewer, delay and all. */
  #isLive(clockMs: number): boolean {
    return this.#serverLive || this.#delayedEdgeMs(clockMs) < (this.#timeline?.headAtMs ?? 0);
  }

  #delayedEdgeMs(clockMs: number): number {
    const { delayMs } = viewStore.getState();
    if (this.#serverLive) return this.#edgeMs(this.#timeline?.headAtMs ?? 0, clockMs) - delayMs;
    if (this.#ending === undefined) return Number.POSITIVE_INFINITY;
    const { edgeMs, clockMs: sinceMs, rate } = this.#ending;
    return edgeMs + (clockMs - sinceMs) * rate - delayMs;
  }

  #edgeMs(headAtMs: number, clockMs: number): number {
    if (this.#edge === undefined) return headAtMs;
    return liveEdge(this.#edge, Math.min(clockMs, this.#heldAtClockMs), headAtMs);
  }

  /** For how long the log that has just been opened had been silent. */
  #silenceMs({ headAtMs }: RaceTimeline, clockMs: number): number {
    return (this.#edgeMs(headAtMs, clockMs) - headAtMs) / Math.max(1, this.#edge?.rate ?? 1);
  }

  #onFrame(clockMs: number): void {
    if (this.#shown !== 'this-log' || this.#timeline === undefined) return this.#writeFeed();
    const atMs = this.playback.advance(clockMs);
    this.#furthestMs = Math.max(this.#furthestMs, atMs);
    this.#options.ticker.publish(atMs);
    this.#tellPlayback(this.#timeline, this.#bounds(clockMs));
    if (this.#isWriteDue(this.#timeline, atMs, clockMs)) this.#write(this.#timeline, atMs, clockMs);
  }

  #isWriteDue(timeline: RaceTimeline, atMs: number, clockMs: number): boolean {
    const written = this.#written;
    if (!this.playback.isScrubbing && clockMs - written.clockMs < WRITE_EVERY_MS) return false;
    return atMs !== written.atMs || timeline.headSeq !== written.headSeq || this.#feed !== written.feed;
  }

  #write(timeline: RaceTimeline, atMs: number, clockMs: number): void {
    this.#written = { clockMs, atMs, headSeq: timeline.headSeq, feed: this.#feed };
    const shownUntilMs = Math.min(this.#furthestMs, this.#bounds(clockMs).edgeMs);
    raceStore.setState({ view: timeline.viewAt(atMs), feed: this.#feed, shownUntilMs });
  }

  /** While there is nothing to show, how far we are. */
  #writeFeed(): void {
    if (raceStore.getState().feed !== this.#feed) raceStore.setState({ feed: this.#feed });
  }

  #tellPlayback({ manifest, startMs, headAtMs }: RaceTimeline, { edgeMs }: PlayheadBounds): void {
    const plannedMs = manifest.distance?.durationMs ?? 0;
    const grownMs = Math.ceil(edgeMs / TIMELINE_STEP_MS) * TIMELINE_STEP_MS;
    const live = this.#isLive(this.#options.clock());
    const next: PlaybackState = {
      mode: this.playback.mode,
      speed: this.playback.speed,
      live,
      startMs,
      endMs: live ? Math.max(plannedMs, edgeMs <= plannedMs ? 0 : grownMs) : headAtMs,
    };
    const before = playbackStore.getState();
    const changed = (Object.keys(next) as (keyof PlaybackState)[]).some((key) => next[key] !== before[key]);
    if (changed) playbackStore.setState(next);
  }
}
