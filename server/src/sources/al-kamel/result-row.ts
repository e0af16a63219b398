import { carNumberSchema } from '@pitboard/shared/protocol/scalars.ts';
import type { SheetRow } from '../import/csv-sheet.ts';
import { splitName } from '../import/names.ts';
import { parseTimeText } from '../import/time-text.ts';

export type ResultDriver = {
  readonly firstName: string;
  readonly lastName: string;
  readonly category: string;
  readonly country: string;
};

/** A car of the official result. */
export type ResultRow = {
  readonly car: string;
  /** `undefined` for a car without a place: not started, disqualified. */
  readonly position: number | undefined;
  readonly status: string;
  readonly laps: number | undefined;
  readonly totalTimeMs: number | undefined;
  /** The official best lap. */
  readonly bestLapMs: number | undefined;
  /** Its number. */
  readonly bestLap: number | undefined;
  readonly class: string;
  readonly team: string;
  readonly vehicle: string;
  readonly tyres: string;
  readonly drivers: readonly ResultDriver[];
};

const CREW = [1, 2, 3, 4, 5, 6];

/** The car of a line of a result file, or what is wrong with it. */
export function parseResultRow(row: SheetRow): ResultRow | string {
  const car = row.get('NUMBER');
  if (!carNumberSchema.safeParse(car).success) return 'no car number';
  const place = row.get('POSITION') || row.get('POS');
  return {
    car,
    position: /^\d{1,3}$/.test(place) && Number(place) > 0 ? Number(place) : undefined,
    status: row.get('STATUS').toLowerCase(),
    laps: /^\d{1,5}$/.test(row.get('LAPS')) ? Number(row.get('LAPS')) : undefined,
    totalTimeMs: parseTimeText(row.get('TOTAL_TIME') || row.get('ELAPSED')),
    bestLapMs: parseTimeText(row.get('FL_TIME') || row.get('BEST_LAP_TIME') || row.get('TIME')),
    bestLap: Number(/^\d{1,5}$/.exec(row.get('FL_LAPNUM') || row.get('BEST_LAP_NUM'))?.[0] ?? 0) || undefined,
    class: row.get('CLASS') || row.get('CLASS_TYPE'),
    team: row.get('TEAM'),
    vehicle: row.get('VEHICLE'),
    tyres: row.get('TIRES') || row.get('TYRES'),
    drivers: driversOf(row),
  };
}

function driversOf(row: SheetRow): readonly ResultDriver[] {
  const named = CREW.map((place) => driverOf(row, place)).filter(({ lastName }) => lastName !== '');
  if (named.length > 0) return named;
  const names = row.get('DRIVERS').split(/[/,]/);
  return names.flatMap((name) =>
    name.trim() === '' ? [] : [{ ...splitName(name.trim()), category: '', country: '' }],
  );
}

function driverOf(row: SheetRow, place: number): ResultDriver {
  const part = (name: string) => row.get(`DRIVER${place}_${name}`) || (place === 1 ? row.get(`DRIVER_${name}`) : '');
  const whole = row.get(`DRIVER_${place}`);
  if (whole !== '') return { ...splitName(whole), category: '', country: '' };
  return {
    firstName: part('FIRSTNAME'),
    lastName: part('SECONDNAME'),
    category: part('LICENSE'),
    country: part('COUNTRY'),
  };
}
