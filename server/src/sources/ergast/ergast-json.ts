import * as z from 'zod';
import { cleanName } from '../import/names.ts';
import { parseTimeText } from '../import/time-text.ts';
import type { ErgastDriver, ErgastRace, ErgastResult, ErgastRow } from './ergast-data.ts';
import { parseCarNumber, parseCount, parseDuration, parseKey, parseStart } from './ergast-tables.ts';

// All numbers are texts, and what is missing is absent: a part that has another shape is left out, not the page.
const text = z.string().max(200).optional().catch(undefined);
const listOf = <T extends z.ZodType>(item: T) =>
  z
    .array(z.unknown())
    .optional()
    .catch(undefined)
    .transform((items) => ({
      good: (items ?? []).flatMap((each) => {
        const parsed = item.safeParse(each);
        return parsed.success ? [parsed.data] : [];
      }),
      given: items?.length ?? 0,
    }));

const driverSchema = z.object({
  driverId: z.string(),
  permanentNumber: text,
  code: text,
  givenName: text,
  familyName: text,
  nationality: text,
});
const teamSchema = z.object({ name: text }).optional().catch(undefined);
const timeSchema = z.object({ millis: text, time: text }).optional().catch(undefined);
const resultSchema = z.object({
  number: text,
  positionText: text,
  position: text,
  Driver: driverSchema,
  Constructor: teamSchema,
  grid: text,
  laps: text,
  status: text,
  Time: timeSchema,
});
const qualifyingSchema = z.object({
  number: text,
  position: text,
  Driver: driverSchema,
  Constructor: teamSchema,
  Q1: text,
  Q2: text,
  Q3: text,
});
const timingSchema = z.object({ driverId: z.string(), position: text, time: text });
const lapSchema = z.object({ number: z.string(), Timings: listOf(timingSchema) });
const stopSchema = z.object({ driverId: z.string(), stop: text, lap: text, duration: text });
const circuitSchema = z
  .object({ circuitName: text, Location: z.object({ locality: text, country: text }).optional().catch(undefined) })
  .optional()
  .catch(undefined);
const raceSchema = z.object({
  season: z.string(),
  round: z.string(),
  raceName: text,
  date: text,
  time: text,
  Circuit: circuitSchema,
  Laps: listOf(lapSchema),
  PitStops: listOf(stopSchema),
  Results: listOf(resultSchema),
  SprintResults: listOf(resultSchema),
  QualifyingResults: listOf(qualifyingSchema),
});
const pageSchema = z.object({
  MRData: z.object({ RaceTable: z.object({ Races: z.array(z.unknown()) }) }),
});

type Race = z.infer<typeof raceSchema>;

/** What a page of the interface says, thing by thing; texts say what is wrong with a part. `undefined`: no such page. */
export function parseErgastPage(page: unknown): readonly (ErgastRow | string)[] | undefined {
  const parsed = pageSchema.safeParse(page);
  if (!parsed.success) return undefined;
  return parsed.data.MRData.RaceTable.Races.flatMap((each): readonly (ErgastRow | string)[] => {
    const race = raceSchema.safeParse(each);
    return race.success ? rowsOf(race.data) : ['no race'];
  });
}

function rowsOf(data: Race): readonly (ErgastRow | string)[] {
  const key = parseKey(`${data.season}-${data.round}`);
  if (key === undefined) return ['no race'];
  return [
    { kind: 'race', value: raceOf(key, data) },
    ...lapRows(key, data),
    ...stopRows(key, data),
    ...resultRows(key, 'result', data.Results),
    ...resultRows(key, 'sprint', data.SprintResults),
    ...qualifyingRows(key, data),
  ];
}

function raceOf(race: string, { season, raceName, date, time, Circuit }: Race): ErgastRace {
  const year = parseCount(season, 2200);
  const name = cleanName(Circuit?.circuitName ?? '');
  return {
    race,
    name: cleanName(raceName ?? ''),
    ...(year !== undefined && year >= 1890 ? { season: year } : {}),
    startEpochMs: parseStart(date, time),
    ...(name === undefined
      ? {}
      : {
          circuit: {
            name,
            location: cleanName(Circuit?.Location?.locality ?? ''),
            country: cleanName(Circuit?.Location?.country ?? ''),
          },
        }),
  };
}

