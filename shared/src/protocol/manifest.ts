import * as z from 'zod/mini';
import { SESSION_KINDS } from '../domain/status.ts';
import {
  atMsSchema,
  carNumberSchema,
  durationMsSchema,
  epochMsSchema,
  idSchema,
  nameSchema,
  positionSchema,
  speedKphSchema,
  textSchema,
} from './scalars.ts';

const colourSchema = z.string().check(z.regex(/^#[0-9a-fA-F]{6}$/, 'a colour is written #rrggbb'));
const metresSchema = z.number().check(z.gte(0), z.lte(100_000));

/**
 * A timing loop. `finish` ends the lap, `sector` ends a sector, `intermediate` and `speed-trap` lie within one.
 * `metres`: distance from the finish line along the lap.
 */
export const loopSchema = z.strictObject({
  id: idSchema,
  kind: z.enum(['finish', 'sector', 'intermediate', 'speed-trap']),
  metres: z.optional(metresSchema),
});

const circuitSchema = z.strictObject({
  name: nameSchema,
  location: z.optional(nameSchema),
  country: z.optional(nameSchema),
  lengthMetres: z.optional(metresSchema),
  /** In the order in which a lap crosses them; the first is the finish line. */
  loops: z.array(loopSchema).check(
    z.minLength(1),
    z.maxLength(64),
    z.refine((loops) => loops[0]?.kind === 'finish', 'the first loop must be the finish line'),
    z.refine(
      (loops) => loops.filter((loop) => loop.kind === 'finish').length === 1,
      'only one loop can be the finish line',
    ),
    z.refine((loops) => new Set(loops.map((loop) => loop.id)).size === loops.length, 'loop ids must differ'),
  ),
  /** Nobody laps faster than this: a shorter lap is a double read. */
  minimumLapMs: z.optional(durationMsSchema),
  pitLane: z.optional(
    z.strictObject({
      /** Time that a stop costs against a lap on the track, before this race has taught it. */
      lossMs: z.optional(durationMsSchema),
      speedLimitKph: z.optional(speedKphSchema),
      entryMetres: z.optional(metresSchema),
      exitMetres: z.optional(metresSchema),
    }),
  ),
});

export const driverSchema = z.strictObject({
  id: idSchema,
  /** As the series abbreviates the driver, like `VET`. */
  code: z.optional(z.string().check(z.regex(/^[A-Z0-9]{2,4}$/, 'a code is two to four capitals or digits'))),
  firstName: z.optional(nameSchema),
  lastName: nameSchema,
  nationality: z.optional(nameSchema),
  category: z.optional(z.enum(['platinum', 'gold', 'silver', 'bronze'])),
});

/** A car that is entered. `reconstructed` names the fields that are invented, not history. */
export const entrySchema = z.strictObject({
  car: carNumberSchema,
  team: z.optional(nameSchema),
  make: z.optional(nameSchema),
  model: z.optional(nameSchema),
  class: z.optional(idSchema),
  drivers: z.array(driverSchema).check(z.maxLength(10)),
  startingDriver: z.optional(idSchema),
  guest: z.optional(z.boolean()),
  colour: z.optional(colourSchema),
  note: z.optional(textSchema),
  reconstructed: z.optional(z.array(z.string().check(z.maxLength(40))).check(z.maxLength(20))),
});

const classSchema = z.strictObject({
  id: idSchema,
  name: nameSchema,
  colour: z.optional(colourSchema),
});

const gridSlotSchema = z.strictObject({
  car: carNumberSchema,
  position: positionSchema,
  note: z.optional(textSchema),
});

const pitRulesSchema = z.strictObject({
  mandatoryStops: z.int().check(z.gte(0), z.lte(50)),
  windowOpensMs: z.optional(atMsSchema),
  windowClosesMs: z.optional(atMsSchema),
  minimumPitTimeMs: z.optional(durationMsSchema),
  /** A stop counts only if the driver changes; a crew of one must stop all the same. */
  driverChangeRequired: z.optional(z.boolean()),
  /** What each driver of a crew has to drive at least and may drive at most, and the longest stint between two stops. */
  minimumDriveTimeMs: z.optional(durationMsSchema),
  maximumDriveTimeMs: z.optional(durationMsSchema),
  maximumStintMs: z.optional(durationMsSchema),
});

const pointsSchema = z.number().check(z.gte(-10_000), z.lte(100_000));

/** A title, with its state before this session. Competitors are driver ids or team names, by `scope`. */
export const championshipSchema = z.strictObject({
  id: idSchema,
  name: nameSchema,
  scope: z.enum(['driver', 'team']),
  class: z.optional(idSchema),
  /** Points by position, winner first. Empty where the scoring is not known. */
  points: z.array(pointsSchema).check(z.maxLength(100)),
  /** Leader first. */
  standings: z
    .array(
      z.strictObject({
        competitor: nameSchema,
        points: pointsSchema,
        /** Wins of the season so far: they decide between equal points, where all of the equal ones state them. */
        wins: z.optional(z.int().check(z.gte(0), z.lte(1000))),
        note: z.optional(textSchema),
      }),
    )
    .check(z.maxLength(500)),
  /** Points still to be won after this session. */
  remainingAfter: z.optional(pointsSchema),
  /** What a team scores with several cars; `best-car` where absent. */
  teamScoring: z.optional(z.enum(['best-car', 'all-cars'])),
  /** Whether a driver of the crew who never took the wheel scores; he does not where absent. */
  reservesScore: z.optional(z.boolean()),
  /** Whether guests take points away or are passed over; `take-points` where absent. */
  guests: z.optional(z.enum(['take-points', 'passed-over'])),
  decided: z.optional(z.strictObject({ competitor: nameSchema, note: textSchema })),
  note: z.optional(textSchema),
});

const rulesSchema = z.strictObject({
  /** Share of the winner's laps that a car needs to be classified, 0 to 1. */
  classifiedShare: z.optional(z.number().check(z.gte(0), z.lte(1))),
  mustTakeFlag: z.optional(z.boolean()),
  /** Whose laps the share is of; `winner` unless stated. */
  classifiedShareOf: z.optional(z.enum(['winner', 'class-winner'])),
  /** What becomes of a share that is no whole number of laps; `down` unless stated. */
  classifiedRounding: z.optional(z.enum(['down', 'nearest', 'up'])),
  /** Whose order after the flag is the official one; `measured` unless stated. */
  officialOrder: z.optional(z.enum(['measured', 'feed'])),
  /** What the race clock does while the race is suspended; `runs` unless stated. */
  suspendedClock: z.optional(z.enum(['runs', 'stops'])),
  /**
   * A race that is never resumed counts up to the leader's last lap before the stoppage, less so many: 0 for that lap, 1
   * for the one before. As it stands in the end unless stated.
   */
  stoppedRaceLapsBack: z.optional(z.int().check(z.gte(0), z.lte(10))),
  /** Time added for a drive-through that was not served; 30 s unless stated. */
  unservedDriveThroughMs: z.optional(durationMsSchema),
  /** The same for a stop-and-go, beside the time of its stop; 30 s unless stated. */
  unservedStopAndGoMs: z.optional(durationMsSchema),
});

const dataNoteSchema = z.strictObject({
  /** What the note speaks of, for example `gaps` or `car 007`. */
  subject: nameSchema,
  kind: z.enum(['reconstructed', 'conflict', 'missing', 'information']),
  text: textSchema,
});

const sessionFields = {
  event: nameSchema,
  series: z.optional(nameSchema),
  session: nameSchema,
  kind: z.enum(SESSION_KINDS),
  season: z.optional(z.int().check(z.gte(1890), z.lte(2200))),
  /** Wall clock at session time zero, planned or actual. */
  startEpochMs: z.optional(epochMsSchema),
  timeZone: z.optional(nameSchema),
  startType: z.optional(z.enum(['rolling', 'standing', 'le-mans'])),
  distance: z.optional(
    z.strictObject({
      durationMs: z.optional(durationMsSchema),
      laps: z.optional(z.int().check(z.gte(1), z.lte(10_000))),
      /** Laps that the leader has still to drive when it crosses the line with the time over: `1` for "an hour and a lap". */
      lapsAfterTime: z.optional(z.int().check(z.gte(0), z.lte(100))),
    }),
  ),
  circuit: circuitSchema,
  classes: z.array(classSchema).check(z.maxLength(50)),
  grid: z.array(gridSlotSchema).check(z.maxLength(500)),
  gridNote: z.optional(textSchema),
  pitRules: z.optional(pitRulesSchema),
  championships: z.array(championshipSchema).check(z.maxLength(50)),
  /** Parts of a knock-out session in order. `advancing`: cars that go through to the next one, all where absent. */
  parts: z.optional(
    z
      .array(z.strictObject({ name: nameSchema, advancing: z.optional(positionSchema) }))
      .check(z.minLength(1), z.maxLength(10)),
  ),
  /** Whose running order is shown while the race runs; `measured` where absent. */
  orderAuthority: z.optional(z.enum(['measured', 'feed'])),
  rules: z.optional(rulesSchema),
  dataNotes: z.array(dataNoteSchema).check(z.maxLength(200)),
};

/** What stands before a session starts. */
export const manifestSchema = z.strictObject({
  ...sessionFields,
  entries: z.array(entrySchema).check(
    z.maxLength(500),
    z.refine(
      (entries) => new Set(entries.map((entry) => entry.car)).size === entries.length,
      'car numbers must differ',
    ),
  ),
});
export type Manifest = z.infer<typeof manifestSchema>;
export type Entry = z.infer<typeof entrySchema>;
export type Driver = z.infer<typeof driverSchema>;
export type Loop = z.infer<typeof loopSchema>;
export type Championship = z.infer<typeof championshipSchema>;

/** Any part of the manifest but the entries, which change one by one. */
export const sessionUpdateSchema = z.partial(z.strictObject(sessionFields));
export type SessionUpdate = z.infer<typeof sessionUpdateSchema>;
