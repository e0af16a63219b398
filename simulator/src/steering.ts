import { sectorNoiseMs, sectorShare, usualLapMs } from './lap-model.ts';
import { lapOf, type RaceRun, type RunningCar, sectorOf } from './race-run.ts';
import type { GapAim, LapAim, MeetingAim } from './script.ts';

/** The script may make a sector this much faster or slower than it would be, and no more. */
const FASTER = 0.985;
const SLOWER = 1.03;
/** In the wheel tracks of another car the scatter is mostly the other's. */
const SHADOW_NOISE = 0.5;
/** Scatter fades out over the last sectors before an exact aim. */
const FADE_SECTORS = 4;

/** Time that the car takes for the sector ahead in clean air under green, steered where the script has an aim for it. */
export function sectorTimeMs(run: RaceRun, car: RunningCar): number {
  const share = sectorShare(run, car);
  const usualMs = usualLapMs(run, car) * share;
  const noiseMs = sectorNoiseMs(run, car);
  const launchMs = launchLossMs(run, car);
  const lapAim = lapAimOf(run, car);
  if (lapAim?.exact) return exactlyMs(run, car, lapAim);
  const aimedMs = byGapAim(run, car, noiseMs) ?? byMeeting(run, car) ?? (lapAim && lapAim.lapTimeMs * share + noiseMs);
  const steeredMs =
    aimedMs === undefined
      ? usualMs + noiseMs + launchMs
      : Math.max(usualMs * FASTER, Math.min(usualMs * SLOWER + launchMs, aimedMs));
  return Math.max(run.scenario.model.limitLapMs * share + Math.abs(noiseMs), steeredMs);
}

/** The gap that the script wants of a car on the lap it is on. */
export function gapAimOf(run: RaceRun, car: RunningCar): GapAim | undefined {
  const lap = lapOf(run, car);
  return run.scenario.script.gapAims.find((aim) => aim.car === car.plan.car && aim.fromLap <= lap && lap <= aim.toLap);
}

function lapAimOf(run: RaceRun, car: RunningCar): LapAim | undefined {
  const lap = lapOf(run, car);
  return run.scenario.script.lapAims.find((aim) => aim.car === car.plan.car && aim.fromLap <= lap && lap <= aim.toLap);
}

function byGapAim(run: RaceRun, car: RunningCar, noiseMs: number): number | undefined {
  const aim = gapAimOf(run, car);
  const reference = aim && run.cars.get(aim.behind);
  const referenceAtMs = reference?.crossings[car.progress];
  if (aim === undefined || reference === undefined || referenceAtMs === undefined) return undefined;
  const sectorsLeft = aim.toLap * run.loops.length - car.progress;
  const gapMs = run.nowMs - referenceAtMs;
  const nextMs = nextCrossing(reference, car.progress + 1);
  const mirrors = nextMs !== undefined && (aim.shadow === true || (aim.exact === true && sectorsLeft === 1));
  const paceMs = mirrors ? nextMs - referenceAtMs : expectedMs(run, car, reference);
  const fade = aim.exact ? Math.min(1, (sectorsLeft - 1) / FADE_SECTORS) : 1;
  return paceMs + (aim.gapMs - gapMs) / sectorsLeft + noiseMs * fade * (aim.shadow ? SHADOW_NOISE : 1);
}

/** As fast as it takes to come to the line where the script wants it beside a car that is laps ahead or behind. */
function byMeeting(run: RaceRun, car: RunningCar): number | undefined {
  const aim = run.scenario.script.meetings.find((meeting) => meeting.car === car.plan.car && isOn(run, car, meeting));
  const other = aim && run.cars.get(aim.other);
  if (aim === undefined || other === undefined) return undefined;
  const targetMs = lineAtMs(run, other, aim.toLap + aim.lapsUp) + aim.gapMs;
  return ((targetMs - run.nowMs) * sectorShare(run, car)) / (aim.toLap - lapsDriven(run, car));
}

function isOn(run: RaceRun, car: RunningCar, aim: MeetingAim): boolean {
  const lap = lapOf(run, car);
  return aim.fromLap <= lap && lap <= aim.toLap;
}

/** When a car has ended a lap, or will at its usual pace. */
function lineAtMs(run: RaceRun, car: RunningCar, lap: number): number {
  const place = lap * run.loops.length;
  const crossedAtMs = car.crossings[place];
  if (crossedAtMs !== undefined) return crossedAtMs;
  return (car.crossings[car.progress] ?? 0) + (lap - lapsDriven(run, car)) * usualLapMs(run, car);
}

/** Laps with the part of the present one that lies behind the last loop. */
function lapsDriven(run: RaceRun, car: RunningCar): number {
  const { sectorShares } = run.scenario.track;
  return lapOf(run, car) - 1 + sectorShares.slice(0, sectorOf(run, car)).reduce((sum, share) => sum + share, 0);
}

/** When a car crossed a loop, or will as things stand. */
function nextCrossing(car: RunningCar, progress: number): number | undefined {
  if (car.progress + 1 === progress && car.place === 'track') return car.arriveAtMs;
  return car.crossings[progress];
}

/** The time that a car may expect its reference to take: a single lap to order is no guide. */
function expectedMs(run: RaceRun, car: RunningCar, reference: RunningCar): number {
  const aim = lapAimOf(run, reference);
  const lapMs = aim === undefined || aim.exact ? usualLapMs(run, reference) : aim.lapTimeMs;
  return lapMs * sectorShare(run, car) + launchLossMs(run, car);
}

function launchLossMs(run: RaceRun, car: RunningCar): number {
  return car.progress === 0 ? run.scenario.model.launchMs : 0;
}

/** What the lap has left, shared out over the sectors that it has left. */
function exactlyMs(run: RaceRun, car: RunningCar, aim: LapAim): number {
  const sector = sectorOf(run, car);
  const lapStartMs = car.crossings[car.progress - sector] ?? run.nowMs;
  const shareLeft = run.scenario.track.sectorShares.slice(sector).reduce((sum, share) => sum + share, 0);
  return ((lapStartMs + aim.lapTimeMs - run.nowMs) * sectorShare(run, car)) / shareLeft;
}
