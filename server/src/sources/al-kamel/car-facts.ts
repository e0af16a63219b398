import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { crewIdsOf } from './crews.ts';
import type { LapRow } from './lap-row.ts';
import { crossingsOf, type TrackLoop } from './loops.ts';
import type { PitVisit } from './pit-visits.ts';
import type { ResultDriver } from './result-row.ts';

type CarParts = {
  readonly laps: readonly LapRow[];
  readonly visits: readonly PitVisit[];
  readonly loops: readonly TrackLoop[];
  /** The crew as the result states it. */
  readonly crew: readonly ResultDriver[];
};

/** Everything that one car did: loops, laps, visits to the pit lane, drivers. */
export function pushCar(facts: RaceFact[], { laps, visits, loops, crew }: CarParts): void {
  const visitOf = new Map(visits.map((visit) => [visit.lap, visit]));
  const idOfDriver = crewIdsOf(laps, crew);
  laps.forEach((lap, index) => {
    const { car, endMs, lapTimeMs } = lap;
    const visit = visitOf.get(lap);
    if (visit !== undefined) facts.push({ type: 'pit-entry', atMs: visit.entryMs, car });
    for (const { loop, atMs } of crossingsOf(lap, loops)) facts.push({ type: 'passing', atMs, car, loop });
    facts.push({
      type: 'passing',
      atMs: endMs,
      car,
      loop: 'SF',
      lapNumber: lap.lap,
      ...(lapTimeMs === undefined ? {} : { lapTimeMs }),
      ...(lap.endsInPit ? { inPitLane: true } : {}),
    });
    const next = laps[index + 1];
    const driver = next === undefined ? undefined : idOfDriver(next);
    if (driver !== undefined && driver !== idOfDriver(lap)) {
      facts.push({ type: 'driver-changed', atMs: visit?.boxMs ?? endMs, car, driver });
    }
    if (visit?.exitMs !== undefined) facts.push({ type: 'pit-exit', atMs: visit.exitMs, car });
  });
}
