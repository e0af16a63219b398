import type { Manifest } from '../protocol/manifest.ts';
import { type RaceHistory, until } from '../race/race-history.ts';
import { flagMoments, messageMoments, outcomeMoments, penaltyMoments, phaseMoments } from './control-moments.ts';
import type { Moment } from './moment.ts';
import { stopMoments } from './pit-moments.ts';
import { chaseMoments, fastestLapMoments, leadMoments, overtakeMoments } from './road-moments.ts';

type Told = { readonly version: number; readonly manifest: Manifest; readonly moments: readonly Moment[] };
const toldOf = new WeakMap<RaceHistory, Told>();

/**
 * The story of the race up to `nowMs`, oldest first. [M1] Each moment follows from facts at or before its own time, so
 * the story at `t` is a prefix of the whole. Kept until the history changes.
 */
export function momentsUntil(manifest: Manifest, history: RaceHistory, nowMs: number): readonly Moment[] {
  let told = toldOf.get(history);
  if (told === undefined || told.version !== history.version || told.manifest !== manifest) {
    told = { version: history.version, manifest, moments: allMoments(manifest, history) };
    toldOf.set(history, told);
  }
  return until(told.moments, nowMs);
}

function allMoments(manifest: Manifest, history: RaceHistory): readonly Moment[] {
  return [
    ...phaseMoments(manifest, history),
    ...flagMoments(history),
    ...messageMoments(history),
    ...penaltyMoments(history),
    ...outcomeMoments(manifest, history),
    ...leadMoments(manifest, history),
    ...overtakeMoments(manifest, history),
    ...chaseMoments(history),
    ...stopMoments(manifest, history),
    ...fastestLapMoments(history),
  ].sort((one, other) => one.atMs - other.atMs);
}
