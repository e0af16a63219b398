import { remainingAt } from '@pitboard/shared/race/race-clock.ts';
import type { RaceState } from '@pitboard/shared/race/race-state.ts';
import { clockText, flagText, rmonitorLine } from './rmonitor-speaker-lines.ts';
import type { WallClock } from './rmonitor-speaker-wall-clock.ts';

const SECOND_MS = 1000;
/** A race without laps to go, or with an unknown number of them. */
const NO_LAPS_TO_GO = 9999;

type Heartbeat = {
  readonly state: RaceState;
  readonly atMs: number;
  readonly lapsOfLeader: number;
  /** The run is over. */
  readonly isClosed: boolean;
  readonly wall: WallClock;
};

/** `$F` at a moment. */
export function heartbeatLine({ state, atMs, lapsOfLeader, isClosed, wall }: Heartbeat): string {
  const timeOfDay = clockText(wall.sinceMidnightMs(atMs));
  const flag = shownFlag(state, isClosed);
  if (isClosed) return rmonitorLine('F', 0, clockText(0), timeOfDay, clockText(0), flag);
  const laps = state.manifest.distance?.laps;
  const lapsToGo = laps === undefined ? NO_LAPS_TO_GO : Math.max(0, laps - lapsOfLeader);
  // Both clocks change at the same moment.
  const remainingMs = Math.ceil((remainingAt(state, atMs) ?? 0) / SECOND_MS) * SECOND_MS;
  return rmonitorLine('F', lapsToGo, clockText(remainingMs), timeOfDay, clockText(atMs), flag);
}

/** Nothing is shown before the start and once the run is over. */
export function shownFlag(state: RaceState, isClosed: boolean): string {
  const { phase } = state;
  const isWaiting =
    phase === 'formation' || (phase === 'scheduled' && state.cars.every(({ progress }) => progress < 0));
  if (isClosed || isWaiting) return ' '.repeat(6);
  if (state.chequeredAtMs !== undefined || phase === 'finished' || phase === 'closed') return flagText('chequered');
  return flagText(phase === 'suspended' ? 'red' : state.flag);
}
