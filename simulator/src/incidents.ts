import { sectorShare } from './lap-model.ts';
import { neutralise, openSlowZone, showLocalYellow, takeOut } from './race-control.ts';
import { after, isInSlowZone, type RaceRun, type RunningCar, sectorNumberOf } from './race-run.ts';
import { losesGrip } from './rain.ts';
import type { ControlAnswer, Mishap, MishapPart } from './script.ts';
import { stopRace } from './stoppage.ts';
import { loseTime } from './traffic.ts';

const FAILURES = ['gearbox', 'engine', 'electrical fault', 'suspension', 'oil leak', 'clutch'] as const;
const PENALTY_REASONS = ['speeding in the pit lane', 'track limits', 'unsafe release', 'avoidable contact'] as const;
const YELLOW_MS = 60_000;
const SAFETY_CAR_MS = [1_200_000, 1_800_000] as const;
const FULL_COURSE_YELLOW_MS = [300_000, 600_000] as const;

/** Starts what the script has bound to the loop that a car has just crossed. */
export function triggerMishaps(run: RaceRun, car: RunningCar): void {
  for (const mishap of run.scenario.script.mishaps) {
    if (mishap.car !== car.plan.car) continue;
    if ((mishap.lap - 1) * run.loops.length + mishap.loop !== car.progress) continue;
    after(run, mishap.delayMs, () => happen(run, car, mishap));
  }
}

/** Spreads what nobody plans over the race. */
export function planChances(run: RaceRun): void {
  const { chances } = run.scenario;
  spread(run, chances.spins, (car) => spin(run, car));
  spread(run, chances.failures, (car) => fail(run, car));
  spread(run, chances.safetyCars, (car) => {
    crash(run, car);
    neutralise(run, { flag: 'safety-car', forMs: run.random.between(...SAFETY_CAR_MS) });
  });
  spread(run, chances.fullCourseYellows, (car) => {
    crash(run, car);
    neutralise(run, { flag: 'full-course-yellow', forMs: run.random.between(...FULL_COURSE_YELLOW_MS) });
  });
  spread(run, chances.driveThroughs, (car) => penalise(run, car));
}

/** `count` times, one in each part of the race, to a car that happens to be on the track. */
function spread(run: RaceRun, count: number, befall: (car: RunningCar) => void): void {
  for (let index = 0; index < count; index++) {
    const atMs = ((index + run.random.between(0.1, 0.9)) / count) * run.durationMs;
    run.queue.push(Math.round(atMs), () => {
      const onTrack = [...run.cars.values()].filter((car) => car.place === 'track' && car.progress > 0);
      if (onTrack.length > 0 && run.chequeredAtMs === undefined) befall(run.random.pick(onTrack));
    });
  }
}

function happen(run: RaceRun, car: RunningCar, mishap: Mishap): void {
  if (car.place !== 'track') return;
  report(run, car, { ...mishap, cars: mishap.parts.map((part) => part.car) });
  const sector = sectorNumberOf(run, car);
  for (const part of mishap.parts) suffer(run, part);
  const { answer } = mishap;
  if (answer !== undefined) after(run, answer.afterMs, () => respond(run, answer, sector));
}

function respond(run: RaceRun, answer: ControlAnswer, sector: number): void {
  if (answer.flag === 'red') stopRace(run, answer);
  else if (answer.flag === 'slow-zone') openSlowZone(run, sector, answer.forMs);
  else neutralise(run, answer);
}

type Report = Pick<Mishap, 'kind' | 'text' | 'yellowMs'> & { readonly cars?: string[] };

/** Tells of an incident where the car is, with yellow in that sector unless the whole track is slow already. */
function report(run: RaceRun, car: RunningCar, { kind, text, yellowMs, cars = [car.plan.car] }: Report): void {
  const sector = sectorNumberOf(run, car);
  run.facts.push({ atMs: run.nowMs, type: 'incident', kind, text, cars, sector });
  if (yellowMs !== undefined) showLocalYellow(run, sector, yellowMs);
}

function suffer(run: RaceRun, part: MishapPart): void {
  const car = run.cars.get(part.car);
  if (car === undefined || car.place !== 'track') return;
  if (part.retires === undefined) {
    if (part.lossMs !== undefined) loseTime(run, car, part.lossMs);
    return;
  }
  const { reason, otherCar, stopsAfterMs, afterMs } = part.retires;
  const outcome = { car: part.car, reason, ...(otherCar !== undefined && { otherCar }) };
  takeOut(run, car);
  after(run, stopsAfterMs, () => run.facts.push({ atMs: run.nowMs, type: 'car-stopped', ...outcome }));
  after(run, afterMs, () => run.facts.push({ atMs: run.nowMs, type: 'car-retired', ...outcome }));
}

/** On the wrong tyres in the rain a car may spin anywhere. */
export function riskSpin(run: RaceRun, car: RunningCar): void {
  if (run.neutral === undefined && !isInSlowZone(run, car) && losesGrip(run, car, sectorShare(run, car))) {
    after(run, run.random.between(4000, 12_000), () => car.place === 'track' && spin(run, car));
  }
}

function spin(run: RaceRun, car: RunningCar): void {
  report(run, car, { kind: 'spin', text: `Car ${car.plan.car} spins and rejoins`, yellowMs: YELLOW_MS / 2 });
  suffer(run, { car: car.plan.car, lossMs: run.random.between(6000, 35_000) });
}

function fail(run: RaceRun, car: RunningCar): void {
  const reason = run.random.pick(FAILURES);
  const text = `Car ${car.plan.car} stops on the track: ${reason}`;
  report(run, car, { kind: 'mechanical', text, yellowMs: 3 * YELLOW_MS });
  suffer(run, { car: car.plan.car, retires: { reason, stopsAfterMs: 8000, afterMs: 5 * YELLOW_MS } });
}

function crash(run: RaceRun, car: RunningCar): void {
  const text = `Car ${car.plan.car} hits the barrier; the driver is out of the car`;
  report(run, car, { kind: 'crash', text });
  suffer(run, { car: car.plan.car, retires: { reason: 'accident', stopsAfterMs: 2000, afterMs: YELLOW_MS } });
}

function penalise(run: RaceRun, car: RunningCar): void {
  if (car.penaltyId !== undefined) return;
  const reason = run.random.pick(PENALTY_REASONS);
  const id = `drive-through-${run.facts.length}`;
  car.penaltyId = id;
  const sanction = { kind: 'drive-through' } as const;
  const text = `Drive-through for car ${car.plan.car}: ${reason}`;
  run.facts.push(
    { atMs: run.nowMs, type: 'penalty', id, car: car.plan.car, state: 'given', sanction, reason },
    { atMs: run.nowMs, type: 'race-control-message', category: 'penalty', text, cars: [car.plan.car] },
  );
}
