import { type AlKamelRace, importAlKamel } from '@pitboard/server/sources/al-kamel/import-al-kamel.ts';
import type { RaceEventOf, RaceEventType } from '@pitboard/shared/protocol/race-event.ts';

const COLUMNS = [
  ['NUMBER', ' DRIVER_NUMBER', ' LAP_NUMBER', ' LAP_TIME', ' LAP_IMPROVEMENT', ' CROSSING_FINISH_LINE_IN_PIT'],
  [' S1', ' S2', ' S3', ' KPH', ' ELAPSED', ' HOUR', 'DRIVER_NAME', 'PIT_TIME', 'CLASS', 'TEAM', 'MANUFACTURER'],
  ['FLAG_AT_FL'],
].flat();

/** A lap to write down: seconds, and where it ended. The rest is made up. */
export type LapNote = {
  readonly car: string;
  readonly lap: number;
  readonly lapTime: string;
  readonly elapsed: string;
  readonly sectors?: readonly [string, string, string];
  readonly inPit?: boolean;
  readonly pitTime?: string;
  readonly driver?: string;
  readonly driverNumber?: string;
  readonly flag?: string;
  readonly mark?: string;
  readonly hour?: string;
  readonly team?: string;
  readonly class?: string;
  readonly more?: readonly string[];
};

type Layout = { readonly more?: readonly string[] };

/** A file of laps as the timing company writes it. */
export function lapSheet(notes: readonly LapNote[], { more = [] }: Layout = {}): string {
  const rows = notes.map((note) => [
    ...[note.car, note.driverNumber ?? '1', String(note.lap), note.lapTime, note.mark ?? '0', note.inPit ? 'B' : ''],
    ...(note.sectors ?? ['', '', '']),
    ...['180.0', note.elapsed, note.hour ?? '', note.driver ?? 'Ann LEE', note.pitTime ?? '', note.class ?? 'PRO/AM'],
    ...[note.team ?? 'Team', 'Make', note.flag ?? 'GF', ...(note.more ?? [])],
  ]);
  return sheet([...COLUMNS, ...more], rows);
}

/** A table with all that is odd about such files: a byte order mark, `;` at the end of each line, CR LF. */
export function sheet(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return `\uFEFF${[columns, ...rows].map((cells) => `${cells.join(';')};\r\n`).join('')}`;
}

export function importTexts(...texts: readonly string[]): AlKamelRace {
  return importAlKamel(texts.map((text, index) => ({ name: `file-${index}.csv`, chunks: [text] })));
}

export function eventsOf<T extends RaceEventType>({ events }: AlKamelRace, type: T): RaceEventOf<T>[] {
  return events.filter((event): event is RaceEventOf<T> => event.type === type);
}

/** Two cars, three laps: the second one stops after its second lap and changes its driver. */
export const SMALL_RACE: readonly LapNote[] = [
  { car: '01', lap: 1, lapTime: '1:40.000', elapsed: '1:40.000', sectors: ['30.000', '40.000', '30.000'] },
  { car: '01', lap: 2, lapTime: '1:38.000', elapsed: '3:18.000', sectors: ['29.000', '40.000', '29.000'], mark: '3' },
  { car: '01', lap: 3, lapTime: '1:39.000', elapsed: '4:57.000', sectors: ['30.000', '40.000', '29.000'], flag: 'FF' },
  { car: '1', lap: 1, lapTime: '1:41.000', elapsed: '1:41.000', sectors: ['30.000', '40.500', '30.500'] },
  { car: '1', lap: 2, lapTime: '1:45.000', elapsed: '3:26.000', sectors: ['30.000', '40.000', '35.000'], inPit: true },
  {
    ...{ car: '1', lap: 3, lapTime: '2:10.000', elapsed: '5:36.000', sectors: ['1:00.000', '40.000', '30.000'] },
    ...{ pitTime: '0:00:40.000', driver: 'Bo DE WIT', driverNumber: '2', flag: 'FF' },
  },
];
