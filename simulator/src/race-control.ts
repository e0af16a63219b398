import { paceFactor } from './lap-model.ts';
import { after, type RaceRun, type RunningCar } from './race-run.ts';
import type { Neutralisation } from './script.ts';
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

type Slowing = { readonly flag: Neutralisation; readonly forMs: number; readonly endsAtLine?: true };

/** Slows the whole field down for a time. Nothing happens when it is slow already, or home. */
export function neutralise(run: RaceRun, { flag, forMs, endsAtLine }: Slowing): void {
  if (run.neutral !== undefined || run.chequeredAtMs !== undefined) return;
  changePace(run, () => {
    run.neutral = flag;
    showTrackFlag(run, flag, NEUTRAL_TEXTS[flag].out);
  });
  after(run, forMs, () => {
    if (endsAtLine) run.endsNeutralAtLine = true;
    else endNeutral(run);
  });
}

/** The race goes on at full speed. */
export function endNeutral(run: RaceRun): void {
  const { neutral } = run;
  if (neutral === undefined || neutral === 'red') return;
  run.endsNeutralAtLine = false;
  changePace(run, () => {
    run.neutral = undefined;
  });
  if (run.chequeredAtMs === undefined) showTrackFlag(run, 'green', NEUTRAL_TEXTS[neutral].end);
}

/** Slows the cars in one sector down for a time. Nothing happens when they are slow already. */
export function openSlowZone(run: RaceRun, sector: number, forMs: number): void {
  if (run.neutral !== undefined || run.chequeredAtMs !== undefined || run.slowZones.has(sector)) return;
  changePace(run, () => run.slowZones.add(sector));
  showSectorFlag(run, 'slow-zone', { sector, text: `Slow zone in sector ${sector}` });
  after(run, forMs, () => {
    changePace(run, () => run.slowZones.delete(sector));
    showSectorFlag(run, 'green', { sector, text: `Slow zone in sector ${sector} ends` });
  });
}

/** Changes what the pace depends on, and with it the time that the cars have left to their next loops. */
export function changePace(run: RaceRun, change: () => void): void {
  const before = new Map(run.sectors.flat().map((car) => [car, paceFactor(run, car)]));
  change();
  rescaleArrivals(run, (car) => paceFactor(run, car) / (before.get(car) ?? 1));
}

/** Shows yellow in a sector for a time, unless a slow zone or more is shown there. */
export function showLocalYellow(run: RaceRun, sector: number, forMs: number): void {
  if (run.neutral !== undefined || run.slowZones.has(sector)) return;
  showSectorFlag(run, 'yellow', { sector, text: `Yellow flag in sector ${sector}` });
  after(run, forMs, () => {
    if (!run.slowZones.has(sector)) run.facts.push({ atMs: run.nowMs, type: 'flag-changed', flag: 'green', sector });
  });
}

type SectorNotice = { readonly sector: number; readonly text: string };

function showSectorFlag(run: RaceRun, flag: 'yellow' | 'slow-zone' | 'green', { sector, text }: SectorNotice): void {
  run.facts.push(
    { atMs: run.nowMs, type: 'flag-changed', flag, sector },
    { atMs: run.nowMs, type: 'race-control-message', category: 'flag', text, sector },
  );
}

export function showTrackFlag(run: RaceRun, flag: Neutralisation | 'red' | 'green', text: string): void {
  run.facts.push(
    { atMs: run.nowMs, type: 'flag-changed', flag },
    { atMs: run.nowMs, type: 'race-control-message', category: flag === 'red' ? 'flag' : 'safety-car', text },
  );
}