function lapRows(race: string, { Laps }: Race): readonly (ErgastRow | string)[] {
  const rows: (ErgastRow | string)[] = lost(Laps, 'no lap');
  for (const { number, Timings } of Laps.good) {
    rows.push(...lost(Timings, 'no lap time'));
    const lap = parseCount(number);
    for (const { driverId, position, time } of Timings.good) {
      const driver = parseKey(driverId);
      const lapTimeMs = parseTimeText(time ?? '');
      if (lap === undefined || lap < 1) rows.push('no lap number');
      else if (driver === undefined) rows.push('no driver');
      else if (lapTimeMs === undefined || lapTimeMs === 0) rows.push('no lap time');
      else rows.push({ kind: 'lap', value: { race, driver, lap, lapTimeMs, position: parseCount(position, 1000) } });
    }
  }
  return rows;
}

function stopRows(race: string, { PitStops }: Race): readonly (ErgastRow | string)[] {
  const rows: (ErgastRow | string)[] = lost(PitStops, 'no stop');
  for (const each of PitStops.good) {
    const driver = parseKey(each.driverId);
    const [stop, lap] = [parseCount(each.stop), parseCount(each.lap)];
    const isGood = driver !== undefined && stop !== undefined && lap !== undefined && lap > 0;
    rows.push(
      isGood
        ? { kind: 'stop', value: { race, driver, stop, lap, durationMs: parseTimeText(each.duration ?? '') } }
        : 'no stop',
    );
  }
  return rows;
}

function resultRows(race: string, kind: 'result' | 'sprint', list: Race['Results']): readonly (ErgastRow | string)[] {
  const rows: (ErgastRow | string)[] = lost(list, 'no result');
  for (const each of list.good) {
    const driver = parseKey(each.Driver.driverId);
    if (driver === undefined) {
      rows.push('no driver');
      continue;
    }
    const value: ErgastResult = {
      race,
      driver,
      number: parseCarNumber(each.number),
      team: cleanName(each.Constructor?.name ?? ''),
      grid: parseCount(each.grid, 1000),
      text: (each.positionText ?? each.position ?? '').toUpperCase(),
      laps: parseCount(each.laps),
      totalTimeMs: parseDuration(each.Time?.millis, undefined),
      status: cleanName(each.status ?? ''),
    };
    rows.push({ kind: 'driver', id: driver, value: driverOf(driver, each.Driver) }, { kind, value });
  }
  return rows;
}

function qualifyingRows(race: string, { QualifyingResults: list }: Race): readonly (ErgastRow | string)[] {
  const rows: (ErgastRow | string)[] = lost(list, 'no result');
  for (const each of list.good) {
    const driver = parseKey(each.Driver.driverId);
    const position = parseCount(each.position, 1000);
    if (driver === undefined || position === undefined || position < 1) {
      rows.push('no position');
      continue;
    }
    const [number, team] = [parseCarNumber(each.number), cleanName(each.Constructor?.name ?? '')];
    const bestsMs = [each.Q1, each.Q2, each.Q3].map((time) => parseTimeText(time ?? ''));
    rows.push({ kind: 'driver', id: driver, value: driverOf(driver, each.Driver) });
    rows.push({ kind: 'qualifying', value: { race, driver, number, team, position, bestsMs } });
  }
  return rows;
}

function driverOf(ref: string, data: z.infer<typeof driverSchema>): ErgastDriver {
  return {
    ref,
    number: parseCarNumber(data.permanentNumber),
    code: data.code,
    firstName: cleanName(data.givenName ?? ''),
    lastName: cleanName(data.familyName ?? ''),
    nationality: cleanName(data.nationality ?? ''),
  };
}

/** One complaint for each part of a list that had no such shape. */
function lost(
  { good, given }: { readonly good: readonly unknown[]; readonly given: number },
  reason: string,
): string[] {
  return Array.from({ length: given - good.length }, () => reason);
}
