import {
  type Playhead,
  type PlayheadBounds,
  pause,
  play,
  playheadAt,
  seek,
  setSpeed,
  settle,
} from '@pitboard/shared/timeline/playhead.ts';
import { viewStore } from '../store/view-store.ts';
import type { Playback } from './playback.ts';

/** A recording opens this long before the start signal. */
const LEAD_IN_MS = 10_000;

/** The session that a playhead moves in. */
export type PlayheadGround = {
  readonly clock: () => number;
  readonly bounds: (clockMs: number) => PlayheadBounds;
  /** There is an edge that moves, and can be followed. */
  readonly isLive: () => boolean;
};

/** One viewer's playhead and the commands to it. */
export class PlayheadControl implements Playback {
  readonly #ground: PlayheadGround;
  #playhead: Playhead = { mode: 'following' };
  #speed = 1;
  /** While the viewer scrubs: whether it shall play on afterwards. */
  #scrub: { readonly playOn: boolean } | undefined;

  constructor(ground: PlayheadGround) {
    this.#ground = ground;
  }

  get mode(): Playhead['mode'] {
    if (this.#scrub !== undefined) return this.#scrub.playOn ? 'playing' : 'paused';
    return this.#playhead.mode;
  }

  get speed(): number {
    return this.#speed;
  }

  get isScrubbing(): boolean {
    return this.#scrub !== undefined;
  }

  /** Opens a session at `atMs`; without it at the live edge, or at the beginning of a recording. */
  open(atMs: number | undefined): void {
    const { bounds, clockMs } = this.#now();
    if (this.#ground.isLive() && atMs === undefined) this.#playhead = { mode: 'following' };
    else {
      const fromMs = atMs ?? Math.max(bounds.startMs, -LEAD_IN_MS);
      this.#playhead = play({ mode: 'paused', atMs: fromMs }, bounds, clockMs, this.#speed);
    }
  }

  /** The session has started over: who followed or played follows the new edge, who paused stands within it. */
  restart(): void {
    const { bounds, clockMs } = this.#now();
    this.#playhead = this.#playhead.mode === 'paused' ? pause(this.#playhead, bounds, clockMs) : { mode: 'following' };
  }

  /** Moves on to a frame; answers the session time that it shows. */
  advance(clockMs: number): number {
    const bounds = this.#ground.bounds(clockMs);
    this.#playhead = settle(this.#playhead, bounds, clockMs, this.#ground.isLive());
    if (this.#playhead.mode === 'following') this.#speed = 1;
    return playheadAt(this.#playhead, bounds, clockMs);
  }

  seek = (atMs: number): void => {
    const { bounds, clockMs } = this.#now();
    this.#playhead = seek(this.#playhead, bounds, clockMs, atMs);
  };

  step = (deltaMs: number): void => {
    const { bounds, clockMs } = this.#now();
    this.seek(playheadAt(this.#playhead, bounds, clockMs) + deltaMs);
  };

  play = (): void => {
    const { bounds, clockMs } = this.#now();
    const atEnd = playheadAt(this.#playhead, bounds, clockMs) >= bounds.edgeMs;
    // Play at the end of a recording means: once more.
    if (atEnd && !this.#ground.isLive()) this.open(undefined);
    else this.#playhead = play(this.#playhead, bounds, clockMs, this.#speed);
  };

  pause = (): void => {
    const { bounds, clockMs } = this.#now();
    this.#playhead = pause(this.#playhead, bounds, clockMs);
  };

  setSpeed = (speed: number): void => {
    const { bounds, clockMs } = this.#now();
    this.#speed = speed;
    this.#playhead = setSpeed(this.#playhead, bounds, clockMs, speed);
  };

  goLive = (): void => {
    // A recording has no edge, and its end would be told to nobody who did not ask for it.
    if (this.#ground.isLive()) this.#playhead = { mode: 'following' };
  };

  setDelay = (delayMs: number): void => viewStore.getState().setDelayMs(delayMs);

  setScrubbing = (scrubbing: boolean): void => {
    if (scrubbing === this.isScrubbing) return;
    const { bounds, clockMs } = this.#now();
    if (scrubbing) {
      this.#scrub = { playOn: this.#playhead.mode !== 'paused' };
      this.#playhead = pause(this.#playhead, bounds, clockMs);
    } else {
      if (this.#scrub?.playOn) this.#playhead = play(this.#playhead, bounds, clockMs, this.#speed);
      this.#scrub = undefined;
    }
  };

  reachMs = (): number => this.#now().bounds.edgeMs;

  edgeMs = (): number => this.#now().bounds.edgeMs + (this.#ground.isLive() ? viewStore.getState().delayMs : 0);

  #now(): { readonly clockMs: number; readonly bounds: PlayheadBounds } {
    const clockMs = this.#ground.clock();
    return { clockMs, bounds: this.#ground.bounds(clockMs) };
  }
}
