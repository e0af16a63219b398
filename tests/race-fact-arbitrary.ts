import { CAR_FLAGS, TRACK_FLAGS } from '@pitboard/shared/domain/flag.ts';
import { SESSION_KINDS, SESSION_PHASES } from '@pitboard/shared/domain/status.ts';
import type { RaceEvent, RaceEventType, RaceFact, RaceFactOf } from '@pitboard/shared/protocol/race-event.ts';
import fc from 'fast-check';
import { numbered } from './builders.ts';

const TEN_DAYS_MS = 864_000_000;
const car = fc.constantFrom('1', '01', '001', '007', '88', 'NE4', '#é', '🏎');
const id = fc.constantFrom('a', 'laurens-vanthoor', 'x.y_z', '7');
const loop = fc.constantFrom('SF', 'S1', 'S2', 'unknown-loop');
const text = fc.constantFrom('Contact.', 'Größe „ä“ 🏁', '{"type":"passing"}', '__proto__', "a,b;'c");
const durationMs = fc.integer({ min: 0, max: TEN_DAYS_MS });
const laps = fc.integer({ min: 0, max: 100_000 });
const speedKph = fc.integer({ min: 0, max: 6000 }).map((tenths) => tenths / 10);
const sector = fc.integer({ min: 1, max: 99 });
const cars = fc.array(car, { maxLength: 4 });
const outcome = { reason: text, otherCar: car };

type Fields<T extends RaceEventType> = Omit<RaceFactOf<T>, 'type' | 'atMs'>;
/** A key that is left out, or there with a value: never there without. */
type Shape<T> = { readonly [K in keyof T]-?: fc.Arbitrary<NonNullable<T[K]>> };

function fact<T extends RaceEventType>(type: T, shape: Shape<Fields<T>>, required: readonly (keyof Fields<T>)[]) {
  const fields = fc.record(shape as Shape<Record<string, unknown>>, { requiredKeys: [...required] as string[] });
  const atMs = fc.oneof(
    fc.integer({ min: -100_000, max: 100_000 }),
    fc.integer({ min: -TEN_DAYS_MS, max: TEN_DAYS_MS }),
  );
  return fc.tuple(atMs, fields).map(([at, rest]) => ({ atMs: at, type, ...rest }) as unknown as RaceFact);
}

const sanction: fc.Arbitrary<RaceFactOf<'penalty'>['sanction']> = fc.oneof(
  fc.record({ kind: fc.constant('time' as const), ms: durationMs }),
  fc.record({ kind: fc.constant('laps' as const), laps: fc.integer({ min: 1, max: 1000 }) }),
  fc.record({ kind: fc.constant('drive-through' as const) }),
  fc.record({ kind: fc.constant('stop-and-go' as const), ms: durationMs }, { requiredKeys: ['kind'] }),
  fc.record({ kind: fc.constant('grid-places' as const), places: fc.integer({ min: 1, max: 1000 }) }),
  fc.record({ kind: fc.constant('forced-position' as const), position: fc.integer({ min: 1, max: 1000 }) }),
);

const entry: Shape<RaceFactOf<'entry-updated'>>['entry'] = fc.record(
  {
    car,
    team: text,
    class: id,
    drivers: fc.array(fc.record({ id, lastName: text }), { maxLength: 3 }),
    guest: fc.boolean(),
  },
  { requiredKeys: ['car', 'drivers'] },
);

const changes: Shape<RaceFactOf<'session-updated'>>['changes'] = fc.record(
  {
    event: text,
    kind: fc.constantFrom(...SESSION_KINDS),
    grid: fc.array(fc.record({ car, position: fc.integer({ min: 1, max: 99 }) }), { maxLength: 3 }),
  },
  { requiredKeys: [] },
);

