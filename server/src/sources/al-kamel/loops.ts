import type { Loop } from '@pitboard/shared/protocol/manifest.ts';
import { medianOf } from '../import/median.ts';
import type { LapRow } from './lap-row.ts';

/** A loop between two crossings of the line, and when a lap crossed it. */
export type TrackLoop = { readonly loop: Loop; readonly momentOf: (lap: LapRow) => number | undefined };

/** A loop that fewer laps have crossed lies in the pit lane, or was switched off. */
const LEAST_SHARE = 0.5;
/** Two loops this close in time are one. */
const SAME_LOOP_MS = 20;

/** The ends of the first two sectors and the intermediates between, in the order in which a lap crosses them. */
export function findLoops(laps: readonly LapRow[], intermediates: readonly string[]): readonly TrackLoop[] {
  const sectors = [sectorLoop('S1', firstSectorEnd), sectorLoop('S2', secondSectorEnd)];
  const further = intermediates.map((column, index): TrackLoop => {
    const name = column.replace(/_ELAPSED$/, '').replace(/[^A-Z0-9._-]+/g, '-');
    const id = `I-${name}`.slice(0, 64);
    return { loop: { id, kind: 'intermediate' }, momentOf: (lap) => lap.intermediatesMs[index] };
  });
  const placed = [...sectors, ...further].flatMap((loop) => {
    const times = laps.flatMap((lap) => timeInLap(loop, lap) ?? []);
    const ms = medianOf(times);
    return ms === undefined || times.length < laps.length * LEAST_SHARE ? [] : [{ loop, ms }];
  });
  // The sort is stable: where a sector ends at an intermediate loop, the sector stands first and stays.
  placed.sort((one, other) => (Math.abs(one.ms - other.ms) <= SAME_LOOP_MS ? 0 : one.ms - other.ms));
  return placed
    .filter(({ ms }, index) => index === 0 || ms - (placed[index - 1]?.ms ?? 0) > SAME_LOOP_MS)
    .map(({ loop }) => loop);
}

function sectorLoop(id: string, momentOf: TrackLoop['momentOf']): TrackLoop {
  return { loop: { id, kind: 'sector' }, momentOf };
}

function timeInLap({ momentOf }: TrackLoop, lap: LapRow): number | undefined {
  const moment = momentOf(lap);
  return moment === undefined ? undefined : moment - lap.startMs;
}

function firstSectorEnd({ startMs, endMs, lapTimeMs, sectorsMs: [first, second, third] }: LapRow): number | undefined {
  if (second !== undefined && third !== undefined) return endMs - third - second;
  return first === undefined || lapTimeMs === undefined ? undefined : startMs + first;
}

function secondSectorEnd({ startMs, endMs, lapTimeMs, sectorsMs: [first, second, third] }: LapRow): number | undefined {
  if (third !== undefined) return endMs - third;
  return first === undefined || second === undefined || lapTimeMs === undefined ? undefined : startMs + first + second;
}

/** The loops that a lap crossed, in order; those that it was not seen at are left out. */
export function crossingsOf(lap: LapRow, loops: readonly TrackLoop[]): readonly { loop: string; atMs: number }[] {
  const seen: { loop: string; atMs: number }[] = [];
  for (const { loop, momentOf } of loops) {
    const atMs = momentOf(lap);
    if (atMs === undefined || atMs <= (seen.at(-1)?.atMs ?? lap.startMs - 1) || atMs >= lap.endMs) continue;
    seen.push({ loop: loop.id, atMs });
  }
  return seen;
}
