/** What a viewer can do with the playhead. */
export type Playback = {
  /** Moves to a session time, as far as this viewer may see. */
  readonly seek: (atMs: number) => void;
  /** Moves by some time, back if negative. */
  readonly step: (deltaMs: number) => void;
  readonly play: () => void;
  readonly pause: () => void;
  readonly setSpeed: (speed: number) => void;
  /** Follows the live edge, minus the delay. */
  readonly goLive: () => void;
  readonly setDelay: (delayMs: number) => void;
  /** While it lasts, every frame is drawn. */
  readonly setScrubbing: (scrubbing: boolean) => void;
  /** The newest moment that this viewer can go to: the live edge minus the delay, or the end of a recording. */
  readonly reachMs: () => number;
  /** The live edge itself, without this viewer's delay: to measure with, never to show. */
  readonly edgeMs: () => number;
};

const idle: Playback = {
  seek: () => undefined,
  step: () => undefined,
  play: () => undefined,
  pause: () => undefined,
  setSpeed: () => undefined,
  goLive: () => undefined,
  setDelay: () => undefined,
  setScrubbing: () => undefined,
  reachMs: () => 0,
  edgeMs: () => 0,
};

let current = idle;

/** Puts a session's playhead behind `playback`; `undefined` when the session is left. */
export function attachPlayback(next: Playback | undefined): void {
  current = next ?? idle;
}

/** Commands to the playhead of the race on screen; without effect while there is none. */
export const playback: Playback = {
  seek: (atMs) => current.seek(atMs),
  step: (deltaMs) => current.step(deltaMs),
  play: () => current.play(),
  pause: () => current.pause(),
  setSpeed: (speed) => current.setSpeed(speed),
  goLive: () => current.goLive(),
  setDelay: (delayMs) => current.setDelay(delayMs),
  setScrubbing: (scrubbing) => current.setScrubbing(scrubbing),
  reachMs: () => current.reachMs(),
  edgeMs: () => current.edgeMs(),
};
