import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceFact, RaceFactOf } from '@pitboard/shared/protocol/race-event.ts';

/** Where a car was: `laps` since the start, with the part of the lap. */
type Waypoint = { readonly atMs: number; readonly laps: number };

/** A car that stops between two loops has got no further than this share of the way. */
const SHORT_OF_LOOP = 0.9;

/** Where the cars are between the loops, `hz` times a second, from what is known of them in a finished log. */
export function samplePositions(manifest: Manifest, facts: readonly RaceFact[], hz: number): RaceFactOf<'position'>[] {
  const lengthMetres = manifest.circuit.lengthMetres ?? 0;
  return [...waypointsOf(manifest, facts)].flatMap(([car, waypoints]) => sample(car, waypoints, { hz, lengthMetres }));
}

function waypointsOf(manifest: Manifest, facts: readonly RaceFact[]): Map<CarNumber, Waypoint[]> {
  const places = lapShares(manifest);
  const waypoints = new Map<CarNumber, Waypoint[]>();
  const isOut = new Set<CarNumber>();
  for (const fact of facts) {
    if (fact.type === 'car-stopped') isOut.add(fact.car);
    if (fact.type === 'session-phase' && fact.phase === 'running' && fact.atMs > 0) {
      for (const [car, list] of waypoints) if (!isOut.has(car)) list.push(...stoodUntil(fact.atMs, list));
    }
    if (!('car' in fact) || fact.car === undefined) continue;
    const list = waypoints.get(fact.car) ?? [];
    waypoints.set(fact.car, list);
    const next = nextWaypoints(fact, list, places);
    list.push(...next);
  }
  return waypoints;
}

type LapShares = { readonly loops: ReadonlyMap<string, number>; readonly entry: number; readonly exit: number };

function lapShares(manifest: Manifest): LapShares {
  const { circuit } = manifest;
  const length = circuit.lengthMetres ?? 1;
  const even = (index: number) => (index / circuit.loops.length) * length;
  return {
    loops: new Map(circuit.loops.map((loop, index) => [loop.id, (loop.metres ?? even(index)) / length])),
    entry: (circuit.pitLane?.entryMetres ?? length) / length,
    exit: (circuit.pitLane?.exitMetres ?? 0) / length,
  };
}

function nextWaypoints(fact: RaceFact, list: readonly Waypoint[], places: LapShares): Waypoint[] {
  const last = list.at(-1);
  switch (fact.type) {
    case 'passing':
      return [{ atMs: fact.atMs, laps: ahead(last, places.loops.get(fact.loop) ?? 0) }];
    case 'pit-entry':
      return [{ atMs: fact.atMs, laps: ahead(last, places.entry) }];
    case 'pit-exit':
      return [{ atMs: fact.atMs, laps: ahead(last, places.exit) }];
    case 'pit-stationary': {
      const laps = ahead(last, places.exit / 2);
      return [
        { atMs: fact.atMs - fact.durationMs, laps },
        { atMs: fact.atMs, laps },
      ];
    }
    case 'car-stopped':
      return stoppedAt(fact.atMs, list, places);
    default:
      return [];
  }
}

/** The next time that a car comes to this part of a lap. */
function ahead(last: Waypoint | undefined, share: number): number {
  if (last === undefined) return share;
  const laps = Math.floor(last.laps) + share;
  return laps > last.laps ? laps : laps + 1;
}

/** A car that a red flag keeps standing goes on from where it is. */
function stoodUntil(atMs: number, list: readonly Waypoint[]): Waypoint[] {
  const last = list.at(-1);
  return last === undefined ? [] : [{ ...last, atMs }];
}

/** It rolls on at the pace of its last sector, but not to the next loop. */
function stoppedAt(atMs: number, list: readonly Waypoint[], places: LapShares): Waypoint[] {
  const [before, last] = list.slice(-2);
  if (before === undefined || last === undefined || atMs <= last.atMs) return [];
  const rolledLaps = ((atMs - last.atMs) * (last.laps - before.laps)) / (last.atMs - before.atMs);
  const nextLoop = Math.min(...[...places.loops.values()].map((share) => ahead(last, share)));
  return [{ atMs, laps: last.laps + Math.min(rolledLaps, (nextLoop - last.laps) * SHORT_OF_LOOP) }];
}

function sample(
  car: CarNumber,
  waypoints: readonly Waypoint[],
  options: { readonly hz: number; readonly lengthMetres: number },
): RaceFactOf<'position'>[] {
  const stepMs = 1000 / options.hz;
  const samples: RaceFactOf<'position'>[] = [];
  for (let index = 1; index < waypoints.length; index++) {
    const from = waypoints[index - 1] as Waypoint;
    const to = waypoints[index] as Waypoint;
    const lapsPerMs = (to.laps - from.laps) / (to.atMs - from.atMs);
    const speedKph = Math.round(lapsPerMs * options.lengthMetres * 3600);
    for (let tick = Math.ceil(from.atMs / stepMs); tick * stepMs < to.atMs; tick++) {
      const atMs = Math.round(tick * stepMs);
      const laps = from.laps + (tick * stepMs - from.atMs) * lapsPerMs;
      const lapFraction = Math.round((laps - Math.floor(laps)) * 10_000) / 10_000;
      samples.push({ atMs, type: 'position', car, lapFraction, speedKph });
    }
  }
  return samples;
}
