import { CAR_FLAGS, TRACK_FLAGS } from '@pitboard/shared/domain/flag.ts';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceEvent, RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { aManifest } from './builders.ts';

/** Number of a lap that only the feed knows of. */
export const REPORTED_LAP = 1000;

const CARS = ['1', '2', '3', '4', '5', '6'];
const LOOPS = ['SF', 'S1', 'S2'];
const LOOP_MS = 12_000;

/** Random numbers from a seed: the same seed, the same race. */
export class Chance {
  #state: number;
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }
  /** From 0 to below 1 (mulberry32). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }
  happens(probability: number): boolean {
    return this.next() < probability;
  }
  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }
}

export function randomRaceManifest(): Manifest {
  const drivers = (car: string) => ['a', 'b'].map((letter) => ({ id: `${letter}${car}`, lastName: `${letter}${car}` }));
  return aManifest({
    circuit: {
      name: 'Ring',
      minimumLapMs: 20_000,
      loops: LOOPS.map((id, index) => ({ id, kind: index === 0 ? 'finish' : 'sector' })),
      pitLane: { lossMs: 20_000 },
    },
    classes: [
      { id: 'pro', name: 'Pro' },
      { id: 'am', name: 'Am' },
    ],
    entries: CARS.map((car, index) => ({
      car,
      class: index % 2 === 0 ? 'pro' : 'am',
      drivers: drivers(car).slice(0, index === 5 ? 1 : 2),
      startingDriver: `a${car}`,
    })),
    grid: CARS.map((car, index) => ({ car, position: index + 1 })),
    pitRules: { mandatoryStops: 1, windowOpensMs: 100_000, windowClosesMs: 500_000, driverChangeRequired: true },
  });
}

export type RandomRace = {
  readonly manifest: Manifest;
  /** In order of arrival: facts come up to some seconds late. */
  readonly events: readonly RaceEvent[];
};

/**
 * A race with all that goes wrong in one: missed loops, double reads, strangers, stops, corrections and contradictions.
 * @param lengthMs time of the chequered flag
 */
export function randomRace(seed: number, lengthMs: number): RandomRace {
  const chance = new Chance(seed);
  const facts: RaceFact[] = [{ type: 'session-phase', atMs: -30_000, phase: 'formation' }];
  facts.push({ type: 'session-phase', atMs: 0, phase: 'running', startEpochMs: 1_400_000_000_000 });
  [...CARS, '77'].forEach((car, place) => {
    facts.push(
      ...driveOf(chance, car, { startMs: car === '77' ? 90_000 : -4000 + place * 700, endMs: lengthMs * 1.1 }),
    );
  });
  for (let count = Math.ceil(lengthMs / 10_000); count > 0; count--) {
    facts.push(controlFact(chance, chance.below(lengthMs + 20_000) - 20_000));
  }
  facts.push({ type: 'flag-changed', atMs: lengthMs, flag: 'chequered' });
  return { manifest: randomRaceManifest(), events: arrived(chance, facts) };
}

function driveOf(chance: Chance, car: string, span: { readonly startMs: number; readonly endMs: number }): RaceFact[] {
  const facts: RaceFact[] = [];
  let atMs = span.startMs;
  const paceMs = LOOP_MS + chance.below(600);
  const isNumbered = chance.happens(0.3);
  for (let progress = 0; atMs < span.endMs; progress++) {
    const loop = LOOPS[progress % 3] as string;
    const passing: RaceFact = { type: 'passing', atMs, car, loop };
    if (loop === 'SF' && isNumbered) passing.lapNumber = progress / 3;
    if (loop === 'SF' && chance.happens(0.1)) passing.lapTimeMs = 3 * LOOP_MS + chance.below(2000);
    if (!chance.happens(0.03)) facts.push(passing);
    if (chance.happens(0.02)) facts.push({ ...passing, atMs: atMs + chance.below(300) });
    if (loop === 'S2' && chance.happens(0.06)) {
      const outMs = atMs + 14_000 + chance.below(20_000);
      facts.push(...stopOf(chance, car, { inMs: atMs + 7000, outMs }));
      atMs += chance.happens(0.5) ? 0 : 18_000;
    }
    if (chance.happens(0.004)) facts.push({ type: 'car-retired', atMs: atMs + 500, car, reason: 'gearbox' });
    if (chance.happens(0.004)) return facts;
    atMs += paceMs + chance.below(1500);
  }
  return facts;
}

