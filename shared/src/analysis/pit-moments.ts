import type { CarNumber } from '../domain/names.ts';
import type { Manifest } from '../protocol/manifest.ts';
import type { LapRecord, RaceHistory } from '../race/race-history.ts';
import type { Moment } from './moment.ts';
import { driverAt, placeImportance } from './road-moments.ts';

/** Completed stops, with the driver change where there was one. */
export function stopMoments(manifest: Manifest, history: RaceHistory): Moment[] {
  const moments: Moment[] = [];
  for (const visit of [...history.visits.values()].flat()) {
    if (visit.exitAtMs === undefined || visit.pitTimeMs === undefined) continue;
    const before = lapBefore(history, visit.car, visit.atMs);
    const importance = placeImportance(before?.position ?? 99);
    moments.push({
      kind: 'stop',
      atMs: visit.exitAtMs,
      importance: importance === 3 ? 2 : 1,
      cars: [visit.car],
      driver: visit.driverBefore,
      newDriver: visit.driverAfter === visit.driverBefore ? undefined : visit.driverAfter,
      pitTimeMs: visit.pitTimeMs,
      lap: visit.lap,
      position: before?.position ?? 0,
    });
  }
  return [...moments, ...windowMoments(manifest, history), ...leadAfterStops(manifest, history)];
}

function lapBefore(history: RaceHistory, car: CarNumber, atMs: number): LapRecord | undefined {
  return history.laps.get(car)?.findLast((lap) => lap.atMs <= atMs);
}

function windowMoments(manifest: Manifest, history: RaceHistory): Moment[] {
  const rules = manifest.pitRules;
  if (rules === undefined || rules.mandatoryStops === 0) return [];
  const { windowOpensMs: opensMs, windowClosesMs: closesMs } = rules;
  const moments: Moment[] = [];
  if (opensMs !== undefined) {
    moments.push({ kind: 'window-open', atMs: opensMs, importance: 2, cars: [], closesMs });
  }
  if (closesMs !== undefined) {
    const missed = manifest.entries
      .map((entry) => entry.car)
      .filter((car) => owesAt(history, car, { atMs: closesMs, stops: rules.mandatoryStops }));
    moments.push({ kind: 'window-shut', atMs: closesMs, importance: 3, cars: missed, missed });
  }
  return moments;
}

type Due = { readonly atMs: number; readonly stops: number };

/** A car on the road that has too few mandatory stops behind it and is in none. */
function owesAt(history: RaceHistory, car: CarNumber, due: Due): boolean {
  const out = history.statusChanges.findLast((change) => change.car === car && change.atMs <= due.atMs);
  if (out !== undefined && out.to !== 'running' && out.to !== 'stopped') return false;
  return mandatoryStopsAt(history, car, due.atMs) < due.stops;
}

function mandatoryStopsAt(history: RaceHistory, car: CarNumber, atMs: number): number {
  const visits = history.visits.get(car) ?? [];
  return visits.filter((visit) => visit.mandatory && (visit.exitAtMs ?? Number.POSITIVE_INFINITY) <= atMs).length;
}

/** The first lap that ends with the first two of the race, both done with their stops and the laps around them. */
function leadAfterStops(manifest: Manifest, history: RaceHistory): Moment[] {
  const stops = manifest.pitRules?.mandatoryStops ?? 0;
  if (stops === 0) return [];
  let leader: LapRecord | undefined;
  for (const lap of history.allLaps) {
    if (lap.position === 1) leader = lap;
    if (lap.position !== 2 || leader?.lap !== lap.lap || lap.isOutLap || leader.isOutLap) continue;
    const done = [lap.car, leader.car].every((car) => mandatoryStopsAt(history, car, lap.atMs) >= stops);
    if (!done) continue;
    return [
      {
        kind: 'lead-after-stops',
        atMs: lap.atMs,
        importance: 3,
        cars: [leader.car, lap.car],
        driver: driverAt(manifest, history, leader.car, lap.atMs),
        secondDriver: driverAt(manifest, history, lap.car, lap.atMs),
        gapMs: lap.atMs - leader.atMs,
      },
    ];
  }
  return [];
}
