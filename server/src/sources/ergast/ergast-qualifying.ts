import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import type { ImportedRace } from '../import/imported-race.ts';
import type { ErgastNames, ErgastRaceData } from './ergast-collector.ts';
import type { ErgastQualifying } from './ergast-data.ts';
import { entriesOf } from './ergast-entries.ts';
import { circuitOf } from './ergast-manifest.ts';

/** No file says when: each part is given an hour of its own. */
const PART_MS = 3_600_000;
const MOST_PARTS = 3;

type Qualifier = ErgastQualifying & { readonly car: string };

/** The session of a result of qualifying, of which each car's best lap of each part is known, and nothing else. */
export function qualifyingOfErgast(data: ErgastRaceData, names: ErgastNames): ImportedRace {
  const listed = [...data.qualifying.values()].toSorted((one, other) => one.position - other.position);
  const entries = entriesOf(
    data,
    names,
    listed.map(({ driver }) => driver),
  );
  const cars = listed.map((each): Qualifier => ({ ...each, car: entries.get(each.driver)?.car ?? '' }));
  const parts = Math.max(1, ...cars.map(({ bestsMs }) => bestsMs.slice(0, MOST_PARTS).findLastIndex(isTime) + 1));
  const facts: RaceFact[] = [];
  for (let part = 1; part <= parts; part++) pushPart(facts, cars, { part, isKnockOut: parts > 1 });
  const endMs = parts * PART_MS;
  facts.push({ type: 'flag-changed', atMs: endMs, flag: 'chequered' });
  facts.push({ type: 'session-phase', atMs: endMs, phase: 'finished' });
  facts.push({ type: 'order-reported', atMs: endMs, cars: cars.map(({ car }) => car) });
  facts.sort((one, other) => one.atMs - other.atMs);
  return {
    manifest: manifestOf(data, [...entries.values()], cars, parts),
    events: facts.map((fact, index) => ({ seq: index + 1, ...fact })),
  };
}

function isTime(ms: number | undefined): boolean {
  return ms !== undefined;
}

/** Who takes part: all down to the last one of the result that has a time in this part, or in one after it. */
function takingPart(cars: readonly Qualifier[], part: number): readonly Qualifier[] {
  const last = cars.findLastIndex(({ bestsMs }) => bestsMs.slice(part - 1).some(isTime));
  return part === 1 ? cars : cars.slice(0, last + 1);
}

function pushPart(
  facts: RaceFact[],
  cars: readonly Qualifier[],
  { part, isKnockOut }: { readonly part: number; readonly isKnockOut: boolean },
): void {
  const startMs = (part - 1) * PART_MS;
  const through = takingPart(cars, part);
  facts.push({
    type: 'session-phase',
    atMs: startMs,
    phase: 'running',
    ...(isKnockOut ? { part, cars: through.map(({ car }) => car) } : {}),
  });
  for (const { car, bestsMs } of through) {
    const lapTimeMs = bestsMs[part - 1];
    if (lapTimeMs === undefined || lapTimeMs >= PART_MS) continue;
    facts.push({ type: 'passing', atMs: startMs + lapTimeMs, car, loop: 'SF', lapNumber: part, lapTimeMs });
  }
}

function manifestOf(
  { race }: ErgastRaceData,
  entries: Manifest['entries'],
  cars: readonly Qualifier[],
  parts: number,
): Manifest {
  const { name, season, race: key } = race;
  const numbered = Array.from({ length: parts }, (_, index) => index + 1);
  return {
    event: name ?? `Race ${key}`,
    series: 'Formula 1',
    session: 'Qualifying',
    kind: 'qualifying',
    ...(season === undefined ? {} : { season }),
    circuit: circuitOf(race),
    classes: [],
    grid: [],
    championships: [],
    ...(parts === 1
      ? {}
      : {
          parts: numbered.map((part) => {
            const advancing = takingPart(cars, part + 1).length;
            return { name: `Q${part}`, ...(part < parts ? { advancing } : {}) };
          }),
        }),
    rules: { officialOrder: 'feed' },
    dataNotes: [
      {
        subject: 'laps',
        kind: 'information',
        text: 'The files tell the best lap of each part alone: when it was driven, and the others, are not known.',
      },
    ],
    entries,
  };
}
