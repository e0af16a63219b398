import { classify } from './classification.ts';
import { stopsWhenSuspended } from './race-clock.ts';
import type { RaceView } from './race-view.ts';
import { suspendedMsBetween } from './suspension.ts';

/**
 * [C19] Average speed of the winner on the road, from the signal to its last crossing of the line, without suspensions
 * that stopped the clock. `undefined` where the length of the circuit is not known, or nobody has driven a lap.
 */
export function averageSpeedKph(view: RaceView): number | undefined {
  const { circuit, kind } = view.state.manifest;
  const winner = classify(view)[0];
  if (kind !== 'race' || circuit.lengthMetres === undefined || winner?.totalTimeMs === undefined) return undefined;
  const stoppedMs = stopsWhenSuspended(view.state) ? suspendedMsBetween(view.history, 0, winner.totalTimeMs) : 0;
  const hours = (winner.totalTimeMs - stoppedMs) / 3_600_000;
  return hours > 0 ? (winner.laps * circuit.lengthMetres) / 1000 / hours : undefined;
}
