import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import type { ImportedRace } from './imported-race.ts';
import { medianOf } from './median.ts';
import type { OfficialCarLine, RoadLine } from './official-layer.ts';

/** Less than a whole second is no penalty, unless the clocks of laps and result agree to the millisecond. */
const LEAST_PENALTY_MS = 700;
/** So few cars may agree by chance. */
const FEWEST_CARS = 3;

export type OfficialClock = {
  /** By how much the times of the result are longer than those of the road, as the median car tells. */
  readonly offsetMs: number;
  /** Most cars agree on it to the millisecond. */
  readonly isExact: boolean;
  /** Time that the officials added, or, negative, did not count; where clocks are not exact, whole seconds. */
  readonly addedMsOf: (line: OfficialCarLine, driven: RoadLine) => number;
};

/** The clock of a result, which may start at another moment than that of the laps. */
export function officialClock(
  lines: readonly OfficialCarLine[],
  road: ReadonlyMap<CarNumber, RoadLine>,
): OfficialClock {
  const differences = lines.flatMap((line) => differenceOf(line, road.get(line.car)) ?? []);
  const offsetMs = medianOf(differences) ?? 0;
  const agreeing = differences.filter((ms) => ms === offsetMs).length;
  const isExact = agreeing * 2 > differences.length && (agreeing >= FEWEST_CARS || offsetMs === 0);
  const addedMsOf = (line: OfficialCarLine, driven: RoadLine): number => {
    const ms = (differenceOf(line, driven) ?? offsetMs) - offsetMs;
    if (isExact) return ms;
    return Math.abs(ms) < LEAST_PENALTY_MS ? 0 : Math.round(ms / 1000) * 1000;
  };
  return { offsetMs, isExact, addedMsOf };
}

/** The time of a car that lost laps is that of another crossing. */
function differenceOf({ totalTimeMs, laps }: OfficialCarLine, driven: RoadLine | undefined): number | undefined {
  if (totalTimeMs === undefined || driven === undefined || (laps ?? driven.laps) !== driven.laps) return undefined;
  return totalTimeMs - driven.totalTimeMs;
}

/** The same race with all that happened after the start told so much later; what lies before it stays. */
export function onClock({ manifest, events }: ImportedRace, laterMs: number): ImportedRace {
  const epochOf = (epochMs: number) => Math.max(0, epochMs - laterMs);
  const { startEpochMs } = manifest;
  return {
    manifest: startEpochMs === undefined ? manifest : { ...manifest, startEpochMs: epochOf(startEpochMs) },
    events: events.map((event) => {
      if (event.atMs > 0) return { ...event, atMs: Math.min(864_000_000, Math.max(0, event.atMs + laterMs)) };
      if (event.type !== 'session-phase' || event.startEpochMs === undefined) return event;
      return { ...event, startEpochMs: epochOf(event.startEpochMs) };
    }),
  };
}
