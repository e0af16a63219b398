import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { AlKamelSheets } from './al-kamel-sheets.ts';
import { cleanName, entryOf, idOf } from './crews.ts';
import { medianOf } from './median.ts';
import { rulesOf } from './official-result.ts';
import type { RaceParts } from './race-facts.ts';

const HOUR_MS = 3_600_000;
const SESSION_NAMES = { race: 'Race', qualifying: 'Qualifying', practice: 'Practice', 'warm-up': 'Warm-up' } as const;

export function createManifest({
  sheets,
  loops,
  startEpochMs,
  notes,
}: RaceParts & { readonly notes: Manifest['dataNotes'] }): Manifest {
  const { laps, results, lapFileName = '' } = sheets;
  const resultOf = new Map(results.map((result) => [result.car, result]));
  const cars = new Set([...laps.keys(), ...resultOf.keys()]);
  const entries = [...cars].slice(0, 500).map((car) => entryOf(car, laps.get(car) ?? [], resultOf.get(car)));
  const lengthMetres = lengthOf(sheets);
  const rules = rulesOf(results, laps);
  const kind = kindOf(lapFileName);
  const season = /(?:^|\D)((?:19|20)\d\d)(?:\D|$|\d{4,10}(?:\D|$))/.exec(lapFileName)?.[1];
  return {
    event: eventOf(lapFileName),
    session: SESSION_NAMES[kind],
    kind,
    ...(season === undefined ? {} : { season: Number(season) }),
    ...(startEpochMs === undefined ? {} : { startEpochMs }),
    circuit: {
      name: 'Unknown circuit',
      ...(lengthMetres === undefined ? {} : { lengthMetres }),
      loops: [{ id: 'SF', kind: 'finish' }, ...loops.map(({ loop }) => loop)],
    },
    classes: classesOf(sheets),
    grid: [],
    championships: [],
    ...(rules === undefined ? {} : { rules }),
    dataNotes: notes,
    entries,
  };
}

/** Race time is measured from the signal, so the time of day at any crossing tells that of the start. */
export function startEpochMsOf({ laps, weather }: AlKamelSheets): number | undefined {
  const first = weather[0]?.epochMs;
  const starts = [...laps.values()].flatMap(([lap]) =>
    lap?.timeOfDayMs === undefined ? [] : lap.timeOfDayMs - lap.endMs,
  );
  const startOfDayMs = medianOf(starts);
  if (first === undefined || startOfDayMs === undefined) return undefined;
  // Weather is in UTC and laps are in local time, whole hours apart: the start is the one nearest to the first weather.
  const differenceMs = (((first - startOfDayMs) % HOUR_MS) + HOUR_MS) % HOUR_MS;
  return first - differenceMs + (differenceMs > HOUR_MS / 2 ? HOUR_MS : 0);
}

/** Each lap states its average speed: with the time, the length of the lap. */
function lengthOf({ laps }: AlKamelSheets): number | undefined {
  const metres = [...laps.values()].flat().flatMap(({ lap, kph, lapTimeMs }) => {
    return lap === 1 || kph === undefined || lapTimeMs === undefined ? [] : (kph * lapTimeMs) / 3600;
  });
  const median = medianOf(metres);
  return median !== undefined && median > 100 && median < 100_000 ? Math.round(median) : undefined;
}

function classesOf({ laps, results }: AlKamelSheets): Manifest['classes'] {
  const names = [...[...laps.values()].flat(), ...results].map((row) => row.class);
  const classes = new Map<string, string>();
  for (const name of new Set(names)) {
    const clean = cleanName(name);
    const id = idOf(clean ?? '');
    if (clean !== undefined && id !== '' && !classes.has(id)) classes.set(id, clean);
  }
  return [...classes].slice(0, 50).map(([id, name]) => ({ id, name }));
}

function kindOf(fileName: string): Manifest['kind'] {
  if (/warm.?up/i.test(fileName)) return 'warm-up';
  if (/qualif|hyperpole/i.test(fileName)) return 'qualifying';
  return /practice|(?:^|[^a-z])(?:fp\d|test(?![a-z]))/i.test(fileName) ? 'practice' : 'race';
}

/** `imsa_2023_lime-rock-park_202307221210-race-laps.csv` → `imsa 2023 lime rock park race`. */
function eventOf(fileName: string): string {
  const words = fileName
    .replace(/^.*[\\/]/, '')
    .replace(/\.\w+$/, '')
    .replace(/\d{8,}/g, '')
    .split(/[\s_-]+/)
    .filter((word) => word !== '' && !/^laps$/i.test(word));
  return cleanName(words.join(' ')) ?? 'Imported race';
}
