import type { Manifest } from '../protocol/manifest.ts';
import { isGreen } from '../race/flag-severity.ts';
import type { LapRecord, RaceHistory, StatusChange } from '../race/race-history.ts';
import type { Moment } from './moment.ts';
import { driverAt, placeImportance } from './road-moments.ts';

/** Retirements, cars that do not start, disqualifications. */
export function outcomeMoments(manifest: Manifest, history: RaceHistory): Moment[] {
  return history.statusChanges.flatMap((change) => outcomeMoment(manifest, history, change));
}

function outcomeMoment(manifest: Manifest, history: RaceHistory, change: StatusChange): Moment[] {
  const { atMs, car, outcome } = change;
  // Said again: no news.
  if (change.from === change.to) return [];
  const facts = { atMs, driver: driverAt(manifest, history, car, atMs), reason: outcome?.reason };
  const cars = outcome?.otherCar === undefined ? [car] : [car, outcome.otherCar];
  switch (change.to) {
    case 'retired':
      return [retirement(change, { ...facts, cars })];
    case 'did-not-start':
      return [{ kind: 'did-not-start', importance: 2, cars, ...facts }];
    case 'disqualified':
      return [{ kind: 'disqualification', importance: 3, cars, ...facts }];
    case 'on-grid':
    case 'running':
    case 'in-pit':
    case 'stopped':
    case 'finished':
      return [];
  }
}

type Facts = Pick<Extract<Moment, { kind: 'retirement' }>, 'atMs' | 'driver' | 'reason' | 'cars'>;

function retirement(change: StatusChange, facts: Facts): Moment {
  const { position } = change;
  const importance = facts.cars.length > 1 || placeImportance(position) > 1 ? 3 : 2;
  return { kind: 'retirement', ...facts, importance, lap: change.outcome?.lap ?? 0, position };
}

export function flagMoments(history: RaceHistory): Moment[] {
  const moments: Moment[] = [];
  let wasGreen = true;
  for (const { atMs, flag, sector, lap } of history.flags) {
    if (flag === 'chequered') continue;
    // Green is news only as an end of something.
    const isNews = !isGreen(flag) || flag === 'white' || (sector === undefined && !wasGreen);
    if (sector === undefined) wasGreen = isGreen(flag);
    if (!isNews) continue;
    moments.push({ kind: 'flag', atMs, importance: sector === undefined ? 3 : 1, cars: [], flag, sector, lap });
  }
  return moments;
}

export function messageMoments(history: RaceHistory): Moment[] {
  return history.messages.flatMap((message): Moment[] =>
    message.type === 'incident'
      ? [{ kind: 'incident', atMs: message.atMs, importance: 2, cars: message.cars, text: message.text }]
      : [],
  );
}

export function penaltyMoments(history: RaceHistory): Moment[] {
  return history.penalties
    .filter((penalty) => penalty.state !== 'served')
    .map((penalty) => ({ kind: 'penalty', atMs: penalty.atMs, importance: 2, cars: [penalty.car], penalty }));
}

/** Start, stoppages, the flag, and the first three home. */
export function phaseMoments(manifest: Manifest, history: RaceHistory): Moment[] {
  const moments: Moment[] = [];
  let started = false;
  for (const { atMs, phase } of history.phases) {
    if (phase === 'running' && !started) {
      started = true;
      const pole = manifest.grid.find((slot) => slot.position === 1)?.car;
      const driver = pole === undefined ? undefined : driverAt(manifest, history, pole, atMs);
      moments.push({ kind: 'start', atMs, importance: 3, cars: pole === undefined ? [] : [pole], driver });
    } else if (phase === 'suspended' || phase === 'running') {
      moments.push({ kind: 'phase', atMs, importance: 3, cars: [], phase });
    }
  }
  return [...moments, ...finishMoments(manifest, history)];
}

function finishMoments(manifest: Manifest, history: RaceHistory): Moment[] {
  const moments: Moment[] = [];
  let winner: LapRecord | undefined;
  for (const change of history.statusChanges) {
    if (change.to !== 'finished' || manifest.kind !== 'race') continue;
    const lap = history.laps.get(change.car)?.findLast((record) => record.atMs <= change.atMs);
    if (lap === undefined || lap.position > 3) continue;
    // The result is told when the car is known to be home, which a late flag is a little after the line.
    const { atMs } = change;
    const { car, driver, position } = lap;
    if (winner === undefined && position !== 1) continue;
    winner ??= lap;
    if (lap === winner) {
      moments.push({ kind: 'chequered', atMs, importance: 3, cars: [car], driver, laps: lap.lap });
    } else {
      const gapMs = lap.lap === winner.lap ? lap.atMs - winner.atMs : undefined;
      const winnerDriver = winner.driver;
      moments.push({
        kind: 'finish',
        atMs,
        importance: 3,
        cars: [car, winner.car],
        driver,
        position,
        gapMs,
        winnerDriver,
      });
    }
  }
  return moments;
}
