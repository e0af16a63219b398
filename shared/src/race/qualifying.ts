import type { Gap } from '../domain/gap.ts';
import type { CarNumber } from '../domain/names.ts';
import type { RaceFactOf } from '../protocol/race-event.ts';
import type { MutableCar } from './copy-car.ts';
import { onFlagChanged } from './flags.ts';
import { currentLap } from './positions.ts';
import type { RaceDraft } from './race-draft.ts';
import type { CarState, PartBest, RaceState, TimedLap } from './race-state.ts';
import { carOf } from './race-view.ts';
import { onTrackStatus } from './status.ts';

/** [O13] A part of a knock-out session begins: the cars that are through start anew, the others keep their places. */
export function startPart(draft: RaceDraft, { part, cars }: RaceFactOf<'session-phase'>): void {
  const { state } = draft;
  if (part === undefined || part <= state.part || state.manifest.kind === 'race') return;
  const through = cars === undefined ? throughByOrder(draft) : cars.map((car) => draft.indexOf(car));
  state.part = part;
  state.chequeredAtMs = undefined;
  if (state.flag === 'chequered') onFlagChanged(draft, { type: 'flag-changed', atMs: state.atMs, flag: 'green' });
  for (const index of through) {
    const car = draft.car(index);
    car.part = part;
    // A lap begun in the part before does not end in this one.
    car.lapStartedAtMs = undefined;
    car.sectorStartedAtMs = undefined;
    if (car.status === 'finished') draft.setStatus(index, onTrackStatus(car), undefined);
  }
  draft.resort();
}

/** The first of the order, as many as the part before sends on; everybody into the first part. */
function throughByOrder({ state, order }: RaceDraft): readonly number[] {
  const driving = order.filter((index) => (state.cars[index] as CarState).part === state.part);
  return driving.slice(0, advancingOf(state)).filter((index) => !isShutOut(state.cars[index] as CarState));
}

function isShutOut(car: CarState): boolean {
  return car.status === 'disqualified' || car.status === 'did-not-start';
}

/** How many cars the part that runs sends on; `undefined` for all. */
function advancingOf({ manifest, part }: RaceState): number | undefined {
  return manifest.parts?.[part - 1]?.advancing;
}

/** Enters a lap into the bests of the part that runs; true when it is the car's best there. */
export function claimPartBest(car: MutableCar, { part, ms, atMs }: TimedLap): boolean {
  if (part === 0) return false;
  const best = car.partBests[part - 1];
  if (best !== undefined && best.ms <= ms) return false;
  const bests = [...car.partBests];
  while (bests.length < part) bests.push(undefined);
  bests[part - 1] = { ms, atMs };
  car.partBests = bests;
  return true;
}

/** The bests of a car anew, after a lap of it was deleted. */
export function recountPartBests(car: MutableCar): void {
  const laps: TimedLap[] = [];
  for (let timed = car.timedLaps; timed !== undefined; timed = timed.previous) laps.push(timed);
  car.partBests = [];
  for (const timed of laps.reverse()) claimPartBest(car, timed);
}

/** [O14] Negative when `a` stands ahead: who got further, then the best lap of the last part, else of the one before. */
export function compareParts(a: CarState, b: CarState): number {
  if (a.part !== b.part) return b.part - a.part;
  for (let part = a.part; part > 0; part--) {
    const byBest = compareBests(a.partBests[part - 1], b.partBests[part - 1]);
    if (byBest !== 0) return byBest;
  }
  return 0;
}

/** [O7] The faster lap, the earlier of two equal ones; without one, behind. */
export function compareBests(a: PartBest | undefined, b: PartBest | undefined): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return a.ms === b.ms ? a.atMs - b.atMs : a.ms - b.ms;
}

/** [G10] Where lap times make the order, a gap is the difference of the best laps, [G15] those of the last part that both drove. */
export function bestLapGap(state: RaceState, car: CarState, reference: CarState): Gap {
  if (car === reference && state.order[0] === car.car) return { kind: 'leader', lap: currentLap(car) };
  const part = Math.min(car.part, reference.part);
  const [ownMs, otherMs] = [car, reference].map((one) => (part > 0 ? one.partBests[part - 1]?.ms : one.bestLapTimeMs));
  if (ownMs === undefined || otherMs === undefined) return { kind: 'unknown' };
  return { kind: 'time', ms: ownMs - otherMs, provenance: 'measured' };
}

export type KnockOut = 'none' | 'through' | 'in-danger' | 'knocked-out';

/** Where a car stands in a knock-out session: through or in danger as the order is now. `none` without a cut to come. */
export function knockOutOf(state: RaceState, car: CarNumber): KnockOut {
  const own = carOf(state, car);
  if (own === undefined || state.part === 0) return 'none';
  if (own.part < state.part) return 'knocked-out';
  const advancing = advancingOf(state);
  if (advancing === undefined) return 'none';
  return state.order.indexOf(car) < advancing ? 'through' : 'in-danger';
}
