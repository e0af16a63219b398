import type { Driver, Entry } from '@pitboard/shared/protocol/manifest.ts';
import { driverSchema } from '@pitboard/shared/protocol/manifest.ts';
import { carNumberSchema } from '@pitboard/shared/protocol/scalars.ts';
import type { OfficialLine } from './imported-race.ts';
import { idOf } from './names.ts';
import type { OfficialCarLine } from './official-layer.ts';

const MOST_ENTRIES = 500;

/** Entries of cars that stand in a result without a lap, and that the race itself never saw: no feed tells who stayed at home. */
export function absentEntries(
  entries: readonly Entry[],
  official: readonly OfficialLine[],
  lines: readonly OfficialCarLine[],
): readonly Entry[] {
  const known = new Set([...entries, ...lines].map(({ car }) => car));
  const absent: Entry[] = [];
  for (const line of official) {
    const { car, laps = 0 } = line;
    if (car === undefined || laps > 0 || known.has(car) || isNamed(line, lines)) continue;
    if (!carNumberSchema.safeParse(car).success || entries.length + absent.length >= MOST_ENTRIES) continue;
    known.add(car);
    absent.push({ car, drivers: driversOf(line) });
  }
  return absent;
}

/** The line is that of a car with another number. */
function isNamed(line: OfficialLine, lines: readonly OfficialCarLine[]): boolean {
  return lines.some(({ code, lastName }) => code === line.code && lastName === line.lastName);
}

function driversOf({ lastName, code }: OfficialLine): Driver[] {
  const driver = { id: idOf(lastName ?? '').toLowerCase(), lastName, ...(code === undefined ? {} : { code }) };
  const parsed = driverSchema.safeParse(driver);
  return parsed.success ? [parsed.data] : [];
}
