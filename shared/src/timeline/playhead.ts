/**
 * Where a viewer stands in a session. `following` keeps to the live edge, minus the viewer's delay; `playing` runs from
 * an anchor by a clock, never by counted ticks; `paused` stands. No panel knows which of them it is.
 * `clockMs` is any clock that only moves forward, the same for all calls.
 */
export type Playhead =
  | { readonly mode: 'following' }
  | { readonly mode: 'playing'; readonly fromMs: number; readonly sinceClockMs: number; readonly speed: number }
  | { readonly mode: 'paused'; readonly atMs: number };

/** What a viewer may see: from `startMs` to `edgeMs`, the newest moment, live edge minus delay or the end of a recording. */
export type PlayheadBounds = { readonly startMs: number; readonly edgeMs: number };

export const SPEEDS = [0.25, 0.5, 1, 2, 4, 8, 16, 32, 64] as const;
export type Speed = (typeof SPEEDS)[number];

/** Session time under the playhead. Always within the bounds. */
export function playheadAt(playhead: Playhead, bounds: PlayheadBounds, clockMs: number): number {
  switch (playhead.mode) {
    case 'following':
      return bounds.edgeMs;
    case 'playing':
      return clamp(playhead.fromMs + (clockMs - playhead.sinceClockMs) * playhead.speed, bounds);
    case 'paused':
      return clamp(playhead.atMs, bounds);
  }
}

/** Starts to play from where it stands. */
export function play(playhead: Playhead, bounds: PlayheadBounds, clockMs: number, speed = 1): Playhead {
  return { mode: 'playing', fromMs: playheadAt(playhead, bounds, clockMs), sinceClockMs: clockMs, speed };
}

export function pause(playhead: Playhead, bounds: PlayheadBounds, clockMs: number): Playhead {
  return { mode: 'paused', atMs: playheadAt(playhead, bounds, clockMs) };
}

/** Moves to `atMs` (clamped). Paused stays paused; following becomes playing at normal speed. */
export function seek(playhead: Playhead, bounds: PlayheadBounds, clockMs: number, atMs: number): Playhead {
  const to = clamp(atMs, bounds);
  if (playhead.mode === 'paused') return { mode: 'paused', atMs: to };
  const speed = playhead.mode === 'playing' ? playhead.speed : 1;
  return { mode: 'playing', fromMs: to, sinceClockMs: clockMs, speed };
}

/** Changes the speed without a jump. */
export function setSpeed(playhead: Playhead, bounds: PlayheadBounds, clockMs: number, speed: number): Playhead {
  if (playhead.mode === 'paused') return playhead;
  return play(playhead, bounds, clockMs, speed);
}

/** A playing playhead that has run into a live edge follows it from then on; at the end of a recording it pauses. */
export function settle(playhead: Playhead, bounds: PlayheadBounds, clockMs: number, live: boolean): Playhead {
  if (playhead.mode !== 'playing') return playhead;
  if (playheadAt(playhead, bounds, clockMs) < bounds.edgeMs) return playhead;
  // At half speed nobody catches an edge that moves: being clamped there for a moment is no wish to follow.
  if (live) return playhead.speed >= 1 ? { mode: 'following' } : play(playhead, bounds, clockMs, playhead.speed);
  return { mode: 'paused', atMs: bounds.edgeMs };
}

function clamp(atMs: number, bounds: PlayheadBounds): number {
  // A long delay can lie before the start: the edge wins, for nothing may be seen early.
  return Math.min(bounds.edgeMs, Math.max(bounds.startMs, atMs));
}
