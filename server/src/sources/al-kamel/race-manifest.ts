import { UNKNOWN_CIRCUIT } from '@pitboard/shared/domain/names.ts';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import { medianOf } from '../import/median.ts';
import { cleanName, idOf } from '../import/names.ts';
import { entryOf } from './crews.ts';
import type { FileHint } from './file-hint.ts';
import type { AlKamelSheets } from './group-sheets.ts';
import type { LapRow } from './lap-row.ts';
import { rulesOf } from './official-result.ts';
import { plannedDurationMs } from './race-distance.ts';
import { winnerOf } from './race-end.ts';
import type { RaceParts } from './race-facts.ts';

const SESSION_NAMES = { race: 'Race', qualifying: 'Qualifying', practice: 'Practice', 'warm-up': 'Warm-up' } as const;

const TIMED: Manifest['dataNotes'][number] = {
  subject: 'distance',
  kind: 'information',
  text: 'The planned time is taken from the time of the winner.',
};

type ManifestParts = RaceParts & {
  readonly notes: Manifest['dataNotes'];
  /** The last laps of the cars that did not take the flag. */
  readonly gaveUp: readonly LapRow[];
};

export function createManifest({ sheets, kind, loops, startEpochMs, notes, gaveUp }: ManifestParts): Manifest {
  const { laps, results, hint, about } = sheets;
  const resultOf = new Map(results.map((result) => [result.car, result]));
  const cars = new Set([...laps.keys(), ...resultOf.keys()]);
  const hasTyreMakes = new Set(results.map(({ tyres }) => tyres).filter((tyres) => tyres !== '')).size > 1;
  const entries = [...cars].slice(0, 500).map((car) => {
    return entryOf({ car, laps: laps.get(car) ?? [], result: resultOf.get(car), hasTyreMakes });
  });
  const lengthMetres = lengthOf(sheets);
  const rules = kind === 'race' ? rulesOf(results, laps, gaveUp) : undefined;
  const durationMs = kind === 'race' ? durationOf(sheets) : undefined;
  const series = about.series ?? hint.series;
  return {
    event: about.event ?? hint.event ?? series ?? 'Imported race',
    ...(series === undefined ? {} : { series }),
    session: about.session ?? hint.session ?? SESSION_NAMES[kind],
    kind,
    ...seasonOf(hint),
    ...(startEpochMs === undefined ? {} : { startEpochMs }),
    ...(durationMs === undefined ? {} : { distance: { durationMs } }),
    circuit: {
      name: about.circuit ?? UNKNOWN_CIRCUIT,
      ...(lengthMetres === undefined ? {} : { lengthMetres }),
      loops: [{ id: 'SF', kind: 'finish' }, ...loops.map(({ loop }) => loop)],
    },
    classes: classesOf(sheets),
    grid: [],
    championships: [],
    ...(rules === undefined ? {} : { rules }),
    dataNotes: durationMs === undefined ? notes : [...notes, TIMED],
    entries,
  };
}

function seasonOf({ season, stamp }: FileHint): Pick<Manifest, 'season'> {
  const year = season ?? (stamp === undefined ? undefined : Number(stamp.slice(0, 4)));
  return year === undefined ? {} : { season: year };
}

function durationOf({ laps }: AlKamelSheets): number | undefined {
  const winner = winnerOf([...laps.values()].flatMap((each) => each.at(-1) ?? []));
  return winner === undefined || (winner.flag !== 'FF' && winner.flag !== '')
    ? undefined
    : plannedDurationMs(laps.get(winner.car) ?? []);
}

/** Each lap states its average speed: with the time, the length of the lap. */
function lengthOf({ laps }: AlKamelSheets): number | undefined {
  const metres = [...laps.values()].flat().flatMap(({ lap, kph, lapTimeMs }) => {
    return lap === 1 || kph === undefined || lapTimeMs === undefined ? [] : (kph * lapTimeMs) / 3600;
  });
  const median = medianOf(metres);
  return median !== undefined && median > 100 && median < 100_000 ? Math.round(median) : undefined;
}

/** The class that got furthest first. */
function classesOf({ laps, results }: AlKamelSheets): Manifest['classes'] {
  const lapsDriven = (own: readonly LapRow[]) => own.at(-1)?.lap ?? 0;
  const fields = [...laps.values()].toSorted((one, other) => lapsDriven(other) - lapsDriven(one));
  const names = [...fields.flat(), ...results].map((row) => row.class);
  const classes = new Map<string, string>();
  for (const name of new Set(names)) {
    const clean = cleanName(name);
    const id = idOf(clean ?? '');
    if (clean !== undefined && id !== '' && !classes.has(id)) classes.set(id, clean);
  }
  return [...classes].slice(0, 50).map(([id, name]) => ({ id, name }));
}
