import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { changePace, neutralise, showTrackFlag } from './race-control.ts';
import { after, type RaceRun, type WaitingCar } from './race-run.ts';
import type { ControlAnswer } from './script.ts';

type Stoppage = Omit<Extract<ControlAnswer, { flag: 'red' }>, 'afterMs'>;

/** From one car to the next as they leave the grid. */
const GRID_STEP_MS = 1500;

/**
 * Stops the race: the cars drive slowly to the line and stand there in the order in which they come, the exit of the
 * pit lane is shut, and the clock stands. Nothing happens when the field is slow already, or home.
 */
export function stopRace(run: RaceRun, stoppage: Stoppage): void {
  if (run.neutral !== undefined || run.chequeredAtMs !== undefined) return;
  const leftMs = run.endsAtMs - run.nowMs;
  run.endsAtMs = Number.POSITIVE_INFINITY;
  changePace(run, () => {
    run.neutral = 'red';
    showTrackFlag(run, 'red', 'Red flag: the race is stopped, cars line up on the grid');
  });
  run.facts.push({ atMs: run.nowMs, type: 'session-phase', phase: 'suspended' }, clockFact(run, leftMs, false));
  after(run, stoppage.forMs, () => resume(run, leftMs, stoppage.safetyCarMs));
}

function resume(run: RaceRun, leftMs: number, safetyCarMs: number): void {
  run.endsAtMs = run.nowMs + leftMs;
  changePace(run, () => {
    run.neutral = undefined;
  });
  run.facts.push({ atMs: run.nowMs, type: 'session-phase', phase: 'running' }, clockFact(run, leftMs, true));
  neutralise(run, { flag: 'safety-car', forMs: safetyCarMs, endsAtLine: true });
  const waiting = run.waiting.splice(0);
  const fromLane = waiting.filter(({ car }) => car.place === 'lane');
  const queue = [...waiting.filter(({ car }) => car.place !== 'lane'), ...fromLane];
  queue.forEach(({ goOn }, index) => {
    after(run, (index + 1) * GRID_STEP_MS, goOn);
  });
}

/** Keeps a car where it is until the race goes on: those on the grid leave first. */
export function waitForRestart(run: RaceRun, { car, goOn }: WaitingCar): void {
  if (car.place === 'track') car.place = 'grid';
  run.waiting.push({ car, goOn });
}

function clockFact(run: RaceRun, remainingMs: number, running: boolean): RaceFact {
  return { atMs: run.nowMs, type: 'clock', running, elapsedMs: run.durationMs - remainingMs, remainingMs };
}
