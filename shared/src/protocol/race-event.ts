import * as z from 'zod/mini';
import { CAR_FLAGS, TRACK_FLAGS } from '../domain/flag.ts';
import { SESSION_PHASES } from '../domain/status.ts';
import { entrySchema, sessionUpdateSchema } from './manifest.ts';
import {
  atMsSchema,
  carNumberSchema,
  durationMsSchema,
  epochMsSchema,
  idSchema,
  lapNumberSchema,
  nameSchema,
  positionSchema,
  speedKphSchema,
  textSchema,
} from './scalars.ts';

function fact<T extends string, S extends z.core.$ZodLooseShape>(type: T, shape: S) {
  return z.strictObject({ atMs: atMsSchema, type: z.literal(type), ...shape });
}

const car = carNumberSchema;
const cars = z.array(carNumberSchema).check(z.maxLength(100));
const sector = z.int().check(z.gte(1), z.lte(99));

/** Parts of the manifest that became known late. Absent parts stay as they are. */
const sessionUpdated = fact('session-updated', { changes: sessionUpdateSchema });
/** An entry that is new, or replaces the one with the same car number. */
const entryUpdated = fact('entry-updated', { entry: entrySchema });
/**
 * `startEpochMs`: wall clock at session time zero, with the first `running`. `part`: of a knock-out session, 1 for the
 * first; `cars`: who takes part in it, where that does not follow from the order.
 */
const sessionPhase = fact('session-phase', {
  phase: z.enum(SESSION_PHASES),
  startEpochMs: z.optional(epochMsSchema),
  part: z.optional(z.int().check(z.gte(1), z.lte(10))),
  cars: z.optional(z.array(carNumberSchema).check(z.maxLength(500))),
});
/** The official clock as the feed shows it. */
const clock = fact('clock', {
  running: z.boolean(),
  elapsedMs: z.optional(durationMsSchema),
  remainingMs: z.optional(durationMsSchema),
  lapsToGo: z.optional(lapNumberSchema),
});
/** A flag for the track, for one sector (`sector`), or for one car (`car`). */
const flagChanged = fact('flag-changed', {
  flag: z.enum([...TRACK_FLAGS, ...CAR_FLAGS]),
  sector: z.optional(sector),
  car: z.optional(car),
});
/** A car crossed a timing loop: the raw fact that laps, sectors, order and gaps are derived from. */
const passing = fact('passing', {
  car,
  loop: idSchema,
  /** Laps completed by this crossing of the finish line; 0 = the start line crossed after the signal. */
  lapNumber: z.optional(lapNumberSchema),
  /** Official time of the lap that this crossing ends. */
  lapTimeMs: z.optional(durationMsSchema),
  speedKph: z.optional(speedKphSchema),
  driver: z.optional(idSchema),
  inPitLane: z.optional(z.boolean()),
});
/** A car's place between loops. High rate, may be thinned; never used for order or gaps. */
const position = fact('position', {
  car,
  /** Fraction of the lap from the finish line, 0 to 1. */
  lapFraction: z.optional(z.number().check(z.gte(0), z.lte(1))),
  xMetres: z.optional(z.number()),
  yMetres: z.optional(z.number()),
  speedKph: z.optional(speedKphSchema),
});
const pitEntry = fact('pit-entry', { car });
const pitExit = fact('pit-exit', { car });
const pitStationary = fact('pit-stationary', { car, durationMs: durationMsSchema });
const driverChanged = fact('driver-changed', { car, driver: idSchema });
const tyresChanged = fact('tyres-changed', {
  car,
  compound: z.optional(nameSchema),
  fresh: z.optional(z.boolean()),
  ageLaps: z.optional(lapNumberSchema),
});

const outcome = {
  car,
  reason: z.optional(textSchema),
  /** The other car where one incident ties two. */
  otherCar: z.optional(car),
};
const carStopped = fact('car-stopped', outcome);
const carResumed = fact('car-resumed', { car });
const carRetired = fact('car-retired', outcome);
const carNotStarting = fact('car-not-starting', outcome);
const carDisqualified = fact('car-disqualified', outcome);
const carReinstated = fact('car-reinstated', { car, reason: z.optional(textSchema) });

