import type { Moment } from '@pitboard/shared/analysis/moment.ts';
import { momentsUntil } from '@pitboard/shared/analysis/moments.ts';
import { playback } from '../feed/playback.ts';
import { raceStore } from '../store/race-store.ts';
import { isWorthMark } from './timeline-data.ts';

/** A moment is shown from a little before it, so that one sees it happen. */
const LEAD_MS = 3000;
/** Close to its place, the next step goes on rather than to the same moment again. */
const SLACK_MS = 1500;

export function seekMoment(moment: Moment): void {
  playback.seek(moment.atMs - LEAD_MS);
}

/** The moment to step to from `nowMs`; `undefined` where there is none that way. */
export function momentBeside(moments: readonly Moment[], nowMs: number, way: -1 | 1): Moment | undefined {
  const marked = moments.filter(isWorthMark);
  if (way === 1) return marked.find((moment) => moment.atMs - LEAD_MS > nowMs + SLACK_MS);
  return marked.findLast((moment) => moment.atMs - LEAD_MS < nowMs - SLACK_MS);
}

/** Steps to the moment before or after the playhead: on to one that is still unseen, too, but never past a delay. */
export function stepMoment(way: -1 | 1): void {
  const { view } = raceStore.getState();
  if (view === undefined) return;
  const moments = momentsUntil(view.state.manifest, view.history, playback.reachMs());
  const moment = momentBeside(moments, view.nowMs, way);
  if (moment !== undefined) seekMoment(moment);
}
