import { paceFactor } from './lap-model.ts';
import { after, type Neutralisation, type RaceRun, type RunningCar, sectorOf } from './race-run.ts';
import { leaveSector, rescaleArrivals } from './traffic.ts';

/** From the last car home to the end of the session. */
const CLOSING_MS = 180_000;

const NEUTRAL_TEXTS = {
  'safety-car': { out: 'Safety car deployed', end: 'Safety car in: green flag' },
  'full-course-yellow': { out: 'Full course yellow', end: 'Full course yellow ends: green flag' },
} as const;

/** Shows the chequered flag to the leader, who is at the line. */
export function showChequered(run: RaceRun): void {
  run.chequeredAtMs = run.nowMs;
  run.facts.push(
    { atMs: run.nowMs, type: 'flag-changed', flag: 'chequered' },
    { atMs: run.nowMs, type: 'race-control-message', category: 'flag', text: 'Chequered flag' },
  );
}

/** Takes a car out of the race: retired, or home. The session ends after the last one. */
export function takeOut(run: RaceRun, car: RunningCar): void {
  leaveSector(run, car);
  car.place = 'out';
  car.ticket++;
  run.racing--;
  if (run.racing > 0) return;
  run.facts.push(
    { atMs: run.nowMs, type: 'session-phase', phase: 'finished' },
    { atMs: run.nowMs + CLOSING_MS, type: 'session-phase', phase: 'closed' },
  );
}

/** Slows the whole field down for a time. Nothing happens when it is slow already, or home. */
export function neutralise(run: RaceRun, kind: Neutralisation, forMs: number): void {
  if (run.neutral !== undefined || run.chequeredAtMs !== undefined) return;
  run.neutral = kind;
  showTrackFlag(run, kind, NEUTRAL_TEXTS[kind].out);
  rescaleArrivals(run, (car) => paceFactor(run, car));
  after(run, forMs, () => {
    rescaleArrivals(run, (car) => 1 / paceFactor(run, car));
    run.neutral = undefined;
    if (run.chequeredAtMs === undefined) showTrackFlag(run, 'green', NEUTRAL_TEXTS[kind].end);
  });
}

/** Shows yellow in a sector for a time. */
export function showLocalYellow(run: RaceRun, sector: number, forMs: number): void {
  const { facts, nowMs } = run;
  facts.push(
    { atMs: nowMs, type: 'flag-changed', flag: 'yellow', sector },
    { atMs: nowMs, type: 'race-control-message', category: 'flag', text: `Yellow flag in sector ${sector}`, sector },
  );
  after(run, forMs, () => facts.push({ atMs: run.nowMs, type: 'flag-changed', flag: 'green', sector }));
}

/** Number of the sector in which a car is, from 1: intermediate loops lie within a sector. */
export function sectorNumberOf(run: RaceRun, car: RunningCar): number {
  return run.loops.slice(0, sectorOf(run, car) + 1).filter((loop) => loop.kind === 'finish' || loop.kind === 'sector')
    .length;
}

function showTrackFlag(run: RaceRun, flag: Neutralisation | 'green', text: string): void {
  run.facts.push(
    { atMs: run.nowMs, type: 'flag-changed', flag },
    { atMs: run.nowMs, type: 'race-control-message', category: 'safety-car', text },
  );
}