/** The running order that a feed itself claims, leader first. */
const orderReported = fact('order-reported', { cars: z.array(carNumberSchema).check(z.maxLength(500)) });
/** A gap that a feed itself claims, to the leader or to the car ahead. */
const gapReported = fact('gap-reported', {
  car,
  to: z.enum(['leader', 'car-ahead']),
  ms: z.optional(durationMsSchema),
  laps: z.optional(lapNumberSchema),
});
/** The best lap of a car as the feed has it: one driven before anybody listened, or whose time was not sent. */
const bestLapReported = fact('best-lap-reported', {
  car,
  lapTimeMs: durationMsSchema,
  lapNumber: z.optional(z.int().check(z.gte(1), z.lte(100_000))),
  driver: z.optional(idSchema),
  /** Of a knock-out session, the part that it was driven in: the one that runs where absent. */
  part: z.optional(z.int().check(z.gte(1), z.lte(10))),
});
/** Stops of a car so far as the feed counts them: for those that were made before anybody listened. */
const stopsReported = fact('stops-reported', { car, stops: z.int().check(z.gte(0), z.lte(1000)) });

const sanction = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('time'), ms: durationMsSchema }),
  z.strictObject({ kind: z.literal('laps'), laps: z.int().check(z.gte(1), z.lte(1000)) }),
  z.strictObject({ kind: z.literal('drive-through') }),
  z.strictObject({ kind: z.literal('stop-and-go'), ms: z.optional(durationMsSchema) }),
  z.strictObject({ kind: z.literal('grid-places'), places: z.int().check(z.gte(1), z.lte(1000)) }),
  z.strictObject({ kind: z.literal('forced-position'), position: positionSchema }),
]);
const penalty = fact('penalty', {
  /** Names the penalty, so that `served` and `withdrawn` can refer to it. */
  id: idSchema,
  car,
  state: z.enum(['given', 'served', 'withdrawn']),
  sanction,
  reason: z.optional(textSchema),
});

const lapInvalidated = fact('lap-invalidated', {
  car,
  lapNumber: z.int().check(z.gte(1), z.lte(100_000)),
  reason: z.optional(textSchema),
});
/** Takes back the passing with that `seq`: a double read, a wrong transponder. */
const passingWithdrawn = fact('passing-withdrawn', {
  car,
  withdrawnSeq: z.int().check(z.gte(1)),
  reason: z.optional(textSchema),
});

const raceControlMessage = fact('race-control-message', {
  text: textSchema,
  category: z.optional(z.enum(['information', 'flag', 'incident', 'penalty', 'safety-car', 'other'])),
  cars: z.optional(cars),
  sector: z.optional(sector),
});
const incident = fact('incident', {
  text: textSchema,
  kind: z.optional(z.enum(['contact', 'spin', 'off-track', 'stopped', 'crash', 'mechanical', 'error', 'other'])),
  cars,
  sector: z.optional(sector),
});
const weather = fact('weather', {
  airCelsius: z.optional(z.number().check(z.gte(-60), z.lte(70))),
  trackCelsius: z.optional(z.number().check(z.gte(-60), z.lte(90))),
  humidityPercent: z.optional(z.number().check(z.gte(0), z.lte(100))),
  windKph: z.optional(speedKphSchema),
  windDegrees: z.optional(z.number().check(z.gte(0), z.lte(360))),
  rain: z.optional(z.boolean()),
  surface: z.optional(z.enum(['dry', 'damp', 'wet'])),
});

/** Every kind of fact that a timing system or race control can state, without its place in a log. */
export const raceFactSchema = z.discriminatedUnion('type', [
  sessionUpdated,
  entryUpdated,
  sessionPhase,
  clock,
  flagChanged,
  passing,
  position,
  pitEntry,
  pitExit,
  pitStationary,
  driverChanged,
  tyresChanged,
  carStopped,
  carResumed,
  carRetired,
  carNotStarting,
  carDisqualified,
  carReinstated,
  orderReported,
  gapReported,
  bestLapReported,
  stopsReported,
  penalty,
  lapInvalidated,
  passingWithdrawn,
  raceControlMessage,
  incident,
  weather,
]);

/** A fact before a log has given it a place: what a source sends. */
export type RaceFact = z.infer<typeof raceFactSchema>;
/** A fact in a log. `seq` counts 1, 2, 3 … in order of arrival, without holes. */
export type RaceEvent = RaceFact & { readonly seq: number };
export type RaceEventType = RaceFact['type'];
export type RaceFactOf<T extends RaceEventType> = Extract<RaceFact, { type: T }>;
export type RaceEventOf<T extends RaceEventType> = RaceFactOf<T> & { readonly seq: number };

export const seqSchema = z.int().check(z.gte(1));
