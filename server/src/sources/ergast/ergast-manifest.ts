import { UNKNOWN_CIRCUIT } from '@pitboard/shared/domain/names.ts';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { ErgastRaceData } from './ergast-collector.ts';
import { type ErgastEntries, gridOf } from './ergast-entries.ts';
import type { ErgastCar } from './ergast-race.ts';

type Known = { readonly hasResult: boolean; readonly isConflicting: boolean; readonly hasStops: boolean };

/** What has to be said of how the facts of a race are known. */
export function notesOf(
  cars: readonly ErgastCar[],
  { hasResult, isConflicting, hasStops }: Known,
): Manifest['dataNotes'] {
  const notes: Manifest['dataNotes'] = [
    { subject: 'gaps', kind: 'information', text: 'Race times are the sums of the lap times; there are no sectors.' },
    {
      subject: 'flags',
      kind: 'missing',
      text: 'The files have no flags: a red one is shown where most cars waited in the pit lane.',
    },
    {
      subject: 'retirements',
      kind: 'information',
      text: 'A car that did not take the flag is shown as retired a lap after it was seen last.',
    },
  ];
  if (hasStops) {
    const text = 'The length of a visit is official; when it began is estimated from the lap times around it.';
    notes.push({ subject: 'pit lane', kind: 'information', text });
  } else notes.push({ subject: 'pit lane', kind: 'missing', text: 'No file of pit stops was given.' });
  if (!hasResult) notes.push({ subject: 'result', kind: 'missing', text: 'No file of results was given.' });
  if (isConflicting) {
    const text = 'The result and the sums of the lap times do not agree for every car; the laps are kept.';
    notes.push({ subject: 'result', kind: 'conflict', text });
  }
  for (const { car, guessed } of cars.filter((each) => each.guessed.length > 0).slice(0, 50)) {
    const text = `Not in the files, and bridged by the usual lap: ${guessed.slice(0, 20).join(', ')}.`;
    notes.push({ subject: `car ${car}`, kind: 'missing', text });
  }
  return notes;
}

export function manifestOf(
  data: ErgastRaceData,
  entries: ErgastEntries,
  made: Pick<Manifest, 'rules' | 'dataNotes'>,
): Manifest {
  const { name, season, startEpochMs, race } = data.race;
  return {
    event: name ?? `Race ${race}`,
    series: 'Formula 1',
    session: 'Race',
    kind: 'race',
    ...(season === undefined ? {} : { season }),
    ...(startEpochMs === undefined ? {} : { startEpochMs }),
    startType: 'standing',
    circuit: circuitOf(data.race),
    classes: [],
    ...gridOf(data, entries),
    championships: [],
    ...made,
    entries: [...entries.values()],
  } as Manifest;
}

/** The circuit of a race, with the finish line as its one loop. */
export function circuitOf({ circuit }: ErgastRaceData['race']): Manifest['circuit'] {
  const { name = UNKNOWN_CIRCUIT, location, country } = circuit ?? {};
  return {
    name,
    ...(location === undefined ? {} : { location }),
    ...(country === undefined ? {} : { country }),
    loops: [{ id: 'SF', kind: 'finish' }],
  };
}
