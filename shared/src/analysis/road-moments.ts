import type { CarNumber } from '../domain/names.ts';
import type { Manifest } from '../protocol/manifest.ts';
import { isGreen } from '../race/flag-severity.ts';
import type { LapRecord, RaceHistory } from '../race/race-history.ts';
import type { Importance, Moment } from './moment.ts';

/** The field shakes out at first: passes and best laps before this lap are no news. */
const SETTLED_LAP = 3;
const BATTLE_MS = 1000;
const BATTLE_LAPS = 3;
/** A gap that falls through one of these is a milestone; it has to have been a good deal larger before. */
const MILESTONES_MS = [10_000, 5_000, 3_000];

export function placeImportance(position: number): Importance {
  if (position <= 3) return 3;
  return position <= 10 ? 2 : 1;
}

/** Who drove a car at a moment. */
export function driverAt(manifest: Manifest, history: RaceHistory, car: CarNumber, atMs: number): string | undefined {
  const last = history.driverChanges.findLast((change) => change.car === car && change.atMs <= atMs);
  if (last !== undefined) return last.to;
  const entry = manifest.entries.find((candidate) => candidate.car === car);
  return entry?.startingDriver ?? (entry?.drivers.length === 1 ? entry.drivers[0]?.id : undefined);
}

/** Overtakes on the road: not in the first laps, not of cars that are slow on purpose, not taken back within the lap. */
export function overtakeMoments(manifest: Manifest, history: RaceHistory): Moment[] {
  const moments: Moment[] = [];
  const seen = new Map<string, number>();
  for (const { atMs, car, passed, position, lap, inPit } of history.overtakes) {
    const pair = car < passed ? `${car} ${passed}` : `${passed} ${car}`;
    const before = seen.get(pair);
    seen.set(pair, lap);
    // Two cars side by side swap at every loop: one pass is told, then silence for a lap.
    if (inPit || lap < SETTLED_LAP || (before !== undefined && lap - before <= 1)) continue;
    if (recentlyInPit(history, car, atMs)) continue;
    moments.push({
      kind: 'overtake',
      atMs,
      importance: placeImportance(position),
      cars: [car, passed],
      driver: driverAt(manifest, history, car, atMs),
      passedDriver: driverAt(manifest, history, passed, atMs),
      position,
      lap,
    });
  }
  return moments;
}

function recentlyInPit(history: RaceHistory, car: CarNumber, atMs: number): boolean {
  return history.visits.get(car)?.some((visit) => visit.atMs <= atMs && (visit.exitAtMs ?? atMs) >= atMs) ?? false;
}

/** The place was lost around a stop: the lane, the lap into it or the lap out of it. */
function lostInPit(history: RaceHistory, car: CarNumber, atMs: number): boolean {
  return history.overtakes.some((overtake) => overtake.atMs === atMs && overtake.passed === car && overtake.inPit);
}

export function leadMoments(manifest: Manifest, history: RaceHistory): Moment[] {
  return history.leadChanges.map(({ atMs, car, from, lap }) => {
    const outOfRace = history.statusChanges.some(
      (change) => change.car === from && change.to === 'retired' && change.atMs === atMs,
    );
    const throughPit =
      from !== undefined &&
      (recentlyInPit(history, from, atMs) || recentlyInPit(history, car, atMs) || lostInPit(history, from, atMs));
    const cause = outOfRace ? 'retirement' : throughPit ? 'pit' : 'track';
    return {
      kind: 'lead-change',
      atMs,
      importance: cause === 'pit' ? 2 : 3,
      cars: from === undefined ? [car] : [car, from],
      driver: driverAt(manifest, history, car, atMs),
      lap,
      cause,
    };
  });
}

export function fastestLapMoments(history: RaceHistory): Moment[] {
  return history.bestLaps
    .filter(({ lap }) => lap > SETTLED_LAP)
    .map(({ atMs, car, driver, lap, lapTimeMs, position }) => ({
      kind: 'fastest-lap' as const,
      atMs,
      importance: 2 as const,
      cars: [car],
      driver,
      lapTimeMs,
      lap,
      position,
    }));
}

type Chase = { laps: number; told: boolean; milestone: number };

/** Battles (under a second for several laps running) and gaps that fall through a milestone, both at the line. */
export function chaseMoments(history: RaceHistory): Moment[] {
  const moments: Moment[] = [];
  const chases = new Map<string, Chase>();
  const lastAtPosition = new Map<number, LapRecord>();
  const flagAtMs = history.flags.find((period) => period.flag === 'chequered')?.atMs ?? Number.POSITIVE_INFINITY;
  for (const lap of history.allLaps) {
    // Who is home chases nobody.
    if (lap.atMs >= flagAtMs) break;
    const ahead = lastAtPosition.get(lap.position - 1);
    lastAtPosition.set(lap.position, lap);
    if (ahead === undefined || ahead.lap !== lap.lap || lap.position > 10 || lap.lap < SETTLED_LAP) continue;
    const pair = `${lap.car} ${ahead.car}`;
    const chase = chases.get(pair) ?? { laps: 0, told: false, milestone: 0 };
    chases.set(pair, chase);
    const clean = isGreen(lap.flag) && !lap.isInLap && !lap.isOutLap && !ahead.isInLap && !ahead.isOutLap;
    moments.push(...(clean ? follow(chase, lap, ahead) : []));
  }
  return moments;
}

function follow(chase: Chase, lap: LapRecord, ahead: LapRecord): Moment[] {
  const gapMs = lap.atMs - ahead.atMs;
  const told = {
    atMs: lap.atMs,
    importance: placeImportance(lap.position - 1),
    cars: [lap.car, ahead.car],
    driver: lap.driver,
    aheadDriver: ahead.driver,
    position: lap.position,
    gapMs,
    lap: lap.lap,
  };
  chase.laps = gapMs < BATTLE_MS ? chase.laps + 1 : 0;
  // A battle is over, and may begin again, once the cars are well apart.
  if (gapMs > 2 * BATTLE_MS) chase.told = false;
  if (chase.laps >= BATTLE_LAPS && !chase.told) {
    chase.told = true;
    return [{ kind: 'battle', ...told }];
  }
  const next = MILESTONES_MS[chase.milestone - 1];
  if (chase.milestone > 0 && next !== undefined && gapMs < next && gapMs >= BATTLE_MS) {
    chase.milestone = armFor(gapMs);
    return [{ kind: 'closing', ...told }];
  }
  if (chase.milestone === 0 || (next !== undefined && gapMs > next * 1.4)) chase.milestone = armFor(gapMs);
  return [];
}

/** The next milestone below a gap, counted from 1; 0 where none is far enough away to be news. */
function armFor(gapMs: number): number {
  return MILESTONES_MS.findIndex((milestone) => gapMs > milestone * 1.2) + 1;
}
