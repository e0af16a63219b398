import { riskSpin, triggerMishaps } from './incidents.ts';
import { driftForm, paceFactor } from './lap-model.ts';
import { type PitOrder, pitOrder } from './pit-strategy.ts';
import { endNeutral, showChequered, takeOut } from './race-control.ts';
import { after, driverOf, type RaceRun, type RunningCar, sectorOf } from './race-run.ts';
import { sectorTimeMs } from './steering.ts';
import { waitForRestart } from './stoppage.ts';
import { joinSector, leaveSector, pitEntryAtMs } from './traffic.ts';

type PitStop = Extract<PitOrder, { kind: 'stop' }>;

/** From coming to a halt in the garage to being out of the race. */
const RETIRING_MS = 45_000;

/** A car on the track reaches the next loop, and goes on. */
export function arrive(run: RaceRun, car: RunningCar): void {
  leaveSector(run, car);
  car.place = 'track';
  if (!crossLoop(run, car)) return;
  const isAtLine = sectorOf(run, car) === 0;
  if (run.neutral === 'red' && isAtLine) waitForRestart(run, { car, goOn: () => goOn(run, car) });
  else goOn(run, car);
}

/** A car drives on from the loop where it is. */
function goOn(run: RaceRun, car: RunningCar): void {
  car.place = 'track';
  const timeMs = sectorTimeMs(run, car) * paceFactor(run, car);
  const order = sectorOf(run, car) === run.loops.length - 1 ? pitOrder(run, car) : undefined;
  if (order === undefined) joinSector(run, car, run.nowMs + timeMs);
  else headForPits(run, car, { order, timeMs });
}

/** A car crosses its next loop, on the track or in the pit lane. False when that took it home. */
function crossLoop(run: RaceRun, car: RunningCar): boolean {
  car.progress++;
  car.crossings[car.progress] = run.nowMs;
  const leads = car.progress > run.headProgress;
  const endsLap = car.progress > 0 && sectorOf(run, car) === 0;
  if (endsLap) {
    car.stintLaps++;
    driftForm(run, car);
  }
  if (endsLap && leads && run.nowMs >= run.endsAtMs) showChequered(run);
  if (endsLap && leads && run.endsNeutralAtLine) endNeutral(run);
  writePassing(run, car);
  if (leads) {
    run.headProgress = car.progress;
    run.leader = car;
  }
  if (endsLap && run.chequeredAtMs !== undefined) {
    takeOut(run, car);
    return false;
  }
  if (car.place === 'track') {
    triggerMishaps(run, car);
    riskSpin(run, car);
  }
  return true;
}

function writePassing(run: RaceRun, car: RunningCar): void {
  run.facts.push({
    atMs: run.nowMs,
    type: 'passing',
    car: car.plan.car,
    loop: run.loops[sectorOf(run, car)]?.id ?? '',
    ...(car.progress === 0 && { lapNumber: 0 }),
    ...(car.place === 'lane' && { inPitLane: true }),
  });
}

function headForPits(run: RaceRun, car: RunningCar, plan: { readonly order: PitOrder; readonly timeMs: number }): void {
  const { entryToLineMs } = run.scenario.track;
  car.place = 'lane';
  run.pitEntryAtMs = pitEntryAtMs(run, car, plan.timeMs);
  after(run, run.pitEntryAtMs - run.nowMs, () => {
    run.facts.push({ atMs: run.nowMs, type: 'pit-entry', car: car.plan.car });
    after(run, entryToLineMs + run.random.between(0, 300), () => {
      if (crossLoop(run, car)) obey(run, car, plan.order);
    });
  });
}

function obey(run: RaceRun, car: RunningCar, order: PitOrder): void {
  const { lineToBoxMs, boxToExitMs } = run.scenario.track;
  switch (order.kind) {
    case 'stop':
      after(run, lineToBoxMs, () => stop(run, car, order));
      return;
    case 'drive-through':
      after(run, lineToBoxMs + boxToExitMs, () => {
        serve(run, car, order.penaltyId);
        rejoin(run, car);
      });
      return;
    case 'retire':
      takeOut(run, car);
      after(run, RETIRING_MS, () =>
        run.facts.push({ atMs: run.nowMs, type: 'car-retired', car: car.plan.car, reason: order.reason }),
      );
  }
}

function stop(run: RaceRun, car: RunningCar, order: PitStop): void {
  const { facts } = run;
  const number = car.plan.car;
  const isChange = order.next !== car.driver;
  car.driver = order.next;
  car.driverStints = isChange ? 1 : car.driverStints + 1;
  car.stops++;
  car.stintLaps = 0;
  if (order.tyre !== undefined) car.tyre = order.tyre;
  if (isChange) {
    const { driver } = driverOf(car);
    after(run, order.stationaryMs * 0.6, () =>
      facts.push({ atMs: run.nowMs, type: 'driver-changed', car: number, driver }),
    );
  }
  after(run, order.stationaryMs, () => {
    const { trouble } = order;
    if (trouble !== undefined) {
      facts.push({ atMs: run.nowMs, type: 'incident', kind: 'mechanical', text: trouble, cars: [number] });
    }
    facts.push(
      { atMs: run.nowMs, type: 'tyres-changed', car: number, compound: car.tyre, fresh: true },
      { atMs: run.nowMs, type: 'pit-stationary', car: number, durationMs: order.stationaryMs },
    );
    after(run, run.scenario.track.boxToExitMs + run.random.between(0, 200), () => rejoin(run, car));
  });
}

function serve(run: RaceRun, car: RunningCar, id: string): void {
  car.penaltyId = undefined;
  run.facts.push({
    atMs: run.nowMs,
    type: 'penalty',
    id,
    car: car.plan.car,
    state: 'served',
    sanction: { kind: 'drive-through' },
  });
}

function rejoin(run: RaceRun, car: RunningCar): void {
  if (run.neutral === 'red') {
    waitForRestart(run, { car, goOn: () => rejoin(run, car) });
    return;
  }
  run.facts.push({ atMs: run.nowMs, type: 'pit-exit', car: car.plan.car });
  car.place = 'track';
  const restMs = sectorTimeMs(run, car) * (1 - run.scenario.track.pitExitShare) * paceFactor(run, car);
  joinSector(run, car, run.nowMs + restMs);
}
