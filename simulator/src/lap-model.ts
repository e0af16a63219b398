import { driverOf, isInSlowZone, lapOf, type RaceRun, type RunningCar, sectorOf } from './race-run.ts';
import { rainLossMs } from './rain.ts';

/** A field behind the safety car goes at this multiple of its usual time; who has yet to catch up, less slowly. */
const SAFETY_CAR_FACTOR = 2.2;
const CATCH_UP_FACTOR = 1.15;
const FULL_COURSE_YELLOW_FACTOR = 1.8;
const RED_FACTOR = 2;
const SLOW_ZONE_FACTOR = 1.7;
const DUSK_MS = 3_600_000;

/** What the car would take for a lap now, without scatter, traffic and flags. */
export function usualLapMs(run: RaceRun, car: RunningCar): number {
  const { model } = run.scenario;
  const burntLaps = model.refuels ? car.stintLaps : lapOf(run, car) - 1;
  const raceShare = Math.min(1, run.nowMs / run.durationMs);
  return (
    car.plan.paceMs +
    driverOf(car).paceMs +
    model.wearMsPerLap * car.stintLaps -
    model.fuelMsPerLap * burntLaps -
    model.evolutionMs * raceShare +
    nightLossMs(run) +
    rainLossMs(run, car)
  );
}

/** Scatter of the sector that the car is about to drive. */
export function sectorNoiseMs(run: RaceRun, car: RunningCar): number {
  const share = sectorShare(run, car);
  return car.formMs * share + run.random.normal() * driverOf(car).noiseMs * 0.5 * Math.sqrt(share);
}

/** Share of the lap time that the sector ahead takes. */
export function sectorShare(run: RaceRun, car: RunningCar): number {
  return run.scenario.track.sectorShares[sectorOf(run, car)] ?? 0;
}

/** Lets the form of the car drift, once a lap. */
export function driftForm(run: RaceRun, car: RunningCar): void {
  car.formMs = 0.6 * car.formMs + run.random.normal() * driverOf(car).noiseMs * 0.6;
}

/** How much slower than usual a car goes under the flag that is out. */
export function paceFactor(run: RaceRun, car: RunningCar): number {
  if (run.neutral === undefined) return isInSlowZone(run, car) ? SLOW_ZONE_FACTOR : 1;
  if (run.neutral === 'red') return RED_FACTOR;
  if (run.neutral === 'full-course-yellow') return FULL_COURSE_YELLOW_FACTOR;
  return car === run.leader ? SAFETY_CAR_FACTOR : CATCH_UP_FACTOR;
}

function nightLossMs(run: RaceRun): number {
  const { night } = run.scenario.model;
  if (night === undefined) return 0;
  const darkness = Math.min((run.nowMs - night.fromMs) / DUSK_MS, (night.toMs - run.nowMs) / DUSK_MS);
  return night.lossMs * Math.max(0, Math.min(1, darkness));
}
