import type { OfficialClock, RaceState } from './race-state.ts';
import type { RaceView } from './race-view.ts';
import { suspendedMsAt } from './suspension.ts';

/** What the clock of a session shows. */
export type RaceClock = {
  readonly elapsedMs: number;
  /** `undefined` where the session has no length in time. */
  readonly remainingMs: number | undefined;
  /** Laps that the leader has still to complete, the one in progress included; `undefined` while that is open. */
  readonly lapsToGo: number | undefined;
  /** False before the start, after the flag, and while a suspension stops the clock. */
  readonly running: boolean;
  /** `official`: the feed's own clock, run on since it was stated; `computed`: from the start signal and the planned distance. */
  readonly source: 'official' | 'computed';
};

/** [F16] The clock of a session at the playhead. */
export function raceClock(view: RaceView): RaceClock {
  const { state, nowMs } = view;
  const endMs = endMsOf(view);
  const atMs = Math.min(nowMs, endMs ?? nowMs);
  const isOfficial = state.clock?.elapsedMs !== undefined || state.clock?.remainingMs !== undefined;
  const isHeld = state.suspension !== undefined && stopsWhenSuspended(state);
  const isRunning = isOfficial ? state.clock.running : hasStarted(state, nowMs);
  return {
    elapsedMs: elapsedAt(state, atMs),
    remainingMs: remainingAt(state, atMs),
    lapsToGo: endMs === undefined ? lapsToGo(state, atMs) : 0,
    running: endMs === undefined && isRunning && !isHeld,
    source: isOfficial ? 'official' : 'computed',
  };
}

/** Time left of a session at a moment not before its last fact; `undefined` where it has no length in time. */
export function remainingAt(state: RaceState, atMs: number): number | undefined {
  const { clock, manifest } = state;
  if (clock?.remainingMs !== undefined) return Math.max(0, clock.remainingMs - sinceStatedMs(state, clock, atMs));
  const durationMs = manifest.distance?.durationMs;
  return durationMs === undefined ? undefined : Math.max(0, durationMs - elapsedAt(state, atMs));
}

/** [F17] The lap that ends the race; `undefined` while a race by time goes on. */
export function lastLapAt(state: RaceState, lapsOfLeader: number, atMs: number): number | undefined {
  const { laps, lapsAfterTime = 0 } = state.manifest.distance ?? {};
  const isTimeOver = remainingAt(state, atMs) === 0;
  const byTime = state.lastLapByTime ?? (isTimeOver ? lapsOfLeader + 1 + lapsAfterTime : undefined);
  return laps === undefined || byTime === undefined ? (laps ?? byTime) : Math.min(laps, byTime);
}

function lapsToGo(state: RaceState, atMs: number): number | undefined {
  const lapsOfLeader = state.cars[state.orderIndexes[0] ?? -1]?.lapsCompleted ?? 0;
  const lastLap = lastLapAt(state, lapsOfLeader, atMs);
  return lastLap === undefined ? state.clock?.lapsToGo : Math.max(0, lastLap - lapsOfLeader);
}

function elapsedAt(state: RaceState, atMs: number): number {
  const { clock } = state;
  if (clock?.elapsedMs !== undefined) return clock.elapsedMs + sinceStatedMs(state, clock, atMs);
  return Math.max(0, atMs - stoppedMs(state, atMs));
}

function sinceStatedMs(state: RaceState, clock: OfficialClock, atMs: number): number {
  if (!clock.running) return 0;
  const heldMs = stopsWhenSuspended(state) ? suspendedMsAt(state, atMs) - state.clockSuspendedMs : 0;
  return Math.max(0, atMs - clock.atMs - heldMs);
}

/** [F10] How long suspensions have stopped the clock of the race. */
function stoppedMs(state: RaceState, atMs: number): number {
  return stopsWhenSuspended(state) ? suspendedMsAt(state, atMs) : 0;
}

export function stopsWhenSuspended({ manifest }: RaceState): boolean {
  return manifest.rules?.suspendedClock === 'stops';
}

function hasStarted(state: RaceState, nowMs: number): boolean {
  if (nowMs < 0 || state.phase === 'formation') return false;
  return state.phase !== 'scheduled' || state.cars.some((car) => car.progress >= 0);
}

/** When the session ended: with the flag, else with the phase that says so. */
function endMsOf({ state, history }: RaceView): number | undefined {
  if (state.chequeredAtMs !== undefined) return state.chequeredAtMs;
  if (state.phase !== 'finished' && state.phase !== 'closed') return undefined;
  const end = history.phases.find(({ phase }) => phase === 'finished' || phase === 'closed');
  return end?.atMs ?? state.atMs;
}
