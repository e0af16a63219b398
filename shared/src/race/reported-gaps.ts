import type { Gap } from '../domain/gap.ts';
import type { CarNumber } from '../domain/names.ts';
import type { RaceFactOf } from '../protocol/race-event.ts';
import type { RaceDraft } from './race-draft.ts';
import type { CarState, ReportedGap } from './race-state.ts';

/** Keeps what the feed claims beside what is measured. A claim without laps and time takes the one before back. */
export function onGapReported(draft: RaceDraft, event: RaceFactOf<'gap-reported'>): void {
  const car = draft.car(draft.indexOf(event.car));
  const to = carMeant(draft, event);
  const laps = event.laps ?? 0;
  const isEmpty = to === undefined || to === event.car || (event.ms === undefined && laps === 0);
  const claim = isEmpty ? undefined : { atMs: event.atMs, to, ms: event.ms, laps, progress: car.progress };
  if (event.to === 'leader') car.reportedGap = claim;
  else car.reportedInterval = claim;
}

/** The car that the feed counts to: by its own order where that names the car, else by the measured one. */
function carMeant(draft: RaceDraft, { car, to }: RaceFactOf<'gap-reported'>): CarNumber | undefined {
  const { reportedOrder } = draft.state;
  const reportedPlace = reportedOrder?.indexOf(car) ?? -1;
  if (reportedOrder !== undefined && reportedPlace >= 0) {
    return reportedOrder[to === 'leader' ? 0 : reportedPlace - 1];
  }
  const { order } = draft;
  const index = order[to === 'leader' ? 0 : order.indexOf(draft.indexOf(car)) - 1];
  return index === undefined ? undefined : draft.peek(index).car;
}

/** [G11] The feed's claim of a car's gap to another; it stands for a lap of the car at most. */
export function claimedGap(car: CarState, to: CarNumber, loops: number): ReportedGap | undefined {
  const { reportedGap, reportedInterval } = car;
  const stands = (claim: ReportedGap | undefined) => claim?.to === to && car.progress - claim.progress < loops;
  const gap = stands(reportedGap) ? reportedGap : undefined;
  const interval = stands(reportedInterval) ? reportedInterval : undefined;
  if (gap === undefined || interval === undefined) return gap ?? interval;
  return gap.atMs > interval.atMs ? gap : interval;
}

export function officialGap(claim: ReportedGap): Gap {
  const { laps, ms } = claim;
  if (laps > 0) return { kind: 'laps', laps, ms, provenance: 'official' };
  return ms === undefined ? { kind: 'unknown' } : { kind: 'time', ms, provenance: 'official' };
}
