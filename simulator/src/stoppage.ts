import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { changePace, neutralise, showTrackFlag } from './race-control.ts';
import { after, type RaceRun, type RunningCar, type WaitingCar } from './race-run.ts';
import type { ControlAnswer } from './script.ts';

type Stoppage = Omit<Extract<ControlAnswer, { flag: 'red' }>, 'afterMs'>;

/** From one car to the next as they leave the grid. */
const GRID_STEP_MS = 1500;

/**
 * Stops the race: the cars drive slowly to the line and stand there, the exit of the pit lane is shut, and the clock
 * stands. The race goes on in the order in which it was stopped, behind the safety car. Nothing happens when the field
 * is slow already, or home.
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
  const order = [...run.cars.values()].sort(byProgress);
  after(run, stoppage.forMs, () => resume(run, { leftMs, order, safetyCarMs: stoppage.safetyCarMs }));
}

function byProgress(one: RunningCar, other: RunningCar): number {
  return other.progress - one.progress || (one.crossings[one.progress] ?? 0) - (other.crossings[other.progress] ?? 0);
}

type Restart = { readonly leftMs: number; readonly order: readonly RunningCar[]; readonly safetyCarMs: number };

function resume(run: RaceRun, { leftMs, order, safetyCarMs }: Restart): void {
  run.endsAtMs = run.nowMs + leftMs;
  changePace(run, () => {
    run.neutral = undefined;
  });
  run.facts.push({ atMs: run.nowMs, type: 'session-phase', phase: 'running' }, clockFact(run, leftMs, true));
  neutralise(run, { flag: 'safety-car', forMs: safetyCarMs, endsAtLine: true });
  const place = ({ car }: WaitingCar) => order.indexOf(car) + (car.place === 'lane' ? order.length : 0);
  const queue = run.waiting.splice(0).sort((one, other) => place(one) - place(other));
  queue.forEach(({ goOn }, index) => {
    after(run, (index + 1) * GRID_STEP_MS, goOn);
  });
}

/** Keeps a car where it is until the race goes on: those on the grid leave before those in the pit lane. */
export function waitForRestart(run: RaceRun, { car, goOn }: WaitingCar): void {
  if (car.place === 'track') car.place = 'grid';
  run.waiting.push({ car, goOn });
}

function clockFact(run: RaceRun, remainingMs: number, running: boolean): RaceFact {
  return { atMs: run.nowMs, type: 'clock', running, elapsedMs: run.durationMs - remainingMs, remainingMs };
}
