import { z } from 'zod';
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

const colourSchema = z.string().regex(/^#[0-9a-fA-F]{6}$/, 'a colour is written #rrggbb');
const metresSchema = z.number().min(0).max(100_000);

/**
 * A timing loop. `finish` ends the lap, `sector` ends a sector, `intermediate` and `speed-trap` lie within one.
 * `metres`: distance from the finish line along the lap.
 */
export const loopSchema = z.strictObject({
  id: idSchema,
  kind: z.enum(['finish', 'sector', 'intermediate', 'speed-trap']),
  metres: metresSchema.optional(),
});

const circuitSchema = z.strictObject({
  name: nameSchema,
  location: nameSchema.optional(),
  country: nameSchema.optional(),
  lengthMetres: metresSchema.optional(),
  /** In the order in which a lap crosses them; the first is the finish line. */
  loops: z
    .array(loopSchema)
    .min(1)
    .max(64)
    .refine((loops) => loops[0]?.kind === 'finish', 'the first loop must be the finish line')
    .refine(
      (loops) => loops.filter((loop) => loop.kind === 'finish').length === 1,
      'only one loop can be the finish line',
    )
    .refine((loops) => new Set(loops.map((loop) => loop.id)).size === loops.length, 'loop ids must differ'),
  /** Nobody laps faster than this: a shorter lap is a double read. */
  minimumLapMs: durationMsSchema.optional(),
  pitLane: z
    .strictObject({
      /** Time that a stop costs against a lap on the track, before this race has taught it. */
      lossMs: durationMsSchema.optional(),
      speedLimitKph: speedKphSchema.optional(),
      entryMetres: metresSchema.optional(),
      exitMetres: metresSchema.optional(),
    })
    .optional(),
});

export const driverSchema = z.strictObject({
  id: idSchema,
  firstName: nameSchema.optional(),
  lastName: nameSchema,
  nationality: nameSchema.optional(),
  category: z.enum(['platinum', 'gold', 'silver', 'bronze']).optional(),
});

/** A car that is entered. `reconstructed` names the fields that are invented, not history. */
export const entrySchema = z.strictObject({
  car: carNumberSchema,
  team: nameSchema.optional(),
  make: nameSchema.optional(),
  model: nameSchema.optional(),
  class: idSchema.optional(),
  drivers: z.array(driverSchema).max(10),
  startingDriver: idSchema.optional(),
  guest: z.boolean().optional(),
  colour: colourSchema.optional(),
  note: textSchema.optional(),
  reconstructed: z.array(z.string().max(40)).max(20).optional(),
});

const classSchema = z.strictObject({
  id: idSchema,
  name: nameSchema,
  colour: colourSchema.optional(),
});

const gridSlotSchema = z.strictObject({
  car: carNumberSchema,
  position: positionSchema,
  note: textSchema.optional(),
});

const pitRulesSchema = z.strictObject({
  mandatoryStops: z.int().min(0).max(50),
  windowOpensMs: atMsSchema.optional(),
  windowClosesMs: atMsSchema.optional(),
  minimumPitTimeMs: durationMsSchema.optional(),
  /** A stop counts only if the driver changes; a crew of one must stop all the same. */
  driverChangeRequired: z.boolean().optional(),
});

const pointsSchema = z.number().min(-10_000).max(100_000);

/** A title, with its state before this session. Competitors are driver ids or team names, by `scope`. */
export const championshipSchema = z.strictObject({
  id: idSchema,
  name: nameSchema,
  scope: z.enum(['driver', 'team']),
  class: idSchema.optional(),
  /** Points by position, winner first. Empty where the scoring is not known. */
  points: z.array(pointsSchema).max(100),
  /** Leader first. */
  standings: z
    .array(z.strictObject({ competitor: nameSchema, points: pointsSchema, note: textSchema.optional() }))
    .max(500),
  /** Points still to be won after this session. */
  remainingAfter: pointsSchema.optional(),
  decided: z.strictObject({ competitor: nameSchema, note: textSchema }).optional(),
  note: textSchema.optional(),
});

const rulesSchema = z.strictObject({
  /** Share of the winner's laps that a car needs to be classified, 0 to 1. */
  classifiedShare: z.number().min(0).max(1).optional(),
  mustTakeFlag: z.boolean().optional(),
});

const dataNoteSchema = z.strictObject({
  /** What the note speaks of, for example `gaps` or `car 007`. */
  subject: nameSchema,
  kind: z.enum(['reconstructed', 'conflict', 'missing', 'information']),
  text: textSchema,
});

const sessionFields = {
  event: nameSchema,
  series: nameSchema.optional(),
  session: nameSchema,
  kind: z.enum(SESSION_KINDS),
  season: z.int().min(1890).max(2200).optional(),
  /** Wall clock at session time zero, planned or actual. */
  startEpochMs: epochMsSchema.optional(),
  timeZone: nameSchema.optional(),
  startType: z.enum(['rolling', 'standing', 'le-mans']).optional(),
  distance: z
    .strictObject({ durationMs: durationMsSchema.optional(), laps: z.int().min(1).max(10_000).optional() })
    .optional(),
  circuit: circuitSchema,
  classes: z.array(classSchema).max(50),
  grid: z.array(gridSlotSchema).max(500),
  gridNote: textSchema.optional(),
  pitRules: pitRulesSchema.optional(),
  championships: z.array(championshipSchema).max(50),
  rules: rulesSchema.optional(),
  dataNotes: z.array(dataNoteSchema).max(200),
};

/** What stands before a session starts. */
export const manifestSchema = z.strictObject({
  ...sessionFields,
  entries: z
    .array(entrySchema)
    .max(500)
    .refine((entries) => new Set(entries.map((entry) => entry.car)).size === entries.length, 'car numbers must differ'),
});
export type Manifest = z.infer<typeof manifestSchema>;
export type Entry = z.infer<typeof entrySchema>;
export type Driver = z.infer<typeof driverSchema>;
export type Loop = z.infer<typeof loopSchema>;
export type Championship = z.infer<typeof championshipSchema>;

/** Any part of the manifest but the entries, which change one by one. */
export const sessionUpdateSchema = z.strictObject(sessionFields).partial();
export type SessionUpdate = z.infer<typeof sessionUpdateSchema>;