/** Every type of fact; one that is forgotten here does not compile. */
const factsByType: { readonly [T in RaceEventType]: fc.Arbitrary<RaceFact> } = {
  'session-updated': fact('session-updated', { changes }, ['changes']),
  'entry-updated': fact('entry-updated', { entry }, ['entry']),
  'session-phase': fact(
    'session-phase',
    {
      phase: fc.constantFrom(...SESSION_PHASES),
      startEpochMs: fc.integer({ min: 0, max: 8_640_000_000_000_000 }),
      part: fc.integer({ min: 1, max: 10 }),
      cars,
    },
    ['phase'],
  ),
  clock: fact('clock', { running: fc.boolean(), elapsedMs: durationMs, remainingMs: durationMs, lapsToGo: laps }, [
    'running',
  ]),
  'flag-changed': fact('flag-changed', { flag: fc.constantFrom(...TRACK_FLAGS, ...CAR_FLAGS), sector, car }, ['flag']),
  passing: fact(
    'passing',
    { car, loop, lapNumber: laps, lapTimeMs: durationMs, speedKph, driver: id, inPitLane: fc.boolean() },
    ['car', 'loop'],
  ),
  position: fact(
    'position',
    { car, lapFraction: fc.constantFrom(0, 0.25, 1), xMetres: fc.integer(), yMetres: fc.integer(), speedKph },
    ['car'],
  ),
  'pit-entry': fact('pit-entry', { car }, ['car']),
  'pit-exit': fact('pit-exit', { car }, ['car']),
  'pit-stationary': fact('pit-stationary', { car, durationMs }, ['car', 'durationMs']),
  'driver-changed': fact('driver-changed', { car, driver: id }, ['car', 'driver']),
  'tyres-changed': fact('tyres-changed', { car, compound: text, fresh: fc.boolean(), ageLaps: laps }, ['car']),
  'car-stopped': fact('car-stopped', { car, ...outcome }, ['car']),
  'car-resumed': fact('car-resumed', { car }, ['car']),
  'car-retired': fact('car-retired', { car, ...outcome }, ['car']),
  'car-not-starting': fact('car-not-starting', { car, ...outcome }, ['car']),
  'car-disqualified': fact('car-disqualified', { car, ...outcome }, ['car']),
  'car-reinstated': fact('car-reinstated', { car, reason: text }, ['car']),
  'order-reported': fact('order-reported', { cars }, ['cars']),
  'gap-reported': fact('gap-reported', { car, to: fc.constantFrom('leader', 'car-ahead'), ms: durationMs, laps }, [
    'car',
    'to',
  ]),
  penalty: fact(
    'penalty',
    { id, car, state: fc.constantFrom('given', 'served', 'withdrawn'), sanction, reason: text },
    ['id', 'car', 'state', 'sanction'],
  ),
  'best-lap-reported': fact(
    'best-lap-reported',
    {
      car,
      lapTimeMs: durationMs,
      lapNumber: fc.integer({ min: 1, max: 100_000 }),
      driver: id,
      part: fc.integer({ min: 1, max: 10 }),
    },
    ['car', 'lapTimeMs'],
  ),
  'stops-reported': fact('stops-reported', { car, stops: fc.integer({ min: 0, max: 1000 }) }, ['car', 'stops']),
  'lap-invalidated': fact('lap-invalidated', { car, lapNumber: fc.integer({ min: 1, max: 100_000 }), reason: text }, [
    'car',
    'lapNumber',
  ]),
  'passing-withdrawn': fact(
    'passing-withdrawn',
    { car, withdrawnSeq: fc.integer({ min: 1, max: 1_000_000 }), reason: text },
    ['car', 'withdrawnSeq'],
  ),
  'race-control-message': fact(
    'race-control-message',
    { text, category: fc.constantFrom('information', 'other'), cars, sector },
    ['text'],
  ),
  incident: fact('incident', { text, kind: fc.constantFrom('contact', 'spin'), cars, sector }, ['text', 'cars']),
  weather: fact(
    'weather',
    {
      airCelsius: fc.constantFrom(-5, 21.5),
      trackCelsius: fc.constantFrom(0, 33.3),
      humidityPercent: fc.integer({ min: 0, max: 100 }),
      windKph: speedKph,
      windDegrees: fc.integer({ min: 0, max: 360 }),
      rain: fc.boolean(),
      surface: fc.constantFrom('dry', 'damp', 'wet'),
    },
    [],
  ),
};

export const raceEventTypes = Object.keys(factsByType) as RaceEventType[];

/** A fact of any type; plain passings, which encodings treat apart, as often as all others. */
export const anyFact: fc.Arbitrary<RaceFact> = fc.oneof(
  fc.record({ atMs: fc.integer({ min: -5000, max: 5_000_000 }), type: fc.constant('passing' as const), car, loop }),
  fc.oneof(...Object.values(factsByType)),
);

export function factOfType(type: RaceEventType): fc.Arbitrary<RaceFact> {
  return factsByType[type];
}

/** A run of a log, from any number on, in any order of time. */
export const anyEvents: fc.Arbitrary<RaceEvent[]> = fc
  .tuple(fc.array(anyFact, { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 1_000_000 }))
  .map(([facts, firstSeq]) => numbered(facts, firstSeq));
