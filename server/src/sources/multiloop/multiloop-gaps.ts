import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import type { RaceFactOf } from '@pitboard/shared/protocol/race-event.ts';
import type { LapMessage } from './multiloop-message.ts';

/** The gaps that a record claims: in laps, or else in time. */
export function gapsOf(car: CarNumber, message: LapMessage): readonly RaceFactOf<'gap-reported'>[] {
  if (message.rank === undefined || message.rank < 2) return [];
  const { behindLeaderMs, lapsBehindLeader, behindPreviousMs, lapsBehindPrevious, elapsedMs: atMs } = message;
  const gaps = [
    { to: 'leader', ms: behindLeaderMs, laps: lapsBehindLeader },
    { to: 'car-ahead', ms: behindPreviousMs, laps: lapsBehindPrevious },
  ] as const;
  return gaps.flatMap(({ to, ms = 0, laps = 0 }): RaceFactOf<'gap-reported'>[] => {
    if (laps > 0 && laps <= 100_000) return [{ type: 'gap-reported', atMs, car, to, laps }];
    return ms > 0 && ms <= 864_000_000 ? [{ type: 'gap-reported', atMs, car, to, ms }] : [];
  });
}