function stopOf(
  chance: Chance,
  car: string,
  { inMs, outMs }: { readonly inMs: number; readonly outMs: number },
): RaceFact[] {
  const facts: RaceFact[] = [{ type: 'pit-entry', atMs: inMs, car }];
  const middle = inMs + 4000;
  if (chance.happens(0.8))
    facts.push({ type: 'driver-changed', atMs: middle, car, driver: `${chance.pick(['a', 'b'])}${car}` });
  if (chance.happens(0.5)) facts.push({ type: 'pit-stationary', atMs: middle + 1, car, durationMs: 3000 });
  if (chance.happens(0.5)) facts.push({ type: 'tyres-changed', atMs: middle, car, compound: 'soft' });
  if (!chance.happens(0.05)) facts.push({ type: 'pit-exit', atMs: outMs, car });
  return facts;
}

function controlFact(chance: Chance, atMs: number): RaceFact {
  const car = chance.pick([...CARS, '88']);
  const makers: readonly (() => RaceFact)[] = [
    () => ({ type: 'flag-changed', atMs, flag: chance.pick(TRACK_FLAGS.filter((flag) => flag !== 'chequered')) }),
    () => ({
      type: 'flag-changed',
      atMs,
      flag: chance.pick(['green', 'yellow', 'slow-zone']),
      sector: 1 + chance.below(3),
    }),
    () => ({ type: 'flag-changed', atMs, flag: chance.pick([...CAR_FLAGS, 'green']), car }),
    () => ({
      type: 'penalty',
      atMs,
      car,
      id: `p${chance.below(3)}`,
      state: chance.pick(['given', 'served', 'withdrawn']),
      sanction: { kind: 'time', ms: 5000 },
    }),
    () => ({ type: 'lap-invalidated', atMs, car, lapNumber: 1 + chance.below(12) }),
    () => ({ type: 'incident', atMs, text: 'contact', cars: [car] }),
    () => ({ type: 'race-control-message', atMs, text: 'noted' }),
    () => ({ type: 'weather', atMs, rain: chance.happens(0.5) }),
    () => ({ type: 'clock', atMs, running: true, remainingMs: 1000 }),
    () => ({ type: 'session-updated', atMs, changes: { event: `Event ${chance.below(9)}` } }),
    () => ({ type: 'session-updated', atMs, changes: { grid: [{ car, position: 1 }] } }),
    () => ({
      type: 'entry-updated',
      atMs,
      entry: { car, class: chance.pick(['pro', 'am']), drivers: [{ id: `a${car}`, lastName: 'late' }] },
    }),
    () => ({ type: 'order-reported', atMs, cars: [car] }),
    () => ({
      type: 'best-lap-reported',
      atMs,
      car,
      lapTimeMs: 60_000 + chance.below(60_000),
      lapNumber: REPORTED_LAP,
    }),
    () => ({ type: 'stops-reported', atMs, car, stops: chance.below(4) }),
    () => ({ type: 'gap-reported', atMs, car, to: 'leader', ms: 100 }),
    () => ({ type: 'position', atMs, car, lapFraction: 0.5, speedKph: 100 }),
    () => ({
      type: chance.pick(['car-stopped', 'car-retired', 'car-disqualified', 'car-not-starting']),
      atMs,
      car,
      reason: 'said so',
    }),
    () => ({ type: chance.pick(['car-resumed', 'car-reinstated']), atMs, car }),
    () => ({ type: 'session-phase', atMs, phase: chance.pick(['suspended', 'running']) }),
    () => ({ type: 'pit-exit', atMs, car }),
    // Which passing it takes back is settled when the facts have their numbers.
    () => ({ type: 'passing-withdrawn', atMs, car, withdrawnSeq: 1 + chance.below(400) }),
    () => ({ type: 'passing-withdrawn', atMs, car, withdrawnSeq: 1 + chance.below(400) }),
  ];
  return chance.pick(makers)();
}

/** Numbers facts as they arrive: most in time, some seconds late. Withdrawals name a passing of their own car. */
function arrived(chance: Chance, facts: readonly RaceFact[]): RaceEvent[] {
  const late = facts.map((fact) => ({ fact, arrivalMs: fact.atMs + (chance.happens(0.1) ? chance.below(30_000) : 0) }));
  late.sort((one, other) => one.arrivalMs - other.arrivalMs);
  return late.map(({ fact }, index): RaceEvent => {
    if (fact.type !== 'passing-withdrawn') return { seq: index + 1, ...fact };
    const passings = late.flatMap((other, place) =>
      other.fact.type === 'passing' && other.fact.car === fact.car && Math.abs(place - index) < 60 ? [place + 1] : [],
    );
    return { seq: index + 1, ...fact, withdrawnSeq: passings.length === 0 ? fact.withdrawnSeq : chance.pick(passings) };
  });
}
