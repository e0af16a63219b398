import { table } from '@pitboard/server/sources/table/table.ts';
import { eventsOf, importWith, onlyRace } from '../ergast/ergast-builder.ts';

export const importTable = (...texts: readonly string[]) => importWith(table, texts);
export const raceOf = (...lines: readonly string[]) => onlyRace(importTable(`${lines.join('\n')}\n`));
export const crossings = (race: ReturnType<typeof raceOf>, car: string) =>
  eventsOf(race, 'passing')
    .filter((passing) => passing.car === car)
    .map(({ loop, atMs, lapNumber }) => `${loop} ${atMs} ${lapNumber ?? ''}`.trim());

export const LAPS = [
  ['7', 'Ann Lee', 'Pro', '1', '1:31.564', '1:31.564', ''],
  ['7', 'Ann Lee', 'Pro', '2', '1:31.200', '3:02.764', 'P'],
  ['7', 'Bo de Wit', 'Pro', '3', '2:10.000', '5:12.764', ''],
  ['007', 'Cy Ho', 'Am', '1', '1:32.000', '1:32.000', ''],
  ['007', 'Cy Ho', 'Am', '2', '1:32.000', '3:04.000', ''],
  ['007', 'Cy Ho', 'Am', '3', '1:32.500', '4:36.500', ''],
];
export const HEADER = ['Car', 'Driver', 'Class', 'Lap', 'Lap Time', 'Elapsed', 'Pit'];
export const sheetOf = (delimiter: string, header = HEADER, rows: readonly (readonly string[])[] = LAPS) =>
  [header, ...rows].map((cells) => `${cells.join(delimiter)}\n`).join('');
export const whole = onlyRace(importTable(sheetOf(',')));

export const TSL = [
  'nr,class,driver_name,driver_or_team,time_of_day,session_time,laptime,in_lap,time_in_lap,out_lap,time_out_lap',
  '',
  '7,A,Ann Lee,Team A,23:59:40.100,1:40.000,1:40.000,,,,',
  '7,A,Ann Lee,Team A,00:01:19.100,3:19.000,1:39.000,IN,00:01:10.100,,',
  '7,A,Bo Wit,Team A,00:03:30.100,5:30.000,2:11.000,,,OUT,00:02:00.100',
  '9,A,Cy Ho,Team C,23:59:41.100,1:41.000,1:41.000,,,,',
  '9,A,Cy Ho,Team C,00:01:22.100,3:22.000,1:41.000,,,,',
  '9,A,Cy Ho,Team C,00:03:33.100,5:33.000,2:11.000,,,,',
];
export const TSL_FLAGS =
  'TIME OF DAY,TYPE\n\n23:58:00.100,GREEN\n00:00:30,SAFETY\n00:01:00,GREEN\n00:03:30.100,FINISH\n';
