import type { ResultStatus } from '@pitboard/shared/domain/status.ts';
import type { OfficialLine } from '../import/imported-race.ts';
import type { ErgastNames } from './ergast-collector.ts';
import type { ErgastDriver, ErgastResult } from './ergast-data.ts';

/** What a line of a result says of a driver and his car, winner first. */
export type ErgastOfficial = { readonly driver: string; readonly line: OfficialLine };

/** The lines of a result, without what cannot be true of them. */
export function officialLines(
  results: ReadonlyMap<string, ErgastResult>,
  { drivers, statuses }: ErgastNames,
): readonly ErgastOfficial[] {
  const lines = [...results.values()].map((result): ErgastOfficial => {
    const driver = drivers.get(result.driver);
    const status = statusOf(result);
    const words = statuses.get(result.status ?? '') ?? (/^\d+$/.test(result.status ?? '') ? undefined : result.status);
    const isPlaced = status === 'classified';
    return {
      driver: result.driver,
      line: {
        car: result.number,
        code: codeOf(driver),
        lastName: driver?.lastName,
        position: isPlaced ? Number(result.text) : undefined,
        status,
        laps: result.laps,
        totalTimeMs: result.totalTimeMs,
        ...(isPlaced || words === undefined ? {} : { reason: words }),
      },
    };
  });
  lines.sort((one, other) => placeOf(one) - placeOf(other));
  return withoutIntervals(lines);
}

/** A code as the manifest has it: two to four capitals or digits. */
export function codeOf(driver: ErgastDriver | undefined): string | undefined {
  const code = driver?.code?.toUpperCase();
  return code !== undefined && /^[A-Z0-9]{2,4}$/.test(code) ? code : undefined;
}

function placeOf({ line }: ErgastOfficial): number {
  return line.position ?? Number.POSITIVE_INFINITY;
}

function statusOf({ text, laps = 0 }: ErgastResult): ResultStatus | undefined {
  if (/^[1-9]\d{0,2}$/.test(text)) return 'classified';
  switch (text) {
    case 'R':
      return 'did-not-finish';
    case 'N':
      return 'not-classified';
    case 'D':
    case 'E':
      return 'disqualified';
    case 'W':
      return laps === 0 ? 'did-not-start' : 'did-not-finish';
    case 'F':
      return 'did-not-start';
    default:
      return undefined;
  }
}

/**
 * Some results of sprints have the interval to the car ahead in place of the gap, and a time made of it: shorter than that
 * of a car that stands ahead after as many laps. Such a time says nothing.
 */
function withoutIntervals(lines: readonly ErgastOfficial[]): readonly ErgastOfficial[] {
  const longest = new Map<number | undefined, number>();
  return lines.map(({ driver, line }) => {
    if (line.position === undefined || line.totalTimeMs === undefined) return { driver, line };
    const before = longest.get(line.laps) ?? 0;
    if (line.totalTimeMs < before) return { driver, line: { ...line, totalTimeMs: undefined } };
    longest.set(line.laps, line.totalTimeMs);
    return { driver, line };
  });
}
