import { ergast } from '@pitboard/server/sources/ergast/ergast.ts';
import type { Imported, ImportedRace } from '@pitboard/server/sources/import/imported-race.ts';
import type { RaceFormat } from '@pitboard/server/sources/import/race-format.ts';
import type { RaceEventOf, RaceEventType } from '@pitboard/shared/protocol/race-event.ts';
import { type OfficialCar, officialResult } from '@pitboard/shared/race/official-result.ts';
import type { RaceView } from '@pitboard/shared/race/race-view.ts';
import { createRaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';

/** Reads texts as files of a format; each is cut into pieces of so many bytes. */
export function importWith(format: RaceFormat, texts: readonly string[], pieceBytes = 1 << 20): Imported {
  const opened = format.open();
  texts.forEach((text, index) => {
    const reader = opened.open(`file-${index}.csv`);
    const bytes = Buffer.from(text);
    for (let from = 0; from < bytes.length; from += pieceBytes) reader.write(bytes.subarray(from, from + pieceBytes));
    reader.end();
  });
  return opened.finish();
}

export function importErgast(...texts: readonly string[]): Imported {
  return importWith(ergast, texts);
}

export function onlyRace({ races }: Imported): ImportedRace {
  const [race] = races;
  if (race === undefined || races.length > 1) throw new Error(`${races.length} races, not one`);
  return race;
}

export function endOf({ manifest, events }: ImportedRace): RaceView {
  const timeline = createRaceTimeline(manifest);
  timeline.append(events);
  return timeline.viewAt(timeline.headAtMs);
}

export function resultOf(race: ImportedRace): readonly OfficialCar[] {
  return officialResult(endOf(race));
}

export function eventsOf<T extends RaceEventType>({ events }: ImportedRace, type: T): RaceEventOf<T>[] {
  return events.filter((event): event is RaceEventOf<T> => event.type === type);
}

/** A table with quotes around its texts, as the data base is dumped. */
export function table(columns: string, ...rows: readonly (readonly (string | number)[])[]): string {
  const cell = (value: string | number) => (typeof value === 'number' || value === '\\N' ? value : `"${value}"`);
  return [columns, ...rows.map((row) => row.map(cell).join(','))].map((line) => `${line}\n`).join('');
}

/** 98765 → `1:38.765`. */
export function lapText(ms: number): string {
  return `${Math.floor(ms / 60_000)}:${((ms % 60_000) / 1000).toFixed(3).padStart(6, '0')}`;
}

const LAP_COLUMNS = 'raceId,driverId,lap,position,time,milliseconds';

/** Lap times by driver, in ms; positions follow from them. */
export function lapTable(times: Readonly<Record<number, readonly number[]>>, race = 7001): string {
  const rows = Object.entries(times).flatMap(([driver, laps]) =>
    laps.map((ms, index) => [race, Number(driver), index + 1, placeOf(times, driver, index), lapText(ms), ms]),
  );
  return table(LAP_COLUMNS, ...rows);
}

/** The place of a driver on a lap, by the sums of the times. */
export function placeOf(times: Readonly<Record<number, readonly number[]>>, driver: string, index: number): number {
  const sumOf = (laps: readonly number[]) => laps.slice(0, index + 1).reduce((sum, ms) => sum + ms, 0);
  const own = sumOf(times[Number(driver)] ?? []);
  return 1 + Object.values(times).filter((laps) => laps.length > index && sumOf(laps) < own).length;
}

const RESULT_COLUMNS =
  'resultId,raceId,driverId,constructorId,number,grid,position,positionText,positionOrder,points,laps,time,milliseconds,fastestLap,rank,fastestLapTime,fastestLapSpeed,statusId';

type Note = {
  readonly driver: number;
  readonly number?: number | string;
  readonly grid?: number;
  readonly text: string;
  readonly laps: number;
  readonly ms?: number;
  readonly status?: number;
};

/** A result, in the order given. */
export function resultTable(notes: readonly Note[], race = 7001): string {
  const rows = notes.map(({ driver, number = 50 + driver, grid = 0, text, laps, ms, status = 1 }, index) => [
    ...[index + 1, race, driver, 900 + driver, number, grid, /^\d+$/.test(text) ? text : '\\N', text, index + 1, 0],
    ...[laps, '\\N', ms ?? '\\N', '\\N', '\\N', '\\N', '\\N', status],
  ]);
  return table(RESULT_COLUMNS, ...rows);
}

/** Four laps of three drivers; the third one is lapped, the fourth retires after a lap. */
export const TIMES: Readonly<Record<number, readonly number[]>> = {
  1: [95_123, 91_004, 90_870, 91_111],
  2: [96_001, 90_999, 91_500, 91_700],
  3: [99_800, 130_250, 150_000],
  4: [97_000],
};

export const DRIVERS = table(
  'driverId,driverRef,number,code,forename,surname,dob,nationality,url',
  [1, 'abel_north', 1, 'NOR', 'Abel', 'North', '1990-01-01', 'Freedonian', 'http://x'],
  [2, 'bea_south', 2, 'SOU', 'Béa', 'Söuth', '1990-01-01', 'Freedonian', 'http://x'],
  [3, 'cyd_west', '\\N', '\\N', 'Cyd', "O'West", '1990-01-01', 'Sylvanian', 'http://x'],
  [4, 'dan_east', 4, 'EAS', 'Dan', 'East', '1990-01-01', 'Sylvanian', 'http://x'],
);

export const TEAMS = table(
  'constructorId,constructorRef,name,nationality,url',
  [901, 'alpha', 'Alpha Works', 'Freedonian', 'http://x'],
  [902, 'beta', 'Beta, Sons & Co', 'Freedonian', 'http://x'],
);

export const RACES = table('raceId,year,round,circuitId,name,date,time,url', [
  7001,
  2031,
  4,
  88,
  'Freedonian Grand Prix',
  '2031-05-04',
  '13:00:00',
  'http://x',
]);

export const STATUSES = table('statusId,status', [1, 'Finished'], [11, '+1 Lap'], [5, 'Engine'], [2, 'Disqualified']);

export const RESULTS = resultTable([
  { driver: 1, grid: 2, text: '1', laps: 4, ms: 368_108 },
  { driver: 2, grid: 1, text: '2', laps: 4, ms: 370_200 },
  { driver: 3, grid: 3, text: 'N', laps: 3, status: 11 },
  { driver: 4, grid: 0, text: 'R', laps: 1, status: 5 },
]);
