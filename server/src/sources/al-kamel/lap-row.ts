import { carNumberSchema } from '@pitboard/shared/protocol/scalars.ts';
import type { SheetRow } from '../import/csv-sheet.ts';
import { parseTimeText } from '../import/time-text.ts';

/** A lap of a car as the file states it. */
export type LapRow = {
  readonly line: number;
  readonly car: string;
  readonly lap: number;
  /** Race time at the start and the end of the lap. */
  readonly startMs: number;
  readonly endMs: number;
  /** `undefined` where the file leaves it out. */
  readonly lapTimeMs: number | undefined;
  /** Times of the three sectors. */
  readonly sectorsMs: readonly (number | undefined)[];
  /** Race times at the intermediate loops, by the place of their columns. */
  readonly intermediatesMs: readonly (number | undefined)[];
  readonly endsInPit: boolean;
  /** Length of the visit to the pit lane that this lap left, or that it had within it. */
  readonly pitTimeMs: number | undefined;
  readonly driverNumber: string;
  readonly driverName: string;
  readonly class: string;
  readonly team: string;
  readonly make: string;
  /** The code of the flag at the end of the lap. */
  readonly flag: string;
  /** The best lap of the car by the officials; `undefined` where the file does not say which laps are. */
  readonly isOfficialBest: boolean | undefined;
  /** The file says itself that the time was taken away. */
  readonly isDeleted: boolean;
  readonly kph: number | undefined;
  /** Local time of day at the end of the lap. */
  readonly timeOfDayMs: number | undefined;
};

const SECTORS = ['S1', 'S2', 'S3'];
const HIGHEST_LAP = 100_000;

/**
 * The lap of a line, or what is wrong with it.
 * @param intermediates the columns of further loops, in order
 * @param endOf the race time at the end of an earlier lap of the car, where it is known
 */
export function parseLapRow(
  row: SheetRow,
  intermediates: readonly string[],
  endOf: (lap: number) => number | undefined = () => undefined,
): LapRow | string {
  const car = row.get('NUMBER');
  if (!carNumberSchema.safeParse(car).success) return 'no car number';
  const lapText = row.get('LAP_NUMBER');
  const lap = /^\d+$/.test(lapText) ? Number(lapText) : 0;
  if (lap < 1 || lap > HIGHEST_LAP) return 'no lap number';
  const lapTimeText = row.get('LAP_TIME') === '-' ? '' : row.get('LAP_TIME');
  const lapTimeMs = lapTimeText === '' ? undefined : parseTimeText(lapTimeText);
  const endMs =
    parseTimeText(row.get('ELAPSED')) ?? sumOf(lap === 1 ? 0 : endOf(lap - 1), lapTimeMs, row.get('ELAPSED'));
  if (endMs === undefined) return 'no elapsed time';
  if (lapTimeText !== '' && (lapTimeMs === undefined || lapTimeMs > endMs)) return 'no lap time';
  const startMs = endMs - (lapTimeMs ?? 0);
  const mark = row.get('LAP_IMPROVEMENT');
  return {
    line: row.line,
    car,
    lap,
    startMs,
    endMs,
    lapTimeMs,
    sectorsMs: SECTORS.map((name) => sectorOf(row, name)),
    intermediatesMs: intermediates.map((name) => momentWithin(parseTimeText(row.get(name)), startMs, endMs)),
    endsInPit: row.get('CROSSING_FINISH_LINE_IN_PIT').toUpperCase() === 'B',
    pitTimeMs: parseTimeText(row.get('PIT_TIME')),
    driverNumber: row.get('DRIVER_NUMBER'),
    driverName: row.get('DRIVER_NAME'),
    class: row.get('CLASS'),
    team: row.get('TEAM'),
    make: row.get('MANUFACTURER'),
    flag: row.get('FLAG_AT_FL').toUpperCase(),
    isOfficialBest: mark === '' ? undefined : mark === '2' || mark === '3',
    isDeleted: false,
    kph: Number(row.get('KPH')) || undefined,
    timeOfDayMs: parseTimeText(row.get('HOUR')),
  };
}

function sectorOf(row: SheetRow, name: string): number | undefined {
  const ms = parseTimeText(row.get(name) || row.get(`${name}_LARGE`));
  const seconds = row.get(`${name}_SECONDS`);
  return ms ?? (/^\d{1,6}(?:\.\d{1,3})?$/.test(seconds) ? Math.round(Number(seconds) * 1000) : undefined);
}

/** Race times add up from lap times exactly: where one was left out, not where it is wrong. */
export function sumOf(
  beforeMs: number | undefined,
  lapTimeMs: number | undefined,
  written: string,
): number | undefined {
  return beforeMs === undefined || lapTimeMs === undefined || written !== '' ? undefined : beforeMs + lapTimeMs;
}

/** The time at a loop is written from the start of the lap; some files write the race time. */
function momentWithin(ms: number | undefined, startMs: number, endMs: number): number | undefined {
  if (ms === undefined || ms <= 0) return undefined;
  if (startMs + ms < endMs) return startMs + ms;
  return ms > startMs && ms < endMs ? ms : undefined;
}
